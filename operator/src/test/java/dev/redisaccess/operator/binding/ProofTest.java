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

class ProofTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PERIOD = Duration.ofMinutes(15);
    private static final RandomGenerator MIDDLE = new RandomGenerator() {
        @Override
        public long nextLong() {
            return Long.MIN_VALUE; // nextDouble() is 0.5: no jitter
        }
    };
    private static final Proof.Subject SUBJECT = new Proof.Subject(
            new Endpoint("orders.example", 10000),
            new Principal(
                    new ClientId("cccccccc-0000-0000-0000-000000000001"),
                    new ObjectId("aaaaaaaa-0000-0000-0000-000000000001"),
                    new TenantId("dddddddd-0000-0000-0000-000000000001")));
    private static final Problem REFUSED = Problem.of(Reason.CONNECTION_REFUSED, "refused");

    @Test
    void isDueAgainAfterThePeriod() {
        Proof proof = Proof.succeeded(SUBJECT, NOW, MIDDLE);
        assertThat(proof.due(PERIOD)).isEqualTo(NOW.plus(PERIOD));
        assertThat(proof.dueFor(SUBJECT, PERIOD, NOW.plus(PERIOD).minusMillis(1)))
                .isFalse();
        assertThat(proof.dueFor(SUBJECT, PERIOD, NOW.plus(PERIOD))).isTrue();
    }

    /** Else nobody would look again before the time of day is what it was. */
    @Test
    void isDueWhenTheClockWasSetBack() {
        Proof proof = Proof.succeeded(SUBJECT, NOW, MIDDLE);
        assertThat(proof.dueFor(SUBJECT, PERIOD, NOW.minus(Duration.ofDays(1)))).isTrue();
        Proof failed = Proof.failed(Optional.of(proof), SUBJECT, REFUSED, NOW, MIDDLE);
        assertThat(failed.dueFor(SUBJECT, PERIOD, NOW.minusSeconds(30))).isTrue();
    }

    @Test
    void isDueAtOnceForAnythingElse() {
        Proof proof = Proof.succeeded(SUBJECT, NOW, MIDDLE);
        var moved = new Proof.Subject(new Endpoint("orders.example", 10001), SUBJECT.principal());
        assertThat(proof.dueFor(moved, PERIOD, NOW)).isTrue();
    }

    @Test
    void standsOneFailureAndIsLookedAtAgainSecondsLater() {
        Proof good = Proof.succeeded(SUBJECT, NOW, MIDDLE);
        Proof once = Proof.failed(Optional.of(good), SUBJECT, REFUSED, NOW, MIDDLE);
        assertThat(once.holds()).isTrue();
        assertThat(once.due(PERIOD)).isEqualTo(NOW.plus(Proof.SECOND_LOOK));

        Proof twice = Proof.failed(Optional.of(once), SUBJECT, REFUSED, NOW, MIDDLE);
        assertThat(twice.holds()).isFalse();
        assertThat(twice.problem()).contains(REFUSED);
    }

    @Test
    void neverHeldWhereNothingWasProvedBefore() {
        assertThat(Proof.failed(Optional.empty(), SUBJECT, REFUSED, NOW, MIDDLE).holds())
                .isFalse();
    }

    @Test
    void aSuccessOfSomethingElseDoesNotCount() {
        var other = new Proof.Subject(new Endpoint("other.example", 10000), SUBJECT.principal());
        Proof good = Proof.succeeded(other, NOW, MIDDLE);
        assertThat(Proof.failed(Optional.of(good), SUBJECT, REFUSED, NOW, MIDDLE)
                        .holds())
                .isFalse();
    }

    @Test
    void backsOffFromTenSecondsDoublingUpToThePeriod() {
        assertThat(waits(REFUSED, 8)).containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 640L, 900L);
    }

    @Test
    void looksOftenWhileThePolicyPropagates() {
        // 250 ms, 500 ms, a second, and so on.
        assertThat(waits(Problem.of(Reason.POLICY_PROPAGATING, "young"), 9))
                .containsExactly(0L, 0L, 1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void waitsAtLeastAsLongAsItWasAsked() {
        Problem throttled = Problem.of(Reason.ENTRA_THROTTLED, "slow down").retryAfter(Duration.ofMinutes(3));
        Proof proof = Proof.failed(Optional.empty(), SUBJECT, throttled, NOW, MIDDLE);
        assertThat(proof.due(PERIOD)).isEqualTo(NOW.plusSeconds(180));
    }

    @Test
    void isSpreadOverAWholePeriodAfterARestart() {
        assertThat(Proof.remembered(SUBJECT, NOW, MIDDLE).due(PERIOD)).isEqualTo(NOW.plus(PERIOD.dividedBy(2)));
    }

    @Test
    void aChangedPeriodCountsAtOnce() {
        Proof proof = Proof.succeeded(SUBJECT, NOW, MIDDLE);
        Duration shorter = Duration.ofMinutes(1);
        assertThat(proof.dueFor(SUBJECT, PERIOD, NOW.plusSeconds(61))).isFalse();
        assertThat(proof.dueFor(SUBJECT, shorter, NOW.plusSeconds(61))).isTrue();
        assertThat(proof.due(PERIOD.multipliedBy(2))).isEqualTo(NOW.plus(PERIOD.multipliedBy(2)));
        assertThat(Proof.remembered(SUBJECT, NOW, MIDDLE).due(shorter)).isEqualTo(NOW.plusSeconds(30));
    }

    /** Also where it bounds the delay after failures. */
    @Test
    void aChangedPeriodCountsAfterFailuresToo() {
        Proof proof = Proof.failed(Optional.empty(), SUBJECT, REFUSED, NOW, MIDDLE);
        for (int i = 0; i < 8; i++) {
            proof = Proof.failed(Optional.of(proof), SUBJECT, REFUSED, NOW, MIDDLE);
        }
        assertThat(proof.due(PERIOD)).isEqualTo(NOW.plus(PERIOD));
        assertThat(proof.due(Duration.ofMinutes(1))).isEqualTo(NOW.plusSeconds(60));
    }

    @Test
    void isSpreadTheSameWayWheneverItIsAsked() {
        Proof proof = Proof.succeeded(SUBJECT, NOW, new Random(1));
        assertThat(proof.due(PERIOD)).isEqualTo(proof.due(PERIOD));
        assertThat(proof.due(PERIOD)).isBetween(NOW.plusSeconds(810), NOW.plusSeconds(990));
    }

    @Test
    void aDelayGrownByOneReasonIsNotAppliedToAnother() {
        Proof proof = Proof.failed(Optional.empty(), SUBJECT, REFUSED, NOW, MIDDLE);
        for (int i = 0; i < 5; i++) {
            proof = Proof.failed(Optional.of(proof), SUBJECT, REFUSED, NOW, MIDDLE);
        }
        Problem other = Problem.of(Reason.NOT_AUTHORIZED, "WRONGPASS");
        Proof next = Proof.failed(Optional.of(proof), SUBJECT, other, NOW, MIDDLE);
        assertThat(next.failures()).isEqualTo(7);
        assertThat(next.holds()).isFalse();
        assertThat(next.due(PERIOD)).isEqualTo(NOW.plusSeconds(10));
    }

    /** Two causes that alternate are a failure each time: the second look is for the first failure only. */
    @Test
    void isLostAtTheSecondFailureOfWhateverReason() {
        Proof good = Proof.succeeded(SUBJECT, NOW, MIDDLE);
        Proof once = Proof.failed(Optional.of(good), SUBJECT, REFUSED, NOW, MIDDLE);
        Problem other = Problem.of(Reason.CONNECT_TIMEOUT, "timeout");
        assertThat(Proof.failed(Optional.of(once), SUBJECT, other, NOW, MIDDLE).holds())
                .isFalse();
    }

    private static long[] waits(Problem problem, int failures) {
        long[] waits = new long[failures];
        Optional<Proof> proof = Optional.empty();
        for (int i = 0; i < failures; i++) {
            proof = Optional.of(Proof.failed(proof, SUBJECT, problem, NOW, MIDDLE));
            waits[i] = Duration.between(NOW, proof.get().due(PERIOD)).toSeconds();
        }
        return waits;
    }
}
