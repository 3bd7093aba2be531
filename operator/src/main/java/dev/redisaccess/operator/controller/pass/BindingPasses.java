package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.OperatorIdentity;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.port.DatabaseAccess;
import dev.redisaccess.operator.binding.port.EnvironmentPublisher;
import dev.redisaccess.operator.binding.port.ServiceBindingPublisher;
import dev.redisaccess.operator.binding.port.Telemetry;
import dev.redisaccess.operator.binding.port.Verifier;
import dev.redisaccess.operator.binding.port.WorkLoad;
import dev.redisaccess.operator.binding.port.WorkloadTokens;
import java.time.Clock;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The two passes of a binding, composed of their steps: the same for the operator, its tests and its benchmark.
 *
 * @param binding of a binding that stays
 * @param revocation of a binding that is being deleted
 * @param peers the bindings that share an identity
 * @param load the work that waits at this moment
 * @param memories of these bindings
 */
public record BindingPasses(
        BindingPass binding,
        RevocationPass revocation,
        BindingsByIdentity peers,
        Supplier<WorkLoad> load,
        BindingMemoryStore memories) {

    /** The systems outside of the process, real ones or fakes. */
    public record Outside(
            ClusterView cluster,
            DatabaseAccess azure,
            WorkloadTokens tokens,
            Verifier verifier,
            EnvironmentPublisher environments,
            ServiceBindingPublisher serviceBindings) {}

    /**
     * The configuration.
     *
     * @param identity of the operator: its own identities are refused, and so are other tenants
     * @param mark of this installation, in the names of the assignments that it creates
     * @param limits of the work at Entra and Redis
     * @param redisScope for which workloads request tokens
     * @param tokenProxy whether tokens can be exchanged by identity bindings
     */
    public record Settings(
            OperatorIdentity identity, OwnerMark mark, WorkLimits limits, String redisScope, boolean tokenProxy) {}

    /**
     * The execution.
     *
     * @param executor runs the work at Entra and Redis; with as many threads as the limits allow
     * @param timer starts work that the rate of its namespace has held back
     * @param clock of the times in statuses
     * @param steady of grace periods, which setting the machine's clock must not end
     * @param random spreads due times
     */
    public record Execution(
            Executor executor,
            WorkTimer timer,
            Clock clock,
            InstantSource steady,
            RandomGenerator random,
            Telemetry telemetry) {

        /** With a timer of the JDK, and one clock. */
        public Execution(Executor executor, Clock clock, RandomGenerator random, Telemetry telemetry) {
            this(executor, WorkTimer.of(executor), clock, clock, random, telemetry);
        }
    }

    /**
     * Composes the passes of all bindings of one execution.
     *
     * @param memories of these bindings
     * @param wake requests a pass over a binding
     */
    public static BindingPasses compose(
            Outside outside,
            Settings settings,
            Execution execution,
            BindingMemoryStore memories,
            Consumer<BindingKey> wake) {
        ClusterView cluster = outside.cluster();
        DatabaseAccess azure = outside.azure();
        Clock clock = execution.clock();
        var peers = new BindingsByIdentity(cluster, memories);
        var revoker = new Revoker(azure, peers, memories, settings.mark(), wake);
        var workRunner = new WorkRunner(outside, settings, execution, wake);
        var identification = new IdentificationStep(cluster, workRunner, settings, clock, execution.random());
        var access =
                new AccessStep(azure, peers, revoker, identification, settings.mark(), execution.telemetry(), clock);
        var verification = new VerificationStep(azure, workRunner, clock, execution.random());
        var publishing = new PublishStep(outside, settings.redisScope(), clock);
        var steps = new BindingPass.Steps(
                new NamespaceRevocation(revoker, clock, execution.steady()),
                identification,
                access,
                verification,
                publishing);
        return new BindingPasses(
                new BindingPass(cluster, azure, memories, steps, clock),
                new RevocationPass(cluster, peers, revoker, identification, memories, clock, execution.steady()),
                peers,
                workRunner::load,
                memories);
    }
}
