package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a report is not worth a write: what will be something else within a second, such as a token exchange under way. A
 * new binding so costs the API server two status writes instead of five, and a restart none.
 */
public final class ReportPolicy {

    /** Longer than the work takes when all is well, and not longer than a person waits before wondering. */
    static final Duration SETTLE = Duration.ofSeconds(1);

    private ReportPolicy() {}

    /**
     * @param stored what status says now; null if nothing
     * @return until when the report can wait; empty: it is to be written now, if it differs
     */
    public static Optional<Instant> postpone(
            RedisAccessBindingStatus stored, Report report, BindingMemory memory, Instant now) {
        boolean passing = report.outcomes().values().stream()
                .anyMatch(outcome -> outcome.reason().heals() == Reason.Heals.SOON);
        if (!passing || report.next().isPresent() || report.status().equals(stored)) {
            return Optional.empty();
        }
        Instant until = memory.unreportedSince(now).plus(SETTLE);
        return Optional.of(until).filter(now::isBefore);
    }
}
