package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a report is not worth a write: what will be something else within a moment, such as a token exchange under way. A
 * new binding so costs the API server one status write, one more where Azure takes longer than {@link #SETTLE}, and a restart
 * none.
 */
public final class ReportPolicy {

    /** Longer than the work takes when all is well, and not longer than a person waits before wondering. */
    static final Duration SETTLE = Duration.ofSeconds(4);

    /** While the work waits for a thread: an operator that is busy must not make itself, and the API server, busier. */
    static final Duration SETTLE_QUEUED = Duration.ofMinutes(2);

    private ReportPolicy() {}

    /**
     * @param stored what status says now; null if nothing
     * @return when to look whether the report can wait longer; empty: it is to be written now, if it differs
     */
    public static Optional<Instant> postpone(
            RedisAccessBindingStatus stored, Report report, BindingMemory memory, Instant now) {
        boolean passing = report.findings().values().stream()
                .anyMatch(finding -> finding.reason().kind() == Reason.Kind.PASSING);
        if (!passing || report.status().equals(stored)) {
            return Optional.empty();
        }
        Instant since = memory.unreportedSince(now);
        if (!memory.queued() || ready(stored)) {
            return Optional.of(since.plus(SETTLE)).filter(now::isBefore);
        }
        return Optional.of(since.plus(SETTLE_QUEUED)).filter(now::isBefore).map(end -> earlier(end, next(since, now)));
    }

    /** A thread takes the work without telling: whether one has is looked at after a while, and then ever less often. */
    private static Instant next(Instant since, Instant now) {
        Duration waited = Duration.between(since, now);
        return now.plus(waited.compareTo(SETTLE) < 0 ? SETTLE.minus(waited) : waited.multipliedBy(4));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static boolean ready(RedisAccessBindingStatus stored) {
        return stored != null
                && stored.conditions() != null
                && stored.conditions().stream()
                        .anyMatch(condition -> condition.getType().equals(ConditionType.READY.text())
                                && condition.getStatus().equals("True"));
    }
}
