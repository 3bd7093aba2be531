package dev.redisaccess.operator.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;
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

    /** A factory that always returns this trust manager. */
    static TrustManagerFactory factoryOf(TrustManager manager) {
        return new Fixed(manager, standard());
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

    private static final class Fixed extends TrustManagerFactory {
        Fixed(TrustManager manager, TrustManagerFactory standard) {
            super(new FixedSpi(manager), standard.getProvider(), standard.getAlgorithm());
        }
    }

    private static final class FixedSpi extends TrustManagerFactorySpi {
        private final TrustManager manager;

        FixedSpi(TrustManager manager) {
            this.manager = manager;
        }

        @Override
        protected void engineInit(KeyStore ignored) {
            // The trust manager is ready.
        }

        @Override
        protected void engineInit(ManagerFactoryParameters ignored) {
            // The trust manager is ready.
        }

        @Override
        protected TrustManager[] engineGetTrustManagers() {
            return new TrustManager[] {manager};
        }
    }
}
