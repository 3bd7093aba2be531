package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class IdentificationTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final RandomGenerator MIDDLE = () -> Long.MIN_VALUE;
    private static final ClientId CLIENT = new ClientId("cccccccc-0000-0000-0000-000000000001");
    private static final Identification.Subject SUBJECT =
            new Identification.Subject(new ServiceAccountKey("shop", "orders"), "uid", CLIENT);
    private static final Principal PRINCIPAL = new Principal(
            CLIENT,
            new ObjectId("aaaaaaaa-0000-0000-0000-000000000001"),
            new TenantId("dddddddd-0000-0000-0000-000000000001"));
    private static final BindingRequest.Verification VERIFIED =
            new BindingRequest.Verification(true, Duration.ofMinutes(15), Duration.ofSeconds(10));
    private static final BindingRequest.Verification UNVERIFIED =
            new BindingRequest.Verification(false, Duration.ofMinutes(15), Duration.ofSeconds(10));
    private static final Problem REFUSED = Problem.of(Reason.FEDERATION_NOT_MATCHED, "AADSTS700213");

    @Test
    void isNotAskedForAgainOfItself() {
        Identification known = Identification.succeeded(SUBJECT, PRINCIPAL, NOW, MIDDLE);
        assertThat(known.dueFor(SUBJECT, VERIFIED, NOW.plus(Duration.ofDays(1))))
                .isFalse();
    }

    @Test
    void isAskedForAnewForAServiceAccountThatWasMadeAnew() {
        Identification known = Identification.succeeded(SUBJECT, PRINCIPAL, NOW, MIDDLE);
        assertThat(known.dueFor(
                        new Identification.Subject(SUBJECT.serviceAccount(), "another uid", CLIENT), VERIFIED, NOW))
                .isTrue();
    }

    @Test
    void isLostOnlyAtTheSecondRefusal() {
        Identification known = Identification.succeeded(SUBJECT, PRINCIPAL, NOW, MIDDLE);
        Identification once = Identification.failed(Optional.of(known), SUBJECT, REFUSED, NOW, MIDDLE);
        assertThat(once.principal()).contains(PRINCIPAL);
        Identification twice = Identification.failed(Optional.of(once), SUBJECT, REFUSED, NOW, MIDDLE);
        assertThat(twice.principal()).isEmpty();
    }

    @Test
    void isAskedForWhenTheClockWasSetBack() {
        Identification failed = Identification.failed(Optional.empty(), SUBJECT, REFUSED, NOW, MIDDLE);
        assertThat(failed.dueFor(SUBJECT, VERIFIED, NOW.plusSeconds(1))).isFalse();
        assertThat(failed.dueFor(SUBJECT, VERIFIED, NOW.minus(Duration.ofHours(1))))
                .isTrue();
    }

    @Test
    void isAskedForOnceAPeriodWhereNothingElseAsks() {
        Identification known = Identification.succeeded(SUBJECT, PRINCIPAL, NOW, MIDDLE);
        assertThat(known.due(VERIFIED)).isEqualTo(Instant.MAX);
        assertThat(known.due(UNVERIFIED)).isEqualTo(NOW.plusSeconds(900));
        var shorter = new BindingRequest.Verification(false, Duration.ofMinutes(1), Duration.ofSeconds(10));
        assertThat(known.due(shorter)).isEqualTo(NOW.plusSeconds(60));
        assertThat(Identification.remembered(SUBJECT, PRINCIPAL, NOW, MIDDLE).due(shorter))
                .isEqualTo(NOW.plusSeconds(30));
    }

    @Test
    void isExchangedOnlyIfThisProcessDidIt() {
        Identification remembered = Identification.remembered(SUBJECT, PRINCIPAL, NOW, MIDDLE);
        Identification failed = Identification.failed(Optional.of(remembered), SUBJECT, REFUSED, NOW, MIDDLE);
        assertThat(remembered.exchanged()).isFalse();
        assertThat(failed.principal()).contains(PRINCIPAL);
        assertThat(failed.exchanged()).isFalse();
        Identification exchanged = Identification.succeeded(SUBJECT, PRINCIPAL, NOW, MIDDLE);
        assertThat(exchanged.exchanged()).isTrue();
        assertThat(Identification.failed(Optional.of(exchanged), SUBJECT, REFUSED, NOW, MIDDLE)
                        .exchanged())
                .isTrue();
    }

    @Test
    void backsOffByTheFailuresOfOneReason() {
        Optional<Identification> known = Optional.empty();
        for (int i = 0; i < 4; i++) {
            known = Optional.of(Identification.failed(known, SUBJECT, REFUSED, NOW, MIDDLE));
        }
        assertThat(known.get().due(VERIFIED)).isEqualTo(NOW.plusSeconds(80));
        Problem other = Problem.of(Reason.ENTRA_UNAVAILABLE, "no answer");
        assertThat(Identification.failed(known, SUBJECT, other, NOW, MIDDLE).due(VERIFIED))
                .isEqualTo(NOW.plusSeconds(10));
    }
}
