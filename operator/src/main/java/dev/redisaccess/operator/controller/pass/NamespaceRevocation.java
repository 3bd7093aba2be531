package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.BindingRequest;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.RevocationCause;
import dev.redisaccess.operator.binding.StepResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * Revokes access whose namespace is no longer admitted, after some minutes in which a label or a list that was changed by
 * mistake can be corrected. The platform decides this, so the binding's {@code deletionPolicy} does not count.
 */
final class NamespaceRevocation {

    /** From the first pass of this process that finds the namespace not admitted. */
    static final Duration GRACE = Duration.ofMinutes(5);

    private static final String NOTICE =
            " The access that this binding has is revoked after " + GRACE.toMinutes() + " minutes.";

    private final Revoker revoker;
    private final Clock clock;
    private final InstantSource steady;

    /**
     * @param clock of the next pass
     * @param steady of the grace period
     */
    NamespaceRevocation(Revoker revoker, Clock clock, InstantSource steady) {
        this.revoker = revoker;
        this.clock = clock;
        this.steady = steady;
    }

    /** Starts what is due, and returns the finding for the database. */
    Finding revoke(BindingRequest request, DatabaseId id, Finding refused, PassState state, BindingMemory memory) {
        Optional<Set<ObjectId>> created = revoker.created(id, revoker.principals(id, state, memory));
        if (refused.reason() != Reason.NAMESPACE_NOT_ALLOWED || created.isEmpty()) {
            return refused;
        }
        if (created.get().isEmpty()) {
            state.noAssignmentCreated();
            return refused;
        }
        Instant now = steady.instant();
        memory.markNotAdmitted(now);
        Instant end = memory.notAdmittedSince().orElse(now).plus(GRACE);
        if (now.isBefore(end)) {
            state.schedule(new NextPass(clock.instant().plus(Duration.between(now, end))));
            return Finding.of(refused.reason(), refused.message() + NOTICE);
        }
        revoker.revoke(request, id, created.get(), RevocationCause.NOT_ADMITTED)
                .waiting()
                .ifPresent(finding -> state.record(ConditionType.ACCESS_GRANTED, StepResult.halted(finding)));
        return refused;
    }
}
