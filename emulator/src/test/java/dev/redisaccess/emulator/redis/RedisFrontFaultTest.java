package dev.redisaccess.emulator.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RedisFrontFaultTest {
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

    @AfterEach
    void heal() {
        fixture.front.clearFaults();
    }

    static Stream<Arguments> faultsThatAClientSeesWhenItConnects() {
        TestCertificates strangers = new TestCertificates();
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        return Stream.of(
                Arguments.of(new RedisFault.RefuseConnections(), "Connection refused"),
                Arguments.of(new RedisFault.ResetDuringHandshake(), "Connection"),
                Arguments.of(new RedisFault.RejectHandshake(), "Received fatal alert: handshake_failure"),
                Arguments.of(
                        new RedisFault.ServeCertificate(strangers.serverFor("localhost")),
                        "PKIX path validation failed"),
                Arguments.of(
                        new RedisFault.ServeCertificate(fixture.certificates.serverFor("other.example")),
                        "No subject alternative DNS name matching localhost found"),
                Arguments.of(
                        new RedisFault.ServeCertificate(fixture.certificates.serverFor("localhost", yesterday)),
                        "CertificateExpiredException"),
                Arguments.of(new RedisFault.Loading(), "LOADING Redis is loading the dataset in memory"),
                Arguments.of(new RedisFault.TooManyClients(), "ERR max number of clients reached"),
                Arguments.of(
                        new RedisFault.AnswerCommands(List.of("hello"), "-CLUSTERDOWN The cluster is down"),
                        "CLUSTERDOWN The cluster is down"),
                Arguments.of(new RedisFault.CloseAtCommands(List.of("hello")), "Connection"),
                Arguments.of(new RedisFault.RefuseEveryLogin(), "WRONGPASS invalid username-password pair"));
    }

    @ParameterizedTest
    @MethodSource("faultsThatAClientSeesWhenItConnects")
    void failsAsConfiguredAndRecovers(RedisFault fault, String seen) {
        String user = fixture.newUser();
        fixture.front.fault(fault);
        assertThatThrownBy(() -> fixture.connect(user)).hasStackTraceContaining(seen);
        fixture.front.clearFaults();
        assertWorks(user);
    }

    @Test
    void takesNoConnectionAndRefusesNone() {
        String user = fixture.newUser();
        fixture.front.fault(new RedisFault.DropPackets());
        assertThatThrownBy(() -> {
                    try (Socket socket = new Socket()) {
                        socket.connect(new InetSocketAddress("localhost", fixture.front.port()), 300);
                    }
                })
                .isInstanceOf(SocketTimeoutException.class);
        fixture.front.clearFaults();
        assertWorks(user);
    }

    @Test
    void keepsSomeCommandsAndLetsTheOthersThrough() throws IOException {
        String user = fixture.newUser();
        fixture.front.fault(new RedisFault.AnswerCommands(List.of("echo"), "+made up"));
        fixture.front.fault(new RedisFault.IgnoreCommands(List.of("ping")));
        fixture.front.fault(new RedisFault.CloseAtCommands(List.of("time")));
        try (StatefulRedisConnection<String, String> connection = fixture.connect(user)) {
            assertThat(connection.sync().set("k", "x".repeat(200_000))).isEqualTo("OK");
            assertThat(connection.sync().echo("hello")).isEqualTo("made up");
        }
        try (RawClient client = fixture.raw()) {
            client.send(RawClient.array("PING") + RawClient.array("GET", "k"));
            assertThat(client.line()).as("the reply to GET").startsWith("-NOAUTH");
            client.send(RawClient.array("TIME"));
            assertThat(client.line()).as("the end of the connection").isNull();
        }
    }

    @Test
    void resetsTheConnectionAtACommand() throws IOException {
        fixture.front.fault(new RedisFault.ResetAtCommands(List.of("time")));
        try (RawClient client = fixture.raw()) {
            client.send(RawClient.array("PING"));
            assertThat(client.line()).startsWith("-NOAUTH");
            client.send(RawClient.array("TIME"));
            assertThatThrownBy(client::line).hasMessageContaining("Connection reset");
        }
    }

    @Test
    void refusesAResponseThatIsNoLineOfResp() {
        assertThatThrownBy(() -> new RedisFault.AnswerCommands(List.of("ping"), "PONG"))
                .hasMessageStartingWith("`line` must begin with - or +");
        assertThatThrownBy(() -> new RedisFault.IgnoreCommands(List.of("P ing")))
                .hasMessageContaining("name of a command");
    }

    @Test
    void acceptsAndStaysSilent() throws IOException {
        fixture.front.fault(new RedisFault.StaySilent());
        try (Socket socket = new Socket("localhost", fixture.front.port())) {
            socket.setSoTimeout(300);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void speaksPlaintextOnItsPort() throws IOException {
        fixture.front.fault(new RedisFault.SpeakPlaintext());
        try (RawClient plain = RawClient.connect(SocketFactory.getDefault(), fixture.front.port())) {
            assertThat(plain.send("PING\r\n").line()).startsWith("-NOAUTH");
        }
        fixture.front.clearFaults();
        assertWorks(fixture.newUser());
    }

    @Test
    void repliesToEachCommandOfAPipelineWhileLoading() throws IOException {
        fixture.front.fault(new RedisFault.Loading());
        try (RawClient client = fixture.raw()) {
            client.send(RawClient.array("AUTH", "a", "b") + "\r\n" + RawClient.array("SET", "k", "v") + "PING\r\n");
            for (int i = 0; i < 3; i++) {
                assertThat(client.line()).startsWith("-LOADING");
            }
            fixture.front.clearFaults();
        }
    }

    @Test
    void deniesCommandsToUsersOfBeforeAndAfter() {
        String before = fixture.newUser();
        try (StatefulRedisConnection<String, String> open = fixture.connect(before)) {
            fixture.front.fault(new RedisFault.DenyCommands(List.of("ping", "acl")));
            assertThatThrownBy(() -> open.sync().ping()).hasMessageStartingWith("NOPERM");
            try (StatefulRedisConnection<String, String> later = fixture.connect(fixture.newUser())) {
                assertThatThrownBy(() -> later.sync().aclWhoami()).hasMessageStartingWith("NOPERM");
                assertThat(later.sync().set("k", "v")).isEqualTo("OK");
            }
            fixture.front.clearFaults();
            assertThat(open.sync().ping()).isEqualTo("PONG");
            assertThat(open.sync().aclWhoami()).isEqualTo(before);
        }
    }

    @Test
    void cutsOpenConnectionsAndLetsThemComeBack() {
        String user = fixture.newUser();
        try (StatefulRedisConnection<String, String> connection = fixture.connect(user)) {
            fixture.front.cutConnections();
            await().atMost(Duration.ofSeconds(20)).until(() -> !connection.isOpen());
        }
        assertWorks(user);
    }

    private static void assertWorks(String user) {
        try (StatefulRedisConnection<String, String> connection = fixture.connect(user)) {
            assertThat(connection.sync().aclWhoami()).isEqualTo(user);
        }
    }
}
