package dev.redisaccess.operator.controller.pass;

import static dev.redisaccess.operator.controller.pass.PassFixture.BILLING;
import static dev.redisaccess.operator.controller.pass.PassFixture.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Bindings whose identity keeps changing: a new identity is due at once, so only a rate bounds the exchanges. */
class ChangingIdentityTest {

    private final PassFixture fixture = new PassFixture();

    @Test
    void tenThatChangeTenTimesASecondCauseOneExchangeASecond() {
        List<RedisAccessBinding> bindings = IntStream.range(0, 10)
                .mapToObj(number -> fixture.bind("binding-" + number))
                .toList();
        for (int i = 0; i < 600; i++) {
            identity(i % 2 == 0 ? ORDERS : BILLING);
            bindings.forEach(fixture::pass);
            assertThat(fixture.work).hasSizeLessThanOrEqualTo(bindings.size());
            fixture.work();
            fixture.now = fixture.now.plusMillis(100);
        }
        // Three at once and six in a minute for each.
        assertThat(fixture.exchanges).isBetween(80, 90);

        identity(ORDERS);
        fixture.now = fixture.now.plusSeconds(10);
        bindings.forEach(fixture::pass);
        fixture.work();
        assertThat(bindings)
                .allSatisfy(binding ->
                        assertThat(resolved(fixture.pass(binding)).holds()).isTrue());
    }

    @Test
    void reportsThatItWaitsAndLooksAgain() {
        RedisAccessBinding binding = fixture.bind("orders-cache");
        for (Principal principal : List.of(ORDERS, BILLING, ORDERS)) {
            identity(principal);
            fixture.pass(binding);
            fixture.work();
        }
        identity(BILLING);
        PassResult waiting = fixture.pass(binding);
        assertThat(fixture.work).isEmpty();
        assertThat(resolved(waiting).reason()).isEqualTo(Reason.RESOLVING_IDENTITY);
        assertThat(resolved(waiting).message()).contains("changed several times");
        Instant next = fixture.now.plusSeconds(10);
        assertThat(waiting.write()).isFalse();
        fixture.now = waiting.nextPass().at();
        assertThat(fixture.pass(binding).nextPass().at()).isEqualTo(next);
    }

    /** A failure for one identity does not change the rate for others. */
    @Test
    void refusalsDoNotResetTheRate() {
        RedisAccessBinding binding = fixture.bind("orders-cache");
        for (int i = 0; i < 100; i++) {
            identity(i % 2 == 0 ? ORDERS : BILLING);
            fixture.entra = Result.failed(Problem.of(Reason.FEDERATION_NOT_MATCHED, "AADSTS700213"));
            fixture.pass(binding);
            fixture.work();
        }
        assertThat(fixture.exchanges).isEqualTo(3);
    }

    /** Another binding went because this one was counted as needing the access, which no status names. */
    @Test
    void revokesTheAccessOfAnIdentityThatItWasCountedWithAndNeverGranted() {
        RedisAccessBinding first = fixture.bind("first");
        fixture.makeReady(first);
        RedisAccessBinding second = fixture.bind("second");
        fixture.pass(second);
        fixture.work();
        first.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        assertThat(fixture.revoke(first).released())
                .as("the second one needs it")
                .isPresent();
        fixture.cluster.bindings.remove(BindingKey.of(first));

        fixture.now = fixture.now.plusSeconds(60);
        identity(PassFixture.BILLING);
        fixture.pass(second);
        fixture.work();
        fixture.pass(second);

        assertThat(fixture.azure.revoked)
                .containsExactly(PassFixture.MARK.assignmentName(PassFixture.ORDERS.objectId()));
    }

    private void identity(Principal principal) {
        fixture.serviceAccount("orders", principal);
        fixture.entra = Result.ok(principal);
    }

    private static Finding resolved(PassResult report) {
        return report.findings().get(ConditionType.IDENTITY_RESOLVED);
    }
}
