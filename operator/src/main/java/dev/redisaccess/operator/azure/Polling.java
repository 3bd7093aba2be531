package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.binding.Backoff;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The polls of one running operation. Used by one thread at a time. */
final class Polling {

    /** Far longer than any recorded operation: then the lane continues with others, and repeats this one later. */
    static final Duration DEADLINE = Duration.ofMinutes(10);

    private static final Backoff UNANSWERED = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    /** So many failed polls in a row are an outage, and not a request that a gateway lost. */
    private static final int OUTAGE = 3;

    private final LaneContext context;
    private final LaneState.Kind kind;
    private final String resource;
    private final Instant since;
    private Instant lastSeenMoving;
    private int failures;

    Polling(LaneContext context, String name, LaneState.Kind kind, Instant since) {
        this.context = context;
        this.kind = kind;
        this.resource = context.database().path() + "/accessPolicyAssignments/" + name;
        this.since = since;
        this.lastSeenMoving = since;
    }

    /** Since Azure accepted the operation. */
    Duration elapsed() {
        return Duration.between(since, context.now());
    }

    boolean isOverdue() {
        return elapsed().compareTo(DEADLINE) >= 0;
    }

    /** Before the first poll, and after one that saw the operation running. */
    OperationProgress.Again next() {
        failures = 0;
        lastSeenMoving = context.now();
        Duration own = PollSchedule.next(
                elapsed(),
                context.durations().expected(kind),
                context.subscription().lanesToShareWith());
        return new OperationProgress.Again(
                context.subscription().takeWait(resource).orElse(own), Optional.empty());
    }

    /** After a poll that failed. */
    OperationProgress.Again afterFailure(Problem problem) {
        Duration delay = problem.delay(UNANSWERED.after(++failures));
        return new OperationProgress.Again(delay, failures < OUTAGE ? Optional.empty() : Optional.of(problem));
    }

    /** Adds the duration of an operation that succeeded. It ended between two polls, so the middle counts. */
    void learn() {
        Duration gap = Duration.between(lastSeenMoving, context.now());
        context.durations().add(kind, elapsed().minus(gap.dividedBy(2)));
    }
}
