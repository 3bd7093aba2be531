package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class VerificationTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PERIOD = Duration.ofMinutes(15);
    private static final RandomGenerator MIDDLE = new RandomGenerator() {
        @Override
        public long nextLong() {
            return Long.MIN_VALUE; // nextDouble() is 0.5: no jitter
        }
    };
    private static final Verification.Target TARGET = new Verification.Target(
            new Endpoint("orders.example", 10000),
            new Principal(
                    new ClientId("cccccccc-0000-0000-0000-000000000001"),
                    new ObjectId("aaaaaaaa-0000-0000-0000-000000000001"),
                    new TenantId("dddddddd-0000-0000-0000-000000000001")));
    private static final Problem REFUSED = Problem.of(Reason.CONNECTION_REFUSED, "refused");

    @Test
    void isDueAgainAfterThePeriod() {
        Verification verification = Verification.succeeded(TARGET, NOW, MIDDLE);
        assertThat(verification.due(PERIOD)).isEqualTo(NOW.plus(PERIOD));
        assertThat(verification.dueFor(TARGET, PERIOD, NOW.plus(PERIOD).minusMillis(1)))
                .isFalse();
        assertThat(verification.dueFor(TARGET, PERIOD, NOW.plus(PERIOD))).isTrue();
    }

    /** Otherwise it would not be due before the clock is at the former time again. */
    @Test
    void isDueWhenTheClockWasSetBack() {
        Verification verification = Verification.succeeded(TARGET, NOW, MIDDLE);
        assertThat(verification.dueFor(TARGET, PERIOD, NOW.minus(Duration.ofDays(1))))
                .isTrue();
        Verification failed = Verification.failed(Optional.of(verification), TARGET, REFUSED, NOW, MIDDLE);
        assertThat(failed.dueFor(TARGET, PERIOD, NOW.minusSeconds(30))).isTrue();
    }

    @Test
    void isDueAtOnceForAnythingElse() {
        Verification verification = Verification.succeeded(TARGET, NOW, MIDDLE);
        var moved = new Verification.Target(new Endpoint("orders.example", 10001), TARGET.principal());
        assertThat(verification.dueFor(moved, PERIOD, NOW)).isTrue();
    }

    @Test
    void holdsAfterOneFailureAndIsDueAgainSecondsLater() {
        Verification good = Verification.succeeded(TARGET, NOW, MIDDLE);
        Verification once = Verification.failed(Optional.of(good), TARGET, REFUSED, NOW, MIDDLE);
        assertThat(once.holds()).isTrue();
        assertThat(once.due(PERIOD)).isEqualTo(NOW.plus(Verification.SECOND_ATTEMPT));

        Verification twice = Verification.failed(Optional.of(once), TARGET, REFUSED, NOW, MIDDLE);
        assertThat(twice.holds()).isFalse();
        assertThat(twice.problem()).contains(REFUSED);
    }

    @Test
    void neverHoldsWhereNoLoginSucceededBefore() {
        assertThat(Verification.failed(Optional.empty(), TARGET, REFUSED, NOW, MIDDLE)
                        .holds())
                .isFalse();
    }

    @Test
    void aSuccessOfSomethingElseDoesNotCount() {
        var other = new Verification.Target(new Endpoint("other.example", 10000), TARGET.principal());
        Verification good = Verification.succeeded(other, NOW, MIDDLE);
        assertThat(Verification.failed(Optional.of(good), TARGET, REFUSED, NOW, MIDDLE)
                        .holds())
                .isFalse();
    }

    @Test
    void backsOffFromTenSecondsDoublingUpToThePeriod() {
        assertThat(waits(REFUSED, 8)).containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 640L, 900L);
    }

    @Test
    void looksOftenWhileThePolicyPropagates() {
        // 250 ms, 350 ms, 490 ms, and so on.
        assertThat(waits(Problem.of(Reason.POLICY_PROPAGATING, "young"), 16))
                .containsExactly(0L, 0L, 0L, 0L, 0L, 1L, 1L, 2L, 3L, 5L, 7L, 10L, 14L, 19L, 27L, 30L);
    }

    @Test
    void waitsAtLeastForRetryAfter() {
        Problem throttled = Problem.of(Reason.ENTRA_THROTTLED, "slow down").retryAfter(Duration.ofMinutes(3));
        Verification verification = Verification.failed(Optional.empty(), TARGET, throttled, NOW, MIDDLE);
        assertThat(verification.due(PERIOD)).isEqualTo(NOW.plusSeconds(180));
    }

    @Test
    void isSpreadOverAWholePeriodAfterARestart() {
        assertThat(Verification.restored(TARGET, NOW, MIDDLE).due(PERIOD)).isEqualTo(NOW.plus(PERIOD.dividedBy(2)));
    }

    @Test
    void aChangedPeriodCountsAtOnce() {
        Verification verification = Verification.succeeded(TARGET, NOW, MIDDLE);
        Duration shorter = Duration.ofMinutes(1);
        assertThat(verification.dueFor(TARGET, PERIOD, NOW.plusSeconds(61))).isFalse();
        assertThat(verification.dueFor(TARGET, shorter, NOW.plusSeconds(61))).isTrue();
        assertThat(verification.due(PERIOD.multipliedBy(2))).isEqualTo(NOW.plus(PERIOD.multipliedBy(2)));
        assertThat(Verification.restored(TARGET, NOW, MIDDLE).due(shorter)).isEqualTo(NOW.plusSeconds(30));
    }

    /** Also where it bounds the delay after failures. */
    @Test
    void aChangedPeriodCountsAfterFailuresToo() {
        Verification verification = Verification.failed(Optional.empty(), TARGET, REFUSED, NOW, MIDDLE);
        for (int i = 0; i < 8; i++) {
            verification = Verification.failed(Optional.of(verification), TARGET, REFUSED, NOW, MIDDLE);
        }
        assertThat(verification.due(PERIOD)).isEqualTo(NOW.plus(PERIOD));
        assertThat(verification.due(Duration.ofMinutes(1))).isEqualTo(NOW.plusSeconds(60));
    }

    @Test
    void isSpreadTheSameWayAtEachCall() {
        Verification verification = Verification.succeeded(TARGET, NOW, new Random(1));
        assertThat(verification.due(PERIOD)).isEqualTo(verification.due(PERIOD));
        assertThat(verification.due(PERIOD)).isBetween(NOW.plusSeconds(810), NOW.plusSeconds(990));
    }

    @Test
    void aDelayGrownByOneReasonIsNotAppliedToAnother() {
        Verification verification = Verification.failed(Optional.empty(), TARGET, REFUSED, NOW, MIDDLE);
        for (int i = 0; i < 5; i++) {
            verification = Verification.failed(Optional.of(verification), TARGET, REFUSED, NOW, MIDDLE);
        }
        Problem other = Problem.of(Reason.NOT_AUTHORIZED, "WRONGPASS");
        Verification next = Verification.failed(Optional.of(verification), TARGET, other, NOW, MIDDLE);
        assertThat(next.attempts().failures()).isEqualTo(7);
        assertThat(next.holds()).isFalse();
        assertThat(next.due(PERIOD)).isEqualTo(NOW.plusSeconds(10));
    }

    /** Two causes that alternate are a failure each time: the second look is for the first failure only. */
    @Test
    void isLostAtTheSecondFailureOfWhateverReason() {
        Verification good = Verification.succeeded(TARGET, NOW, MIDDLE);
        Verification once = Verification.failed(Optional.of(good), TARGET, REFUSED, NOW, MIDDLE);
        Problem other = Problem.of(Reason.CONNECT_TIMEOUT, "timeout");
        assertThat(Verification.failed(Optional.of(once), TARGET, other, NOW, MIDDLE)
                        .holds())
                .isFalse();
    }

    private static long[] waits(Problem problem, int failures) {
        long[] waits = new long[failures];
        Optional<Verification> verification = Optional.empty();
        for (int i = 0; i < failures; i++) {
            verification = Optional.of(Verification.failed(verification, TARGET, problem, NOW, MIDDLE));
            waits[i] = Duration.between(NOW, verification.get().due(PERIOD)).toSeconds();
        }
        return waits;
    }
}
