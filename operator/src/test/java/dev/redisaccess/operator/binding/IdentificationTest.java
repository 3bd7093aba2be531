package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.Federation;
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
    private static final Identification.Source SOURCE =
            new Identification.Source(new ServiceAccountKey("shop", "orders"), "uid", CLIENT, Federation.DIRECT);
    private static final Principal PRINCIPAL = new Principal(
            CLIENT,
            new ObjectId("aaaaaaaa-0000-0000-0000-000000000001"),
            new TenantId("dddddddd-0000-0000-0000-000000000001"));
    private static final BindingRequest.VerificationSettings VERIFIED =
            new BindingRequest.VerificationSettings(true, Duration.ofMinutes(15), Duration.ofSeconds(10));
    private static final BindingRequest.VerificationSettings UNVERIFIED =
            new BindingRequest.VerificationSettings(false, Duration.ofMinutes(15), Duration.ofSeconds(10));
    private static final Problem REFUSED = Problem.of(Reason.FEDERATION_NOT_MATCHED, "AADSTS700213");

    @Test
    void isNotDueAgainAutomatically() {
        Identification known = Identification.succeeded(SOURCE, PRINCIPAL, Federation.DIRECT, NOW, MIDDLE);
        assertThat(known.dueFor(SOURCE, VERIFIED, NOW.plus(Duration.ofDays(1)))).isFalse();
    }

    @Test
    void isDueAgainForARecreatedServiceAccount() {
        Identification known = Identification.succeeded(SOURCE, PRINCIPAL, Federation.DIRECT, NOW, MIDDLE);
        assertThat(known.dueFor(
                        new Identification.Source(SOURCE.serviceAccount(), "another uid", CLIENT, Federation.DIRECT),
                        VERIFIED,
                        NOW))
                .isTrue();
    }

    @Test
    void isLostOnlyAtTheSecondRefusal() {
        Identification known = Identification.succeeded(SOURCE, PRINCIPAL, Federation.DIRECT, NOW, MIDDLE);
        Identification once = Identification.failed(Optional.of(known), SOURCE, REFUSED, NOW, MIDDLE);
        assertThat(once.principal()).contains(PRINCIPAL);
        Identification twice = Identification.failed(Optional.of(once), SOURCE, REFUSED, NOW, MIDDLE);
        assertThat(twice.principal()).isEmpty();
    }

    @Test
    void anotherWayIsTriedAtOnceAndKeepsThePrincipalMeanwhile() {
        Identification known = Identification.succeeded(SOURCE, PRINCIPAL, Federation.DIRECT, NOW, MIDDLE);
        var other = new Identification.Source(SOURCE.serviceAccount(), "uid", CLIENT, Federation.IDENTITY_BINDING);
        assertThat(SOURCE.identifiesSame(other)).isTrue();
        assertThat(known.dueFor(other, VERIFIED, NOW)).isTrue();

        Identification once = Identification.failed(Optional.of(known), other, REFUSED, NOW, MIDDLE);
        assertThat(once.principal()).contains(PRINCIPAL);
        assertThat(once.federation()).contains(Federation.DIRECT);
        assertThat(Identification.failed(Optional.of(once), other, REFUSED, NOW, MIDDLE)
                        .principal())
                .isEmpty();
    }

    @Test
    void isRefusedAfterFourRefusalsAlsoIfTheIdentityChangesEachTime() {
        Optional<Identification> known =
                Optional.of(Identification.restored(SOURCE, PRINCIPAL, Optional.of(Federation.DIRECT), NOW, MIDDLE));
        Problem noAnswer = Problem.of(Reason.ENTRA_UNAVAILABLE, "no answer");
        for (int i = 0; i < 4; i++) {
            assertThat(known.get().refused()).isFalse();
            known = Optional.of(Identification.failed(known, another(i), REFUSED, NOW, MIDDLE));
            known = Optional.of(Identification.failed(known, another(i), noAnswer, NOW, MIDDLE));
        }
        assertThat(known.get().refused()).isTrue();
        assertThat(Identification.succeeded(SOURCE, PRINCIPAL, Federation.DIRECT, NOW, MIDDLE)
                        .refused())
                .isFalse();
    }

    private static Identification.Source another(int number) {
        ClientId client = new ClientId("cccccccc-0000-0000-0000-00000000010" + number);
        return new Identification.Source(SOURCE.serviceAccount(), "uid", client, Federation.DIRECT);
    }

    @Test
    void isDueWhenTheClockWasSetBack() {
        Identification failed = Identification.failed(Optional.empty(), SOURCE, REFUSED, NOW, MIDDLE);
        assertThat(failed.dueFor(SOURCE, VERIFIED, NOW.plusSeconds(1))).isFalse();
        assertThat(failed.dueFor(SOURCE, VERIFIED, NOW.minus(Duration.ofHours(1))))
                .isTrue();
    }

    @Test
    void isDueOnceAPeriodWhereNothingElseRequestsIt() {
        Identification known = Identification.succeeded(SOURCE, PRINCIPAL, Federation.DIRECT, NOW, MIDDLE);
        assertThat(known.due(VERIFIED)).isEqualTo(Instant.MAX);
        assertThat(known.due(UNVERIFIED)).isEqualTo(NOW.plusSeconds(900));
        var shorter = new BindingRequest.VerificationSettings(false, Duration.ofMinutes(1), Duration.ofSeconds(10));
        assertThat(known.due(shorter)).isEqualTo(NOW.plusSeconds(60));
        assertThat(Identification.restored(SOURCE, PRINCIPAL, Optional.of(Federation.DIRECT), NOW, MIDDLE)
                        .due(shorter))
                .isEqualTo(NOW.plusSeconds(30));
    }

    @Test
    void isExchangedOnlyIfThisProcessDidIt() {
        Identification remembered =
                Identification.restored(SOURCE, PRINCIPAL, Optional.of(Federation.DIRECT), NOW, MIDDLE);
        Identification failed = Identification.failed(Optional.of(remembered), SOURCE, REFUSED, NOW, MIDDLE);
        assertThat(remembered.exchanged()).isFalse();
        assertThat(failed.principal()).contains(PRINCIPAL);
        assertThat(failed.exchanged()).isFalse();
        Identification exchanged = Identification.succeeded(SOURCE, PRINCIPAL, Federation.DIRECT, NOW, MIDDLE);
        assertThat(exchanged.exchanged()).isTrue();
        assertThat(Identification.failed(Optional.of(exchanged), SOURCE, REFUSED, NOW, MIDDLE)
                        .exchanged())
                .isTrue();
    }

    @Test
    void backsOffByTheFailuresOfOneReason() {
        Optional<Identification> known = Optional.empty();
        for (int i = 0; i < 4; i++) {
            known = Optional.of(Identification.failed(known, SOURCE, REFUSED, NOW, MIDDLE));
        }
        assertThat(known.get().due(VERIFIED)).isEqualTo(NOW.plusSeconds(80));
        Problem other = Problem.of(Reason.ENTRA_UNAVAILABLE, "no answer");
        assertThat(Identification.failed(known, SOURCE, other, NOW, MIDDLE).due(VERIFIED))
                .isEqualTo(NOW.plusSeconds(10));
    }

    /** One refused request after an outage of Entra is no evidence that the next exchange fails. */
    @Test
    void isExhaustedByTheSameLastingProblemOnly() {
        Problem down = Problem.of(Reason.ENTRA_UNAVAILABLE, "503");
        Problem failed = Problem.of(Reason.TOKEN_REQUEST_FAILED, "timeout");
        assertThat(after(down, down, down, down, down).exhausted()).isFalse();
        assertThat(after(down, down, down, failed).exhausted()).isFalse();
        assertThat(after(failed, failed, failed).exhausted()).isFalse();
        assertThat(after(down, failed, failed, failed, failed).exhausted()).isTrue();
        assertThat(after(REFUSED, down, REFUSED, down, REFUSED, REFUSED).exhausted())
                .isTrue();
    }

    private static Identification after(Problem... problems) {
        Optional<Identification> last = Optional.empty();
        for (Problem problem : problems) {
            last = Optional.of(Identification.failed(last, SOURCE, problem, NOW, MIDDLE));
        }
        return last.orElseThrow();
    }
}
