package dev.redisaccess.operator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.redisaccess.operator.tls.TestAuthority;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundedHttpTest {

    private static final int MOST = 64 * 1024;
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(700);

    @TempDir
    private Path directory;

    private final TestAuthority authority = new TestAuthority();
    private RawServer server;
    private HttpClient client;
    private BoundedHttp http;

    @BeforeEach
    void start() {
        server = new RawServer(authority);
        client = authority.client(directory);
        http = new BoundedHttp(client, MOST);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void readsABodyOfExactlyTheLimit() throws Exception {
        server.responds(RawServer.text(200, "x".repeat(MOST)));
        assertThat(http.send(request(), LONG).body()).hasSize(MOST);
    }

    @Test
    void refusesABodyThatIsAnnouncedAsTooLarge() {
        server.responds(RawServer.text(200, "x".repeat(MOST + 1)));
        assertThatThrownBy(() -> http.send(request(), LONG)).isInstanceOf(BodyTooLarge.class);
    }

    @Test
    void refusesABodyThatNeverEndsAndClosesItsConnection() {
        for (int status : new int[] {200, 500}) {
            server.responds(RawServer.endless(status));
            assertThatThrownBy(() -> http.send(request(), LONG)).isInstanceOf(BodyTooLarge.class);
        }
        await().untilAsserted(() -> assertThat(server.ended()).isEqualTo(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[ | ] | 64 | true", "[ | ] | 65 | false", "{'a': | } | 65 | false", "x | y | 65 | true"})
    void refusesABodyThatIsNestedTooDeep(String open, String close, int levels, boolean read) throws Exception {
        String body = open.replace('\'', '"').repeat(levels)
                + close.replace('\'', '"').repeat(levels);
        server.responds(RawServer.text(400, body));
        if (read) {
            assertThat(http.send(request(), LONG).body()).hasSize(body.length());
        } else {
            assertThatThrownBy(() -> http.send(request(), LONG)).isInstanceOf(BodyTooLarge.class);
        }
    }

    @Test
    void refusesABodyThatDripsWhenTheDeadlinePasses() {
        server.responds(RawServer.dripping(200));
        assertThatThrownBy(() -> http.send(request(), SHORT)).isInstanceOf(HttpTimeoutException.class);
        await().untilAsserted(() -> assertThat(server.ended()).isEqualTo(1));
    }

    @Test
    void refusesAHeaderThatNeverEnds() {
        server.responds(RawServer.endlessHeader());
        assertThatThrownBy(() -> http.send(request(), LONG)).isInstanceOf(IOException.class);
    }

    @Test
    void returnsARedirectAndFollowsNone() throws Exception {
        try (RawServer other = new RawServer(authority)) {
            server.responds(RawServer.text(307, "", "Location: " + other.url() + "/there"));
            assertThat(http.send(request(), LONG).statusCode()).isEqualTo(307);
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void takesNoClientThatFollowsRedirects() {
        HttpClient following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        assertThatThrownBy(() -> new BoundedHttp(following, MOST)).isInstanceOf(IllegalArgumentException.class);
    }

    private HttpRequest request() {
        return HttpRequest.newBuilder(server.url()).build();
    }
}
