package dev.redisaccess.operator.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.WorkloadToken;
import dev.redisaccess.operator.binding.port.Verifier.Login;
import dev.redisaccess.operator.tls.TestAuthority;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real Redis does not do on demand: replies, silence and closed connections at a chosen command. */
class ScriptedFailuresTest {

    private static final Optional<String> CLOSE = Optional.empty();
    private static final Optional<String> SILENCE = Optional.of("");

    @TempDir
    static Path directory;

    private static SSLContext tls;
    private static LettuceVerifier verifier;

    @BeforeAll
    static void start() {
        TestAuthority authority = new TestAuthority();
        tls = TestAuthority.serverContext(authority.serverFor("localhost"));
        verifier = new LettuceVerifier(authority.trusted(directory));
    }

    @AfterAll
    static void stop() {
        verifier.close();
    }

    static Stream<Arguments> endings() {
        return Stream.of(
                at("HELLO", SILENCE, Reason.HANDSHAKE_TIMEOUT),
                at("HELLO", CLOSE, Reason.CONNECTION_CLOSED),
                at("HELLO", "-ERR WRONGPASS invalid username-password pair", Reason.NOT_AUTHORIZED),
                at("HELLO", "-NOAUTH Authentication required.", Reason.INTERNAL_ERROR),
                at("HELLO", "-LOADING Redis is loading the dataset in memory", Reason.SERVER_LOADING),
                at("HELLO", "-ERR max number of clients reached", Reason.TOO_MANY_CONNECTIONS),
                at("HELLO", "-HUH something new", Reason.LOGIN_FAILED),
                at("ACL", SILENCE, Reason.COMMAND_TIMEOUT),
                at("ACL", CLOSE, Reason.CONNECTION_CLOSED),
                at(
                        "ACL",
                        "-NOPERM this user has no permissions to run the 'acl|whoami' command",
                        Reason.PERMISSION_DENIED),
                at("ACL", "+default", Reason.USER_MISMATCH),
                at("ACL", "-CLUSTERDOWN The cluster is down", Reason.CLUSTER_NOT_READY),
                // More than all replies of a verification may have: it is not collected.
                at("ACL", "$50000000\r\n" + "x".repeat(3_000_000), Reason.CONNECTION_CLOSED),
                at("ACL", "*1\r\n".repeat(300_000), Reason.LOGIN_FAILED),
                at("ACL", "-READONLY You can't write against a read only replica.", Reason.CLUSTER_NOT_READY));
    }

    @ParameterizedTest(name = "{0}: {1} is {3}")
    @MethodSource("endings")
    void eachEndIsNamed(String command, String what, Optional<String> reply, Reason reason) {
        Function<String, Optional<String>> script = sent -> {
            if (sent.equals(command)) {
                return reply;
            }
            return Optional.of(sent.equals("HELLO") ? ScriptedServer.HELLO : "+OK");
        };
        try (ScriptedServer server = new ScriptedServer(tls, script)) {
            boolean slow = reply.equals(SILENCE);
            Problem problem = fails(server, slow ? Duration.ofSeconds(3) : VerifierFixture.PATIENCE);

            assertThat(problem.reason()).as(problem.message()).isEqualTo(reason);
            assertThat(problem.message())
                    .startsWith("Redis at `localhost:" + server.endpoint().port() + "`");
        }
    }

    /** What a profile may deny is an entry in the ACL log of Redis, so nothing is sent that the verification does not need. */
    @Test
    void onlyTheseCommandsAreSent() {
        WorkloadToken token = VerifierFixture.strangersToken();
        List<String> commands = new CopyOnWriteArrayList<>();
        Function<String, Optional<String>> script = sent -> {
            commands.add(sent);
            return Optional.of(
                    switch (sent) {
                        case "HELLO" -> ScriptedServer.HELLO;
                        case "ACL" -> "+" + token.principal().objectId();
                        default -> "+PONG";
                    });
        };
        try (ScriptedServer server = new ScriptedServer(tls, script)) {
            Result<Login> login = verifier.verify(
                    server.endpoint(), ClusteringPolicy.NoCluster, token, Optional.empty(), VerifierFixture.PATIENCE);

            assertThat(login.toProblem()).isEmpty();
            assertThat(commands).containsExactly("HELLO", "ACL", "PING", "INFO");
        }
    }

    /** Each try of a port costs a socket and a TLS engine. */
    @Test
    void noneOfTooManyShardPortsIsTried() {
        StringBuilder slots = new StringBuilder("*1\r\n*302\r\n:0\r\n:16383\r\n");
        for (int port = 20000; port < 20300; port++) {
            slots.append("*2\r\n$4\r\nhost\r\n:").append(port).append(port < 20299 ? "\r\n" : "");
        }
        WorkloadToken token = VerifierFixture.strangersToken();
        Function<String, Optional<String>> script = sent -> Optional.of(
                switch (sent) {
                    case "HELLO" -> ScriptedServer.HELLO;
                    case "ACL" -> "+" + token.principal().objectId();
                    case "CLUSTER" -> slots.toString();
                    default -> "+PONG";
                });
        try (ScriptedServer server = new ScriptedServer(tls, script)) {
            Problem problem = VerifierFixture.problem(
                    verifier.verify(
                            server.endpoint(),
                            ClusteringPolicy.OSSCluster,
                            token,
                            Optional.empty(),
                            VerifierFixture.PATIENCE),
                    token);

            assertThat(problem.reason()).isEqualTo(Reason.SHARDS_UNREACHABLE);
            assertThat(problem.message()).contains("more than 256 ports");
        }
    }

    @Test
    void aServerWithoutHelloReceivesAuth() {
        Function<String, Optional<String>> script = sent -> Optional.of(
                switch (sent) {
                    case "HELLO" -> "-ERR unknown command 'HELLO'";
                    case "AUTH" -> "-WRONGPASS invalid username-password pair";
                    default -> "+OK";
                });
        try (ScriptedServer server = new ScriptedServer(tls, script)) {
            assertThat(fails(server, VerifierFixture.PATIENCE).reason()).isEqualTo(Reason.NOT_AUTHORIZED);
        }
    }

    private static Problem fails(ScriptedServer server, Duration timeout) {
        WorkloadToken token = VerifierFixture.strangersToken();
        return VerifierFixture.problem(
                verifier.verify(server.endpoint(), ClusteringPolicy.NoCluster, token, Optional.empty(), timeout),
                token);
    }

    private static Arguments at(String command, String reply, Reason reason) {
        return arguments(command, reply.substring(0, Math.min(40, reply.length())), Optional.of(reply), reason);
    }

    private static Arguments at(String command, Optional<String> reply, Reason reason) {
        return arguments(command, reply.isEmpty() ? "the end" : "silence", reply, reason);
    }
}
