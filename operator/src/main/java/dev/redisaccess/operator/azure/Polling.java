package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.binding.Backoff;
import dev.redisaccess.operator.binding.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The looks at one running operation. Used by one thread at a time. */
final class Polling {

    /** By far longer than any recorded operation: then others get their turn, and this one is looked at again later. */
    static final Duration DEADLINE = Duration.ofMinutes(10);

    private static final Backoff UNANSWERED = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    /** So many looks in a row that ARM did not answer: an outage, and not a request that a gateway lost. */
    private static final int WORTH_TELLING = 3;

    private final Clock clock;
    private final LearnedDuration learned;
    private final Subscription subscription;
    private final String resource;
    private final Instant since;
    private Instant lastSeenMoving;
    private int failures;

    Polling(LaneContext context, String name, LearnedDuration learned, Instant since) {
        this.resource = context.database().path() + "/accessPolicyAssignments/" + name;
        this.clock = context.clock();
        this.learned = learned;
        this.subscription = context.subscription();
        this.since = since;
        this.lastSeenMoving = since;
    }

    Instant since() {
        return since;
    }

    Duration elapsed() {
        return Duration.between(since, clock.instant());
    }

    boolean overdue() {
        return elapsed().compareTo(DEADLINE) >= 0;
    }

    /** Before the first look, and after one that saw it moving. */
    OperationProgress.Again again() {
        failures = 0;
        lastSeenMoving = clock.instant();
        Duration own = PollSchedule.next(elapsed(), learned.expected(), subscription.lanesToShareWith());
        return new OperationProgress.Again(subscription.takeAskedWait(resource).orElse(own), Optional.empty());
    }

    /** After a look that ARM did not answer. */
    OperationProgress.Again afterFailure(Problem problem) {
        Duration wait = problem.delay(UNANSWERED.after(++failures));
        return new OperationProgress.Again(wait, failures < WORTH_TELLING ? Optional.empty() : Optional.of(problem));
    }

    /** It ended well. It ended between two looks: the middle is learned, so that our looks do not count as Azure's time. */
    void ended() {
        Duration gap = Duration.between(lastSeenMoving, clock.instant());
        learned.saw(elapsed().minus(gap.dividedBy(2)));
    }
}
