package dev.redisaccess.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;

/** A certificate authority as a JVM takes it, which reads no PEM file. */
public final class TrustStore {

    private static final String PASSWORD = "changeit";

    private TrustStore() {}

    /**
     * Writes a trust store with one authority. Returns the JVM flags that name it.
     *
     * @param pem the authority's certificate
     * @param file the trust store
     */
    public static List<String> flags(Path pem, Path file) {
        try (InputStream in = Files.newInputStream(pem);
                OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
            store.store(out, PASSWORD.toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("`" + pem + "` must hold a certificate in PEM form.", e);
        }
        return List.of("-Djavax.net.ssl.trustStore=" + file, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }
}
