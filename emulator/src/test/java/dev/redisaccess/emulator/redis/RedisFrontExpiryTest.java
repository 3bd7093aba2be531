package dev.redisaccess.emulator.redis;

import static dev.redisaccess.emulator.redis.RawClient.array;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisFrontExpiryTest {
    private static final Duration WITHIN = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private FrontFixture fixture;

    @BeforeEach
    void start() {
        fixture = FrontFixture.start(directory);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void closesAConnectionWhenItsTokenExpiresAndNoOther() throws IOException {
        String user = fixture.newUser();
        try (RawClient brief = loggedIn(user, Duration.ofMinutes(5));
                RawClient lasting = loggedIn(user, Duration.ofMinutes(30))) {
            fixture.clock.advance(Duration.ofMinutes(5));
            assertThat(brief.line()).isNull();
            assertThat(lasting.send(array("PING")).line()).isEqualTo("+PONG");
        }
    }

    @Test
    void keepsAConnectionThatLoggedInAgain() throws IOException {
        String user = fixture.newUser();
        try (RawClient renewed = loggedIn(user, Duration.ofMinutes(5));
                RawClient witness = loggedIn(user, Duration.ofMinutes(5))) {
            String token = fixture.policy.issue(user, FrontFixture.HOUR);
            assertThat(renewed.send(array("AUTH", user, token)).line()).isEqualTo("+OK");
            fixture.clock.advance(Duration.ofMinutes(6));
            assertThat(witness.line()).isNull(); // the sweep has run
            assertThat(renewed.send(array("PING")).line()).isEqualTo("+PONG");
        }
    }

    @Test
    void doesNotExtendASessionByARefusedLogin() throws IOException {
        String user = fixture.newUser();
        try (RawClient client = loggedIn(user, Duration.ofMinutes(5))) {
            assertThat(client.send(array("AUTH", user, "forged")).line()).startsWith("-WRONGPASS");
            assertThat(client.send(array("PING")).line()).isEqualTo("+PONG");
            fixture.clock.advance(Duration.ofMinutes(6));
            assertThat(client.line()).isNull();
        }
    }

    @Test
    void cutsLiveSessionsWhenAccessIsRevokedAndRefusesNewLogins() throws IOException {
        String user = fixture.newUser();
        String other = fixture.newUser();
        try (RawClient revoked = loggedIn(user, FrontFixture.HOUR);
                RawClient kept = loggedIn(other, FrontFixture.HOUR)) {
            fixture.front.revoke(user);
            assertThat(revoked.line()).isNull();
            assertThat(kept.send(array("PING")).line()).isEqualTo("+PONG");
        }
        try (RawClient again = fixture.raw()) {
            String token = fixture.policy.issue(user, FrontFixture.HOUR);
            assertThat(again.send(array("AUTH", user, token)).line()).startsWith("-WRONGPASS");
        }
    }

    @Test
    void lettuceObservesTheEndOfTheConnection() {
        String user = fixture.newUser();
        try (StatefulRedisConnection<String, String> connection = fixture.connect(user)) {
            fixture.front.revoke(user);
            await().atMost(WITHIN).until(() -> !connection.isOpen());
        }
    }

    private RawClient loggedIn(String user, Duration lifetime) throws IOException {
        RawClient client = fixture.raw();
        String token = fixture.policy.issue(user, lifetime);
        assertThat(client.send(array("AUTH", user, token)).line()).isEqualTo("+OK");
        return client;
    }
}
