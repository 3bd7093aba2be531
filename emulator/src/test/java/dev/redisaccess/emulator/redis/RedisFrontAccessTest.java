package dev.redisaccess.emulator.redis;

import static dev.redisaccess.emulator.redis.RawClient.array;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisFrontAccessTest {
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

    @Test
    void limitsCommandsAndKeysToTheAccessString() {
        String user = UUID.randomUUID().toString();
        fixture.front.grant(user, "+@read +@connection ~cache:*");
        try (StatefulRedisConnection<String, String> connection = fixture.connect(user)) {
            RedisCommands<String, String> redis = connection.sync();
            assertThat(redis.get("cache:1")).isNull();
            assertNoPermission(() -> redis.get("other:1"));
            assertNoPermission(() -> redis.set("cache:1", "v"));
            assertNoPermission(redis::aclWhoami);
        }
    }

    @Test
    void changesTheAccessStringWithoutCuttingTheSession() {
        String user = UUID.randomUUID().toString();
        fixture.front.grant(user, "+@read ~*");
        try (StatefulRedisConnection<String, String> connection = fixture.connect(user)) {
            assertNoPermission(() -> connection.sync().set("k", "v"));
            fixture.front.grant(user, "+@all ~*");
            assertThat(connection.sync().set("k", "v")).isEqualTo("OK");
            fixture.front.grant(user, "+@read ~*");
            assertNoPermission(() -> connection.sync().set("k", "v"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONFIG GET maxmemory",
                "ACL SETUSER x on",
                "ACL DELUSER x",
                "ACL LOAD",
                "ACL SAVE",
                "ACL LOG",
                "ACL GENPASS",
                "SHUTDOWN NOSAVE",
                "DEBUG SLEEP 0",
                "REPLICAOF no one",
                "SLAVEOF no one",
                "MODULE LIST",
                "CLUSTER RESET",
                "SAVE"
            })
    void refusesCommandsThatTheServiceReserves(String command) throws IOException {
        String user = fixture.newUser();
        try (RawClient client = fixture.raw()) {
            client.send(array("AUTH", user, fixture.policy.issue(user, FrontFixture.HOUR)));
            assertThat(client.line()).isEqualTo("+OK");
            // Redis 7 has its own setting for DEBUG, and checks it first.
            assertThat(client.send(command + "\r\n").line()).matches("-NOPERM .*|-ERR DEBUG command not allowed.*");
        }
    }

    /** The vendor's table of commands has these subcommands for users. */
    @ParameterizedTest
    @ValueSource(strings = {"ACL LIST", "ACL USERS", "ACL GETUSER default", "ACL CAT", "ACL DRYRUN default GET k"})
    void letsAUserWithFullAccessReadTheAccessRules(String command) throws IOException {
        String user = fixture.newUser();
        try (RawClient client = fixture.raw()) {
            client.send(array("AUTH", user, fixture.policy.issue(user, FrontFixture.HOUR)));
            assertThat(client.line()).isEqualTo("+OK");
            assertThat(client.send(command + "\r\n").line()).doesNotStartWith("-NOPERM");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"+nosuchcommand ~*", "+@nosuch ~*", "", "+@all ~* nopass", ">password +@all", "off", "reset"})
    void refusesWhatIsNoAccessString(String accessString) {
        assertThatThrownBy(() -> fixture.front.grant(UUID.randomUUID().toString(), accessString))
                .isInstanceOf(InvalidAccessStringException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"emulator", "question", "with space", ""})
    void refusesNamesThatAreNotPrincipals(String name) {
        assertThatThrownBy(() -> fixture.front.grant(name, "+@all ~*")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void closesOnTheClientsCloseNotify() throws IOException {
        try (RawClient client = RawClient.connectAsOpenSsl(fixture.socketFactory(), fixture.front.port())) {
            assertThat(client.send(array("PING")).line()).startsWith("-NOAUTH");
            assertThat(client.endOutput().line()).isNull(); // otherwise it times out
        }
    }

    @Test
    void saysThatClusterSupportIsDisabledWithoutACluster() {
        try (StatefulRedisConnection<String, String> connection = fixture.connect(fixture.newUser())) {
            assertThatThrownBy(() -> connection.sync().clusterSlots())
                    .hasMessageContaining("ERR This instance has cluster support disabled");
        }
    }

    @Test
    void letsTheDefaultUserInOnlyWhereAccessKeysAreEnabled(@TempDir Path other) throws IOException {
        try (FrontFixture withKeys = FrontFixture.startWithAccessKeys(other);
                RawClient client = withKeys.raw()) {
            withKeys.front.grant("default", "+@all ~*");
            String key = withKeys.policy.issue("default", FrontFixture.HOUR);
            assertThat(client.send(array("PING")).line()).startsWith("-NOAUTH");
            assertThat(client.send(array("AUTH", key)).line()).isEqualTo("+OK");
            assertThat(client.send(array("PING")).line()).isEqualTo("+PONG");
            withKeys.front.revoke("default");
            assertThat(client.line()).isNull();
        }
    }

    private static void assertNoPermission(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(RedisCommandExecutionException.class)
                .hasMessageStartingWith("NOPERM");
    }
}
