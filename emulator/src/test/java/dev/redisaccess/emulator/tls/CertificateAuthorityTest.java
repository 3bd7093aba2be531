package dev.redisaccess.emulator.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {

    @TempDir
    private Path directory;

    @Test
    void isTheSameAfterARestart() throws Exception {
        X509Certificate first = CertificateAuthority.openOrCreate(directory).certificate();
        String pem = Files.readString(directory.resolve("ca.pem"));
        assertThat(CertificateAuthority.openOrCreate(directory).certificate()).isEqualTo(first);
        assertThat(directory.resolve("ca.pem")).hasContent(pem);
    }

    @Test
    void signsServerCertificatesForNamesAndAddresses() throws Exception {
        CertificateAuthority authority = CertificateAuthority.openOrCreate(directory);
        KeyStore keys = authority.serverKeys(List.of("localhost", "127.0.0.1", "::1", "orders.example"));
        Certificate[] chain = keys.getCertificateChain("server");
        X509Certificate server = (X509Certificate) chain[0];
        server.verify(authority.certificate().getPublicKey());
        assertThat(chain).hasSize(2);
        assertThat(server.getSubjectAlternativeNames())
                .extracting(name -> (Object) name.get(1))
                .containsExactlyInAnyOrder("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "orders.example");
        assertThat(server.getBasicConstraints()).isEqualTo(-1);
        assertThat(authority.certificate().getBasicConstraints()).isZero();
    }

    /** The key type of earlier emulators: their directories must still work. */
    @Test
    void signsWithTheEcKeyThatAnEarlierOneLeft() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, new char[0]);
        store.setKeyEntry("ca", pair.getPrivate(), new char[0], new Certificate[] {X509Certificates.authority(pair)});
        try (OutputStream out = Files.newOutputStream(directory.resolve("ca.p12"))) {
            store.store(out, new char[0]);
        }
        CertificateAuthority authority = CertificateAuthority.openOrCreate(directory);
        authority.serverKeys(List.of("localhost")).getCertificate("server").verify(pair.getPublic());
    }

    @Test
    void makesACertificateThatHasExpired() throws Exception {
        CertificateAuthority authority = CertificateAuthority.openOrCreate(directory);
        X509Certificate server = (X509Certificate)
                authority.expiredServerKeys(List.of("localhost")).getCertificate("server");
        server.verify(authority.certificate().getPublicKey());
        assertThatThrownBy(server::checkValidity).isInstanceOf(CertificateExpiredException.class);
    }
}
