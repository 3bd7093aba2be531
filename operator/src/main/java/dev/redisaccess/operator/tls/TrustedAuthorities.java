package dev.redisaccess.operator.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Certificate authorities: the JVM's own, and those that were added. Read once; a changed bundle needs a restart. */
public final class TrustedAuthorities {

    private final TrustManagerFactory factory;

    private TrustedAuthorities(TrustManagerFactory factory) {
        this.factory = factory;
    }

    /** The JVM's own. */
    public static TrustedAuthorities jvmDefault() {
        return new TrustedAuthorities(initialised(null));
    }

    /**
     * The JVM's own and those of a PEM file.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if there is no certificate in it
     */
    public static TrustedAuthorities withBundle(Path pem) throws IOException {
        try (InputStream in = Files.newInputStream(pem)) {
            Collection<? extends Certificate> added =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (added.isEmpty()) {
                throw new IllegalArgumentException(pem + " must hold at least one PEM certificate");
            }
            return new TrustedAuthorities(initialised(union(List.copyOf(added))));
        } catch (CertificateException e) {
            throw new IllegalArgumentException(pem + " must hold PEM certificates: " + e.getMessage(), e);
        }
    }

    /** For what takes a factory. */
    public TrustManagerFactory trustManagerFactory() {
        return factory;
    }

    /** For HTTP clients. */
    public SSLContext sslContext() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JVM has no TLS", e);
        }
    }

    private static KeyStore union(List<Certificate> added) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int entry = 0;
            for (TrustManager manager : initialised(null).getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    for (X509Certificate own : x509.getAcceptedIssuers()) {
                        store.setCertificateEntry("jvm-" + entry++, own);
                    }
                }
            }
            for (Certificate certificate : added) {
                store.setCertificateEntry("bundle-" + entry++, certificate);
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a key store in memory failed", e);
        }
    }

    private static TrustManagerFactory initialised(KeyStore store) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JVM has no trust manager", e);
        }
    }
}
