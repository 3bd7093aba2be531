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
    private static final Problem REFUSED = Problem.of(Reason.FEDERATION_NOT_MATCHED, "AADSTS700213");

    @Test
    void isNotAskedForAgainOfItself() {
        Identification known = Identification.succeeded(SUBJECT, PRINCIPAL, NOW, Instant.MAX);
        assertThat(known.dueFor(SUBJECT, NOW.plus(Duration.ofDays(1)))).isFalse();
    }

    @Test
    void isAskedForAnewForAServiceAccountThatWasMadeAnew() {
        Identification known = Identification.succeeded(SUBJECT, PRINCIPAL, NOW, Instant.MAX);
        assertThat(known.dueFor(new Identification.Subject(SUBJECT.serviceAccount(), "another uid", CLIENT), NOW))
                .isTrue();
    }

    @Test
    void isLostOnlyAtTheSecondRefusal() {
        Identification known = Identification.succeeded(SUBJECT, PRINCIPAL, NOW, Instant.MAX);
        Identification once = Identification.failed(Optional.of(known), SUBJECT, REFUSED, NOW, MIDDLE);
        assertThat(once.principal()).contains(PRINCIPAL);
        Identification twice = Identification.failed(Optional.of(once), SUBJECT, REFUSED, NOW, MIDDLE);
        assertThat(twice.principal()).isEmpty();
    }

    @Test
    void isAskedForWhenTheClockWasSetBack() {
        Identification failed = Identification.failed(Optional.empty(), SUBJECT, REFUSED, NOW, MIDDLE);
        assertThat(failed.dueFor(SUBJECT, NOW.plusSeconds(1))).isFalse();
        assertThat(failed.dueFor(SUBJECT, NOW.minus(Duration.ofHours(1)))).isTrue();
    }
}
