package dev.redisaccess.systemtest.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretSearchTest {

    private static final String TOKEN = part("{\"alg\":\"RS256\",\"kid\":\"0123456789012345678901234567\"}") + "."
            + part("{\"aud\":\"https://redis.azure.com\",\"oid\":\"33333333-3333-3333-3333-333333333333\",\"n\":1}")
            + "."
            + part("what only the issuer can write, and no other party can compute, in any length of time at all");

    private final SecretSearch search = new SecretSearch(List.of(TOKEN));

    private static String part(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void findsATokenAndAnyLongPartOfIt() {
        assertThat(search.in("AUTH user " + TOKEN + " failed"))
                .get()
                .asString()
                .contains("AUTH user")
                .doesNotContain(TOKEN);
        String payload = TOKEN.split("\\.")[1];
        for (int from = 0; from + SecretSearch.SHORTEST_FOUND <= payload.length(); from++) {
            String cut = payload.substring(from, from + SecretSearch.SHORTEST_FOUND);
            assertThat(search.in("token=" + cut + "…")).as("cut from %d", from).isPresent();
        }
    }

    @Test
    void findsNothingElse() {
        assertThat(search.in("oid 33333333-3333-3333-3333-333333333333, " + TOKEN.split("\\.")[0]))
                .isEmpty();
        assertThat(search.in("java.util.concurrent.CompletableFuture$AsyncSupply-0123456789-0123456789"))
                .isEmpty();
    }
}
