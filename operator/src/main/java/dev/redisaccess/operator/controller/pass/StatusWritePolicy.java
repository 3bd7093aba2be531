package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.ConditionStatus;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.status.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a status is not written yet: while it is expected to change within moments, such as during a token exchange. So a new
 * binding costs the API server one status write, one more where Azure takes longer than {@link #SETTLE}, and a restart none.
 */
final class StatusWritePolicy {

    /** Longer than the work usually takes, and short enough for a person who waits for a status. */
    static final Duration SETTLE = Duration.ofSeconds(4);

    /** While the work waits for a thread: status writes would be further load on a busy operator and the API server. */
    static final Duration SETTLE_QUEUED = Duration.ofMinutes(2);

    private StatusWritePolicy() {}

    /** The result of a pass, with its write postponed while that is worth it. Remembers since when. */
    static PassResult settle(RedisAccessBindingStatus stored, PassResult result, BindingMemory memory, Instant now) {
        Optional<Instant> until = postponed(stored, result, memory, now);
        if (until.isEmpty()) {
            memory.markReported();
            return result;
        }
        memory.markUnreported(now);
        return result.postponed(new NextPass(until.get()));
    }

    /** When to look whether the write can wait longer; empty: it can't. */
    static Optional<Instant> postponed(
            RedisAccessBindingStatus stored, PassResult result, BindingMemory memory, Instant now) {
        boolean passing = result.findings().values().stream()
                .anyMatch(finding -> finding.reason().kind() == Reason.Kind.PASSING);
        if (!passing || !result.write()) {
            return Optional.empty();
        }
        Instant since = memory.unreportedSince().orElse(now);
        if (!memory.isQueued() || ready(stored)) {
            return Optional.of(since.plus(SETTLE)).filter(now::isBefore);
        }
        return Optional.of(since.plus(SETTLE_QUEUED)).filter(now::isBefore).map(end -> earlier(end, next(since, now)));
    }

    /** No event says that a thread has taken the work, so this is polled, ever less often. */
    private static Instant next(Instant since, Instant now) {
        Duration waited = Duration.between(since, now);
        return now.plus(waited.compareTo(SETTLE) < 0 ? SETTLE.minus(waited) : waited.multipliedBy(4));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static boolean ready(RedisAccessBindingStatus stored) {
        return Conditions.find(stored.conditions(), ConditionType.READY)
                .filter(condition -> ConditionStatus.TRUE.text().equals(condition.getStatus()))
                .isPresent();
    }
}
