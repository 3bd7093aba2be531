package dev.redisaccess.emulator.redis;

import static dev.redisaccess.emulator.redis.RawClient.array;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.ProtocolVersion;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RedisFrontLoginTest {
    @TempDir
    private static Path directory;

    private static FrontFixture fixture;

    @BeforeAll
    static void start() {
        fixture = FrontFixture.start(directory);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource
    void logsInOverEitherProtocolAndIsNamedByTheObjectId(ProtocolVersion version) {
        String user = fixture.newUser();
        RedisClient client = RedisClient.create(fixture.resources);
        client.setOptions(fixture.clientOptions(version));
        try (StatefulRedisConnection<String, String> connection = client.connect(
                fixture.uri(user, fixture.policy.issue(user, FrontFixture.HOUR)).build())) {
            assertThat(connection.sync().aclWhoami()).isEqualTo(user);
            assertThat(connection.sync().set("k", version.name())).isEqualTo("OK");
            assertThat(connection.sync().get("k")).isEqualTo(version.name());
        } finally {
            client.shutdown();
        }
    }

    @Test
    void refusesATokenThatThePolicyRefuses() {
        String user = fixture.newUser();
        assertThatThrownBy(() -> fixture.connect(user, "forged"))
                .isInstanceOf(RedisConnectionException.class)
                .hasStackTraceContaining("WRONGPASS invalid username-password pair");
    }

    @Test
    void refusesAGoodTokenOfAUserWithoutAGrant() {
        assertThatThrownBy(() -> fixture.connect("11111111-2222-3333-4444-555555555555"))
                .hasStackTraceContaining("WRONGPASS invalid username-password pair");
    }

    @Test
    void refusesTheInternalUserAndTheDefaultUser() throws IOException {
        try (RawClient client = fixture.raw()) {
            client.send(array("AUTH", "emulator", "x") + array("AUTH", "default", "x") + array("AUTH", "x"));
            for (int i = 0; i < 3; i++) {
                assertThat(client.line()).startsWith("-WRONGPASS invalid username-password pair");
            }
        }
    }

    @Test
    void keepsTheOrderOfRepliesAcrossALoginInOnePipeline() throws IOException {
        String user = fixture.newUser();
        String token = fixture.policy.issue(user, FrontFixture.HOUR);
        try (RawClient client = fixture.raw()) {
            client.send(array("PING")
                    + array("AUTH", user, "wrong")
                    + array("AUTH", user, token)
                    + array("ECHO", "auth")
                    + "PING\r\nAUTH " + user + " " + token + "\r\n"
                    + array("ACL", "WHOAMI"));
            assertThat(client.line()).startsWith("-NOAUTH");
            assertThat(client.line()).startsWith("-WRONGPASS");
            assertThat(client.line()).isEqualTo("+OK");
            assertThat(client.line()).isEqualTo("$4");
            assertThat(client.line()).isEqualTo("auth");
            assertThat(client.line()).isEqualTo("+PONG");
            assertThat(client.line()).isEqualTo("+OK");
            assertThat(client.line()).isEqualTo("$36");
            assertThat(client.line()).isEqualTo(user);
        }
    }

    @Test
    void carriesValuesFarLargerThanItsBuffers() {
        String user = fixture.newUser();
        String value = "0123456789abcdef".repeat(128 * 1024);
        try (StatefulRedisConnection<String, String> connection = fixture.connect(user)) {
            connection.sync().set("large", value);
            assertThat(connection.sync().get("large")).isEqualTo(value);
        }
    }

    @Test
    void leavesTheWordsForMalformedInputToTheServer() throws IOException {
        try (RawClient client = fixture.raw()) {
            assertThat(client.send("*1\r\n!4\r\nAUTH\r\n").line()).startsWith("-ERR Protocol error");
            assertThat(client.line()).isNull();
        }
    }

    @Test
    void saysNoAuthToHelloWithoutALogin() throws IOException {
        try (RawClient client = fixture.raw()) {
            assertThat(client.send(array("HELLO", "3")).line()).startsWith("-NOAUTH HELLO");
        }
    }
}
