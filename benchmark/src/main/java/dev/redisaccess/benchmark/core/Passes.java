package dev.redisaccess.benchmark.core;

import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.OperatorIdentity;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.Rate;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.WorkloadToken;
import dev.redisaccess.operator.binding.port.ServiceBindingPublisher;
import dev.redisaccess.operator.binding.port.Telemetry;
import dev.redisaccess.operator.binding.port.Verifier;
import dev.redisaccess.operator.controller.pass.BindingMemoryStore;
import dev.redisaccess.operator.controller.pass.BindingPasses;
import dev.redisaccess.operator.controller.pass.BindingsByIdentity;
import dev.redisaccess.operator.controller.pass.PassResult;
import dev.redisaccess.operator.controller.pass.WorkLimits;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The operator's passes, wired as in the operator, over bindings that are all Ready. The clock does not move, so nothing
 * is ever due.
 */
final class Passes {

    /** Identify, log in, and report both. */
    private static final int UNTIL_READY = 4;

    private static final Clock CLOCK = Clock.fixed(OneDatabase.NOW, ZoneOffset.UTC);
    private static final RandomGenerator MIDDLE = () -> Long.MIN_VALUE;

    /** The clock does not move, so a rate would admit only its burst. */
    private static final WorkLimits NO_LIMITS =
            new WorkLimits(1, 1, 1, 1, new Rate(Duration.ofNanos(1), Integer.MAX_VALUE));

    private final BindingsAtRest cluster;
    private final Map<ClientId, Principal> entra = new HashMap<>();
    private final BindingPasses passes;

    /**
     * @param bindings their number, on one database
     * @param origin of their assignments
     */
    Passes(int bindings, AssignmentOrigin origin) {
        cluster = new BindingsAtRest(bindings, origin);
        for (int i = 0; i < bindings; i++) {
            Principal principal = OneDatabase.principal(i);
            entra.put(principal.clientId(), principal);
        }
        var azure = new QuietAzure(OneDatabase.id(), OneDatabase.snapshot(bindings, origin));
        var operator = new OperatorIdentity(OneDatabase.principal(0).tenantId(), Optional.empty(), Optional.empty());
        passes = BindingPasses.compose(
                new BindingPasses.Outside(
                        cluster,
                        azure,
                        (source, last, timeout) -> Result.ok(token(entra.get(source.clientId()))),
                        (endpoint, policy, token, rule, timeout) -> Result.ok(login(token)),
                        new CachedConfigMaps(),
                        new NoSecrets()),
                new BindingPasses.Settings(
                        operator, OneDatabase.MARK, NO_LIMITS, "https://redis.azure.com/.default", false),
                new BindingPasses.Execution(Runnable::run, CLOCK, MIDDLE, Telemetry.NONE),
                new BindingMemoryStore(),
                key -> {});
        for (int round = 0; round < UNTIL_READY; round++) {
            cluster.all().forEach(binding -> binding.setStatus(run(binding).status()));
        }
    }

    private static WorkloadToken token(Principal principal) {
        return new WorkloadToken(
                "secret",
                new WorkloadToken.Claims(
                        principal,
                        "https://redis.azure.com",
                        OneDatabase.NOW.minusSeconds(60),
                        OneDatabase.NOW.plusSeconds(3600)));
    }

    private static Verifier.Login login(WorkloadToken token) {
        Duration moment = Duration.ofMillis(5);
        return new Verifier.Login(token.principal().objectId().value(), "7.4.0", moment, moment, moment, "");
    }

    BindingsByIdentity peers() {
        return passes.peers();
    }

    /** The last one, so that a linear search visits all. */
    RedisAccessBinding binding() {
        return cluster.all().get(cluster.all().size() - 1);
    }

    PassResult run(RedisAccessBinding binding) {
        return passes.binding().run(binding);
    }

    /** No binding enables one. */
    private static final class NoSecrets implements ServiceBindingPublisher {
        @Override
        public Result<Boolean> publish(Publication publication) {
            throw new IllegalStateException("No binding enables a Secret.");
        }

        @Override
        public Result<Boolean> remove(BindingKey binding, String uid) {
            throw new IllegalStateException("There is no Secret.");
        }
    }
}
