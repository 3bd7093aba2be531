package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.BindingRequest;
import dev.redisaccess.operator.binding.DatabaseResolution;
import dev.redisaccess.operator.binding.DatabaseSnapshot;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.Identification;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.StepResult;
import dev.redisaccess.operator.binding.Verification;
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
            PassState state,
            BindingMemory memory) {
        if (!request.verification().enabled()) {
            state.verification(null);
            state.record(
                    ConditionType.CONNECTION_VERIFIED,
                    StepResult.halted(Finding.of(
                            Reason.VERIFICATION_DISABLED,
                            "`spec.verification.mode` is `Disabled`, so no login as the workload was made.")));
            return;
        }
        Instant now = clock.instant();
        Duration period = request.verification().period();
        var target = new Verification.Target(database.database().endpoint(), principal);
        if (memory.mayRestoreVerification() && heldInStatus(database, state)) {
            memory.rememberVerification(Verification.restored(target, now, random));
        }
        Optional<Verification> last =
                memory.verification().filter(known -> known.target().equals(target));
        if (last.isEmpty() || last.get().dueFor(target, period, now)) {
            start(request, database, target, memory);
        } else {
            state.schedule(new NextPass(last.get().due(period)));
        }
        state.record(ConditionType.CONNECTION_VERIFIED, reported(last, principal, state, memory));
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

    private static boolean heldInStatus(DatabaseResolution.Resolved database, PassState state) {
        return state.held(ConditionType.CONNECTION_VERIFIED)
                && database.database().endpoint().equals(state.stored().endpoint());
    }

    private static StepResult<Principal> reported(
            Optional<Verification> last, Principal principal, PassState state, BindingMemory memory) {
        if (last.isEmpty()) {
            return StepResult.halted(Finding.of(Reason.VERIFYING, "The operator is logging in as the workload."));
        }
        if (!last.get().holds()) {
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
                        "Logged in over TLS with the workload's own token; Redis reports the user as `"
                                + principal.objectId() + "`."),
                principal);
    }
}
