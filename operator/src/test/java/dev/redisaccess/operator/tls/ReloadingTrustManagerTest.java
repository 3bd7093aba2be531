package dev.redisaccess.operator.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redisaccess.operator.binding.port.CauseChain;
import dev.redisaccess.operator.http.BoundedHttp;
import dev.redisaccess.operator.http.RawServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bundle as Kubernetes mounts a ConfigMap: the file is a link through `..data`, which is swapped. */
class ReloadingTrustManagerTest {

    @TempDir
    private Path directory;

    private final TestAuthority first = new TestAuthority();
    private final TestAuthority second = new TestAuthority();
    private Instant now = Instant.parse("2026-11-28T00:00:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final RawServer one = new RawServer(first).responds(RawServer.text(200, "{}"));
    private final RawServer two = new RawServer(second).responds(RawServer.text(200, "{}"));

    @AfterEach
    void stop() {
        one.close();
        two.close();
    }

    @Test
    void trustsWhatTheFileHoldsNow() throws Exception {
        HttpClient client = client(mount("1", first.pem()));
        assertThatCode(() -> call(client, one)).doesNotThrowAnyException();
        assertThatThrownBy(() -> call(client, two)).isInstanceOf(IOException.class);

        mount("2", second.pem());
        now = now.plus(ReloadingTrustManager.INTERVAL);
        assertThatCode(() -> call(client, two)).doesNotThrowAnyException();
    }

    @Test
    void keepsTheLastGoodBundle() throws Exception {
        HttpClient client = client(mount("1", first.pem()));
        mount("2", "no certificate");
        now = now.plus(ReloadingTrustManager.INTERVAL);
        assertThatCode(() -> call(client, one)).doesNotThrowAnyException();

        Files.delete(directory.resolve("..data"));
        now = now.plus(ReloadingTrustManager.INTERVAL);
        assertThatCode(() -> call(client, one)).doesNotThrowAnyException();

        mount("3", first.pem() + second.pem());
        now = now.plus(ReloadingTrustManager.INTERVAL);
        assertThatCode(() -> call(client, two)).doesNotThrowAnyException();
    }

    @Test
    void saysWhatIsTrustedAndSinceWhen() throws Exception {
        HttpClient client = client(mount("1", first.pem()));
        assertThatThrownBy(() -> call(client, two)).satisfies(failure -> {
            assertThat(UntrustedCertificate.advice(CauseChain.of(failure).outermostFirst()))
                    .contains(
                            "ca.pem` (1 certificate, read at 2026-11-28T00:00:00Z)",
                            "REDIS_ACCESS_CA_BUNDLE",
                            "trust its authority also")
                    .doesNotContain("add its authority");
        });
    }

    @Test
    void saysThatThereIsNoBundle() {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(TrustedAuthorities.jvmDefault().sslContext())
                .build();
        assertThatThrownBy(() -> call(client, one)).satisfies(failure -> assertThat(
                        UntrustedCertificate.advice(CauseChain.of(failure).outermostFirst()))
                .contains("`REDIS_ACCESS_CA_BUNDLE` is not set"));
    }

    @Test
    void reportsWhenCertificatesEnd() throws Exception {
        TrustedAuthorities trusted = TrustedAuthorities.withBundle(mount("1", first.pem() + second.pem()), clock);
        assertThat(trusted.serverExpiries()).isEmpty();

        HttpClient client =
                HttpClient.newBuilder().sslContext(trusted.sslContext()).build();
        call(client, one);

        assertThat(trusted.bundleExpiry())
                .hasValueSatisfying(end -> assertThat(end).isAfter(now));
        assertThat(trusted.serverExpiries()).containsOnlyKeys("localhost");
        assertThat(trusted.serverExpiries().get("localhost")).isAfter(Instant.EPOCH);

        // It is not known any more: the database may have been deleted.
        now = now.plus(Duration.ofDays(4));
        assertThat(trusted.serverExpiries()).isEmpty();
    }

    @Test
    void withoutABundleNothingOfItEnds() {
        assertThat(TrustedAuthorities.jvmDefault().bundleExpiry()).isEmpty();
    }

    @Test
    void verifiesTheNameOfTheServerAllTheSame() throws Exception {
        HttpClient client = client(mount("1", first.pem()));
        HttpRequest other = HttpRequest.newBuilder(
                        java.net.URI.create("https://127.0.0.1:" + one.url().getPort()))
                .build();
        assertThatThrownBy(() -> new BoundedHttp(client, 1000).send(other, Duration.ofSeconds(30)))
                .hasStackTraceContaining("No subject alternative names matching IP address");
    }

    private Path mount(String version, String content) throws IOException {
        Path folder = Files.createDirectory(directory.resolve("..v" + version));
        Files.writeString(folder.resolve("ca.pem"), content);
        Path link = directory.resolve("..data");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, folder.getFileName());
        Path file = directory.resolve("ca.pem");
        if (!Files.isSymbolicLink(file)) {
            Files.createSymbolicLink(file, Path.of("..data/ca.pem"));
        }
        return file;
    }

    private HttpClient client(Path bundle) throws IOException {
        return HttpClient.newBuilder()
                .sslContext(TrustedAuthorities.withBundle(bundle, clock).sslContext())
                .build();
    }

    private static void call(HttpClient client, RawServer server) throws Exception {
        new BoundedHttp(client, 1000).send(HttpRequest.newBuilder(server.url()).build(), Duration.ofSeconds(30));
    }
}
