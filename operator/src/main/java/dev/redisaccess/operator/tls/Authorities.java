package dev.redisaccess.operator.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Builds the JDK's trust managers. */
final class Authorities {

    private Authorities() {}

    /** Trusts the Java runtime's authorities and these. */
    static X509ExtendedTrustManager and(List<Certificate> added) {
        X509ExtendedTrustManager own = manager(initialised(null));
        return added.isEmpty() ? own : manager(initialised(store(List.of(own.getAcceptedIssuers()), added)));
    }

    /** Trusts these and no others. */
    static X509ExtendedTrustManager only(List<Certificate> certificates) {
        return manager(initialised(store(List.of(), certificates)));
    }

    private static KeyStore store(List<X509Certificate> own, List<Certificate> added) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int entry = 0;
            for (X509Certificate issuer : own) {
                store.setCertificateEntry("jvm-" + entry++, issuer);
            }
            for (Certificate certificate : added) {
                store.setCertificateEntry("bundle-" + entry++, certificate);
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a key store in memory failed", e);
        }
    }

    private static X509ExtendedTrustManager manager(TrustManagerFactory factory) {
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the JVM has no trust manager"));
    }

    private static TrustManagerFactory initialised(KeyStore store) {
        try {
            TrustManagerFactory factory = standard();
            factory.init(store);
            return factory;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JVM has no trust manager", e);
        }
    }

    private static TrustManagerFactory standard() {
        try {
            return TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JVM has no trust manager", e);
        }
    }
}
