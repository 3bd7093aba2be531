package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.BindingRequest;
import dev.redisaccess.operator.binding.DatabaseResolution;
import dev.redisaccess.operator.binding.DatabaseSnapshot;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.Identification;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.StepResult;
import dev.redisaccess.operator.binding.Verification;
import dev.redisaccess.operator.binding.WantedAccess;
import dev.redisaccess.operator.binding.port.DatabaseAccess;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The step of a pass that verifies access: it starts logins as the workload and reports what the last one found. */
final class VerificationStep {

    private final DatabaseAccess azure;
    private final WorkRunner workRunner;
    private final Clock clock;
    private final RandomGenerator random;

    VerificationStep(DatabaseAccess azure, WorkRunner workRunner, Clock clock, RandomGenerator random) {
        this.azure = azure;
        this.workRunner = workRunner;
        this.clock = clock;
        this.random = random;
    }

    /** Starts a login if one is due. */
    void verify(
            BindingRequest request,
            DatabaseResolution.Resolved database,
            Principal principal,
            WantedAccess access,
            PassState state,
            BindingMemory memory) {
        if (!request.verification().enabled()) {
            state.verification(null);
            StepResult<Principal> disabled = StepResult.halted(Finding.of(
                    Reason.VERIFICATION_DISABLED,
                    "`spec.verification.mode` is `Disabled`, so no login as the workload was made."));
            state.record(ConditionType.CONNECTION_VERIFIED, disabled);
            access.rule().ifPresent(rule -> state.record(ConditionType.LEAST_PRIVILEGE_VERIFIED, disabled));
            return;
        }
        Instant now = clock.instant();
        Duration period = request.verification().period();
        var target = new Verification.Target(database.database().endpoint(), principal, access.rule());
        if (memory.mayRestoreVerification() && heldInStatus(database, target, state)) {
            memory.rememberVerification(Verification.restored(target, now, random));
        }
        Optional<Verification> last =
                memory.verification().filter(known -> known.target().equals(target));
        if (last.isEmpty() || last.get().dueFor(target, period, now)) {
            start(request, database, target, memory);
        } else {
            state.schedule(new NextPass(last.get().due(period)));
        }
        state.record(ConditionType.CONNECTION_VERIFIED, reported(last, target, state, memory));
        if (target.rule().isPresent()) {
            last.ifPresent(login -> leastPrivilege(login, state, memory)
                    .ifPresent(finding ->
                            state.record(ConditionType.LEAST_PRIVILEGE_VERIFIED, StepResult.halted(finding))));
        }
    }

    /** What the probes found; empty if the login did not succeed, so that they were not made. */
    private static Optional<Finding> leastPrivilege(Verification last, PassState state, BindingMemory memory) {
        if (last.holds()) {
            return Optional.of(memory.probes()
                    .map(text -> Finding.of(Reason.LEAST_PRIVILEGE_VERIFIED, text))
                    .orElseGet(() ->
                            state.asStored(ConditionType.LEAST_PRIVILEGE_VERIFIED, Reason.LEAST_PRIVILEGE_VERIFIED)));
        }
        return last.problem().filter(VerificationStep::isOfProbes).map(Finding::of);
    }

    private static boolean isOfProbes(Problem problem) {
        return problem.reason().condition() == ConditionType.LEAST_PRIVILEGE_VERIFIED;
    }

    private void start(
            BindingRequest request,
            DatabaseResolution.Resolved database,
            Verification.Target target,
            BindingMemory memory) {
        if (!database.read()) {
            return; // The host that a token is sent to comes from ARM only. Its reading wakes this binding.
        }
        Identification.Source source = memory.identification().orElseThrow().source();
        workRunner.start(
                new Work.Verify(request, source, target, database.database().clusteringPolicy(), () -> azure.snapshot(
                                database.id())
                        .flatMap(DatabaseSnapshot::inventory)),
                memory);
    }

    /** Also before a restart, of the same access: the profile may have been changed since. */
    private static boolean heldInStatus(
            DatabaseResolution.Resolved database, Verification.Target target, PassState state) {
        return state.held(ConditionType.CONNECTION_VERIFIED)
                && target.rule()
                        .map(rule -> state.held(ConditionType.LEAST_PRIVILEGE_VERIFIED)
                                && state.stored().assignment() != null
                                && rule.text()
                                        .equals(state.stored().assignment().access()))
                        .orElse(true)
                && database.database().endpoint().equals(state.stored().endpoint());
    }

    private static StepResult<Principal> reported(
            Optional<Verification> last, Verification.Target target, PassState state, BindingMemory memory) {
        if (last.isEmpty()) {
            return StepResult.halted(Finding.of(Reason.VERIFYING, "The operator is logging in as the workload."));
        }
        if (!last.get().holds()
                && last.get().problem().filter(VerificationStep::isOfProbes).isEmpty()) {
            state.verification(null);
            return StepResult.halted(last.get().problem().orElseThrow());
        }
        if (!state.held(ConditionType.CONNECTION_VERIFIED) || state.stored().verification() == null) {
            memory.login().ifPresent(login -> state.verification(login.toStatus()));
        } else {
            memory.forgetLogin();
        }
        return StepResult.done(
                Finding.of(
                        Reason.LOGIN_VERIFIED,
                        target.rule().isPresent()
                                // The rule may deny the command that reports the user.
                                ? "Logged in over TLS with the workload's own token, as `"
                                        + target.principal().objectId() + "`."
                                : "Logged in over TLS with the workload's own token; Redis reports the user as `"
                                        + target.principal().objectId() + "`."),
                target.principal());
    }
}
