package dev.redisaccess.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestLogTest {

    private final RequestLog log = new RequestLog(Clock.systemUTC(), 10);

    @Test
    void recordsTheRequestOfAClient() {
        RequestLog.Client client = sent("//a?api-version=2024-11-30&x=y", Response.empty(200));
        assertThat(client)
                .isEqualTo(new RequestLog.Client("//a?api-version=2024-11-30&x=y", "2024-11-30", "az/1", false));
    }

    @Test
    void marksWhatTheEmulatorDoesNotHave() {
        assertThat(sent("/a", NotEmulated.mark(Response.empty(404))).notEmulated())
                .isTrue();
        assertThat(sent("/a", Response.empty(404)).notEmulated()).isFalse();
    }

    @Test
    void keepsNoSecretOfAQuery() {
        assertThat(sent("/t?client_secret=abc&Access_Token=d%20e&scope=f", Response.empty(200))
                        .target())
                .isEqualTo("/t?client_secret=***&Access_Token=***&scope=f");
    }

    @Test
    void shortensWhatIsTooLong() {
        assertThat(sent("/" + "x".repeat(100_000), Response.empty(200)).target())
                .hasSize(2_001);
        assertThat(log.entries().get(0).path()).hasSize(2_001);
    }

    private RequestLog.Client sent(String target, Response response) {
        log.recording("arm", request -> response)
                .handle(Request.of("GET", target, Map.of("user-agent", "az/1"), new byte[0]));
        return log.entries().get(log.entries().size() - 1).client();
    }
}
