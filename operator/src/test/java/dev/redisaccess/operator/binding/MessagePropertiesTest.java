package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Foreign text of any content and length: what is in a message in the end. */
class MessagePropertiesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Endpoint ENDPOINT = new Endpoint("orders.westus2.redis.azure.net", 10000);
    private static final Principal PRINCIPAL = new Principal(
            new ClientId("22222222-2222-2222-2222-222222222222"),
            new ObjectId("11111111-1111-1111-1111-111111111111"),
            new TenantId("33333333-3333-3333-3333-333333333333"));

    @Property
    void noTokenAndNoSignatureIsQuoted(@ForAll String before, @ForAll("secrets") String secret, @ForAll String after) {
        String quote = SafeQuote.quote(before + " " + secret + " " + after, 400);
        String found = secret.substring(secret.lastIndexOf('.') + 1).replaceFirst(".*=", "");
        assertThat(quote)
                .doesNotContain(found)
                .doesNotContainPattern("[\\r\\n]")
                .hasSizeLessThanOrEqualTo(400);
    }

    @Property
    void aProblemHasBounds(@ForAll Reason reason, @ForAll @Size(max = 40) List<String> pieces, @ForAll boolean long_) {
        String message = String.join(" ", pieces).repeat(long_ ? 50 : 1);
        assertThat(Problem.of(reason, message).message()).hasSizeLessThanOrEqualTo(Problem.MAX_MESSAGE);
    }

    /** Every text in a message is quoted. */
    @Property
    void noMessageHasACharacterThatATerminalInterprets(@ForAll Reason reason, @ForAll("hostile") String words) {
        assertThat(List.of(
                        Problem.of(reason, words).message(),
                        Finding.of(Problem.of(reason, words)).message(),
                        Finding.of(reason, words).message()))
                .allSatisfy(message -> assertThat(message)
                        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Co}\\p{Cn}\\p{Cs}]|  |^ | $"));
    }

    @Property
    void quotingTwiceChangesNothing(@ForAll("hostile") String words) {
        String once = SafeQuote.quote(words, 200);
        assertThat(SafeQuote.quote(once, 200)).isEqualTo(once);
    }

    /** Any characters, lone surrogates also, with many of those that matter. */
    @Provide
    Arbitrary<String> hostile() {
        return Arbitraries.strings()
                .all()
                .withChars(
                        '\u001b', '[', 'm', ']', '\u0007', '\u009b', '\n', '\r', '\u2028', '\u202e', '\u200b', ' ',
                        '\ud83d')
                .ofMaxLength(400);
    }

    /** A refused login is either propagating, or has a cause that is named. */
    @Property
    void aRefusalIsPropagationExactlyWhileEverythingElseIsRight(
            @ForAll boolean audience,
            @ForAll @IntRange(min = -90, max = 90) int expiresInMinutes,
            @ForAll ProvisioningState state,
            @ForAll("ages") Optional<Duration> age) {
        WorkloadToken.Claims token = new WorkloadToken.Claims(
                PRINCIPAL,
                audience ? "https://redis.azure.com" : "https://management.azure.com",
                NOW.minus(Duration.ofHours(2)),
                NOW.plus(Duration.ofMinutes(expiresInMinutes)));
        Inventory inventory = new Inventory(
                NOW,
                List.of(new Assignment(
                        PRINCIPAL.objectId().value(),
                        Optional.of(PRINCIPAL.objectId()),
                        Access.full(),
                        state,
                        age.map(NOW::minus))));
        Problem problem = WrongPassExplanation.explain(token, inventory, ENDPOINT, NOW);
        boolean onItsWay = audience
                && expiresInMinutes > 0
                && state == ProvisioningState.Succeeded
                && age.filter(old -> old.compareTo(WrongPassExplanation.PROPAGATION) < 0)
                        .isPresent();
        assertThat(problem.reason()).isEqualTo(onItsWay ? Reason.POLICY_PROPAGATING : Reason.NOT_AUTHORIZED);
        assertThat(problem.message()).startsWith("`" + ENDPOINT + "` ").hasSizeBetween(40, Problem.MAX_MESSAGE);
    }

    @Provide
    Arbitrary<Optional<Duration>> ages() {
        return Arbitraries.integers().between(0, 20).map(Duration::ofMinutes).optional();
    }

    /** Tokens, and links that are signed. */
    @Provide
    Arbitrary<String> secrets() {
        Arbitrary<String> part = Arbitraries.strings()
                .alpha()
                .ofMinLength(20)
                .ofMaxLength(60)
                .map(text -> Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(("{\"" + text).getBytes(StandardCharsets.UTF_8)));
        // Unlike the parts before it, a signature does not look like the start of a token.
        Arbitrary<String> signatures =
                Arbitraries.strings().withCharRange('a', 'z').ofMinLength(20).ofMaxLength(60);
        return part.flatMap(payload -> signatures.flatMap(signature -> Arbitraries.of(
                "eyJhbGciOiJSUzI1NiJ9." + payload + "." + signature,
                "https://management.azure.com/operationsStatus/1?api-version=2025-07-01&s=" + signature)));
    }
}
