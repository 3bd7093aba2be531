package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.BindingRequest;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.RevocationPlan;
import dev.redisaccess.operator.binding.StepResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of access whose namespace is no longer admitted: it is revoked, but not before some minutes have passed in
 * which a label or a list that was changed by mistake can be put right. The platform withdraws it, so the binding's
 * {@code deletionPolicy} does not count.
 */
final class NotAdmittedRevocation {

    /** From the first pass of this process that finds the namespace not admitted. */
    static final Duration GRACE = Duration.ofMinutes(5);

    private static final String NOTICE =
            " The access that this binding has is revoked after " + GRACE.toMinutes() + " minutes.";

    private final Revoker revoker;
    private final Clock clock;

    NotAdmittedRevocation(Revoker revoker, Clock clock) {
        this.revoker = revoker;
        this.clock = clock;
    }

    /** The finding for the database, after what is due was begun. */
    Finding from(BindingRequest request, DatabaseId id, Finding refused, PassState state, BindingMemory memory) {
        Optional<List<ObjectId>> known = revoker.created(id, state.principals(memory));
        if (refused.reason() != Reason.NAMESPACE_NOT_ALLOWED || known.isEmpty()) {
            return refused;
        }
        List<ObjectId> created = known.get();
        if (created.isEmpty()) {
            state.noAssignmentCreated();
            return refused;
        }
        Instant now = clock.instant();
        Instant end = memory.notAdmittedSince(now).plus(GRACE);
        if (now.isBefore(end)) {
            state.lookAgain(end);
            return Finding.of(refused.reason(), refused.message() + NOTICE);
        }
        for (ObjectId principal : created) {
            RevocationPlan plan = revoker.withdraw(request, id, principal);
            if (!(plan instanceof RevocationPlan.Release)) {
                Finding revoking = plan instanceof RevocationPlan.Wait wait
                        ? wait.finding()
                        : Finding.of(
                                Reason.REVOKING_ACCESS,
                                "The namespace is no longer admitted: access is being revoked.");
                state.record(ConditionType.ACCESS_GRANTED, StepResult.halted(revoking));
                return refused;
            }
        }
        return refused;
    }
}
