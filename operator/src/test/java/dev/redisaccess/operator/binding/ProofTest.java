package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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
        Proof proof = Proof.succeeded(SUBJECT, NOW, PERIOD, MIDDLE);
        assertThat(proof.due()).isEqualTo(NOW.plus(PERIOD));
        assertThat(proof.dueFor(SUBJECT, NOW.plus(PERIOD).minusMillis(1))).isFalse();
        assertThat(proof.dueFor(SUBJECT, NOW.plus(PERIOD))).isTrue();
    }

    /** Else nobody would look again before the time of day is what it was. */
    @Test
    void isDueWhenTheClockWasSetBack() {
        Proof proof = Proof.succeeded(SUBJECT, NOW, PERIOD, MIDDLE);
        assertThat(proof.dueFor(SUBJECT, NOW.minus(Duration.ofDays(1)))).isTrue();
        Proof failed = Proof.failed(Optional.of(proof), SUBJECT, REFUSED, NOW, PERIOD, MIDDLE);
        assertThat(failed.dueFor(SUBJECT, NOW.minusSeconds(30))).isTrue();
    }

    @Test
    void isDueAtOnceForAnythingElse() {
        Proof proof = Proof.succeeded(SUBJECT, NOW, PERIOD, MIDDLE);
        var moved = new Proof.Subject(new Endpoint("orders.example", 10001), SUBJECT.principal());
        assertThat(proof.dueFor(moved, NOW)).isTrue();
    }

    @Test
    void standsOneFailureAndIsLookedAtAgainSecondsLater() {
        Proof good = Proof.succeeded(SUBJECT, NOW, PERIOD, MIDDLE);
        Proof once = Proof.failed(Optional.of(good), SUBJECT, REFUSED, NOW, PERIOD, MIDDLE);
        assertThat(once.holds()).isTrue();
        assertThat(once.due()).isEqualTo(NOW.plus(Proof.SECOND_LOOK));

        Proof twice = Proof.failed(Optional.of(once), SUBJECT, REFUSED, NOW, PERIOD, MIDDLE);
        assertThat(twice.holds()).isFalse();
        assertThat(twice.problem()).contains(REFUSED);
    }

    @Test
    void neverHeldWhereNothingWasProvedBefore() {
        assertThat(Proof.failed(Optional.empty(), SUBJECT, REFUSED, NOW, PERIOD, MIDDLE)
                        .holds())
                .isFalse();
    }

    @Test
    void aSuccessOfSomethingElseDoesNotCount() {
        var other = new Proof.Subject(new Endpoint("other.example", 10000), SUBJECT.principal());
        Proof good = Proof.succeeded(other, NOW, PERIOD, MIDDLE);
        assertThat(Proof.failed(Optional.of(good), SUBJECT, REFUSED, NOW, PERIOD, MIDDLE)
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
        Proof proof = Proof.failed(Optional.empty(), SUBJECT, throttled, NOW, PERIOD, MIDDLE);
        assertThat(proof.due()).isEqualTo(NOW.plusSeconds(180));
    }

    @Test
    void isSpreadOverAWholePeriodAfterARestart() {
        assertThat(Proof.remembered(SUBJECT, NOW, PERIOD, MIDDLE).due()).isEqualTo(NOW.plus(PERIOD.dividedBy(2)));
    }

    private static long[] waits(Problem problem, int failures) {
        long[] waits = new long[failures];
        Optional<Proof> proof = Optional.empty();
        for (int i = 0; i < failures; i++) {
            proof = Optional.of(Proof.failed(proof, SUBJECT, problem, NOW, PERIOD, MIDDLE));
            waits[i] = Duration.between(NOW, proof.get().due()).toSeconds();
        }
        return waits;
    }
}
