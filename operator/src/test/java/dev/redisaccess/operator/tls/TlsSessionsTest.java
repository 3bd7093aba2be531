package dev.redisaccess.operator.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real TLS server. Whether a handshake was a full one is seen by when its session was created. */
class TlsSessionsTest {

    private static final String HOST = "localhost";

    @TempDir
    Path directory;

    private final TestAuthority authority = new TestAuthority();
    private Instant now = Instant.now();
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private Path bundle;
    private TlsSessions sessions;
    private SSLServerSocket server;

    @BeforeEach
    void start() throws IOException {
        bundle = Files.writeString(directory.resolve("bundle.pem"), authority.pem());
        sessions = new TlsSessions(TrustedAuthorities.withBundle(bundle, clock), clock);
        server = serve(authority);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void resumesTheSessionOfTheSameHostWithinAnHour() throws IOException {
        long first = handshake();

        now = now.plus(TlsSessions.LONGEST).minusSeconds(1);

        assertThat(handshake()).isEqualTo(first);
        assertThat(handshake()).as("and that of a resumed one").isEqualTo(first);
    }

    @Test
    void checksTheCertificateAgainAfterAnHour() throws IOException {
        long first = handshake();
        handshake();

        now = now.plus(TlsSessions.LONGEST);

        assertThat(handshake()).isNotEqualTo(first);
    }

    @Test
    void checksItAgainWhenTheClockWasSetBack() throws IOException {
        long first = handshake();

        now = now.minusSeconds(1);

        assertThat(handshake()).isNotEqualTo(first);
    }

    @Test
    void checksItAgainWhenTheBundleHasChanged() throws IOException {
        long first = handshake();

        Files.writeString(bundle, new TestAuthority().pem(), StandardOpenOption.APPEND);
        now = now.plus(ReloadingTrustManager.INTERVAL);

        assertThat(handshake()).isNotEqualTo(first);
    }

    /** The session is still known to the server: only this process can end it. */
    @Test
    void trustsNoSessionOfAnAuthorityThatIsNotTrustedAnyMore() throws IOException {
        handshake();

        Files.writeString(bundle, new TestAuthority().pem());
        now = now.plus(ReloadingTrustManager.INTERVAL);

        assertThatThrownBy(this::handshake).isInstanceOf(SSLException.class);
    }

    @Test
    void checksItAgainAfterAFailureOnThatHostOnly() throws IOException {
        long first = handshake();

        sessions.forget("other.example");
        assertThat(handshake()).isEqualTo(first);

        sessions.forget("LOCALHOST");
        assertThat(handshake()).isNotEqualTo(first);
    }

    @Test
    void forgetsAHostThatWasNeverSeen() {
        sessions.forget(HOST);

        assertThat(sessions.context()).isNotNull();
    }

    @Test
    void theProvidersContextIsTheSharedOne() throws Exception {
        SSLContext provided = SSLContext.getInstance("TLS", sessions.provider());
        provided.init(null, null, null);

        assertThat(provided.getClientSessionContext())
                .isSameAs(sessions.context().getClientSessionContext());
        assertThat(provided.createSSLEngine(HOST, 1).getPeerHost()).isEqualTo(HOST);
    }

    /** When the session of a connection was created, in milliseconds. */
    private long handshake() throws IOException {
        pause();
        try (SSLSocket socket =
                (SSLSocket) sessions.context().getSocketFactory().createSocket(HOST, server.getLocalPort())) {
            socket.setSoTimeout(10_000);
            socket.startHandshake();
            // The ticket of a session arrives after the handshake, before the first byte.
            assertThat(socket.getInputStream().read()).isEqualTo('x');
            return socket.getSession().getCreationTime();
        }
    }

    /** Two full handshakes never have the same millisecond. */
    private static void pause() {
        try {
            Thread.sleep(3);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static SSLServerSocket serve(TestAuthority authority) throws IOException {
        SSLServerSocket listening = (SSLServerSocket) TestAuthority.serverContext(authority.serverFor(HOST))
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getByName(HOST));
        Thread thread = new Thread(() -> {
            while (!listening.isClosed()) {
                try (SSLSocket socket = (SSLSocket) listening.accept()) {
                    socket.getOutputStream().write('x');
                    socket.getOutputStream().flush();
                    socket.getInputStream().read();
                } catch (IOException refused) {
                    // A client that does not trust it, or the end of the test.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return listening;
    }
}
