package dev.redisaccess.operator.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedServerTest {

    private static final String NAME = "615f.ests.aks";

    @TempDir
    Path directory;

    private final TestAuthority authority = new TestAuthority();
    private Instant now = Instant.now();
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({
        "615f.ests.aks, true",
        "615F.ESTS.AKS, true",
        "*.ests.aks, true",
        "*.aks, false",
        "*.615f.ests.aks, false",
        "ests.aks, false",
        "localhost, false",
    })
    void theCertificateMustBeForTheName(String subject, boolean accepted) throws Exception {
        NamedServer server = NamedServer.signedBy(bundle(authority), NAME, "CA", clock);
        X509Certificate[] chain = chain(authority.serverFor(subject));

        if (accepted) {
            server.checkServerTrusted(chain, "RSA");
        } else {
            assertThatThrownBy(() -> server.checkServerTrusted(chain, "RSA"))
                    .isInstanceOf(CertificateException.class)
                    .hasMessageContaining(NAME);
        }
    }

    @Test
    void onlyTheGivenAuthorityIsTrusted() throws Exception {
        X509Certificate[] others = chain(new TestAuthority().serverFor(NAME));

        assertThatThrownBy(() -> NamedServer.signedBy(bundle(authority), NAME, "CA", clock)
                        .checkServerTrusted(others, "RSA"))
                .isInstanceOf(UntrustedCertificate.class);
        assertThatThrownBy(() -> NamedServer.signedBy(Files.readString(bundle(authority)), NAME)
                        .checkServerTrusted(others, "RSA"))
                .isInstanceOf(CertificateException.class);
        assertThat(NamedServer.signedBy(bundle(authority), NAME, "CA", clock).getAcceptedIssuers())
                .as("none of the runtime's")
                .hasSize(1);
    }

    @Test
    void aChangedFileIsReadAgain() throws Exception {
        Path file = bundle(authority);
        NamedServer server = NamedServer.signedBy(file, NAME, "CA", clock);
        TestAuthority next = new TestAuthority();
        Files.writeString(file, Files.readString(bundle(next)) + "\n");
        now = now.plus(ReloadingTrustManager.INTERVAL);

        server.checkServerTrusted(chain(next.serverFor(NAME)), "RSA");
    }

    @Test
    void aTextWithoutACertificateIsRefused() {
        assertThatThrownBy(() -> NamedServer.signedBy("", NAME)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NamedServer.signedBy("certificate", NAME))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Path bundle(TestAuthority of) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "bundle", ".pem"), of.pem());
    }

    private static X509Certificate[] chain(KeyStore store) throws Exception {
        return Arrays.stream(store.getCertificateChain("server"))
                .map(X509Certificate.class::cast)
                .toArray(X509Certificate[]::new);
    }
}
