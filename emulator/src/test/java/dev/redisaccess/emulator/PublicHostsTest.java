package dev.redisaccess.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.http.NotEmulated;
import dev.redisaccess.emulator.http.Request;
import dev.redisaccess.emulator.http.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicHostsTest {

    private final PublicHosts hosts = new PublicHosts(
            request -> Response.text(200, "text/plain", "authority " + request.target()),
            request -> Response.text(200, "text/plain", "arm " + request.target()));

    @ParameterizedTest
    @CsvSource({
        "login.microsoftonline.com, authority /a?b",
        "login.microsoftonline.com:443, authority /a?b",
        "STS.windows.net, authority /a?b",
        "management.azure.com, arm /a?b",
        "graph.microsoft.com, arm /graph/a?b"
    })
    void servesEachNameByItsService(String host, String expected) {
        assertThat(new String(get(host).body(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(expected);
    }

    @Test
    void refusesEveryOtherName() {
        assertThat(get("example.test").status()).isEqualTo(421);
        assertThat(get("example.test").headers()).containsKey(NotEmulated.HEADER);
    }

    private Response get(String host) {
        return hosts.handle(Request.of("GET", "/a?b", Map.of("host", host), new byte[0]));
    }
}
