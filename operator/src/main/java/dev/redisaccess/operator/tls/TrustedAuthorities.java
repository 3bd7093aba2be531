package dev.redisaccess.operator.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** The certificate authorities of the JVM, and those of a bundle that is read again when it changes. */
public final class TrustedAuthorities {

    private final ReloadingTrustManager trust;

    private TrustedAuthorities(ReloadingTrustManager trust) {
        this.trust = trust;
    }

    /** Those of the JVM. */
    public static TrustedAuthorities jvmDefault() {
        try {
            return new TrustedAuthorities(reloading(Optional.empty(), Clock.systemUTC()));
        } catch (IOException e) {
            throw new IllegalStateException("no file was read", e);
        }
    }

    /**
     * Those of the JVM and of a PEM file.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if there is no certificate in it
     */
    public static TrustedAuthorities withBundle(Path pem) throws IOException {
        return withBundle(pem, Clock.systemUTC());
    }

    static TrustedAuthorities withBundle(Path pem, Clock clock) throws IOException {
        return new TrustedAuthorities(reloading(Optional.of(new CaBundle(pem)), clock));
    }

    private static ReloadingTrustManager reloading(Optional<CaBundle> bundle, Clock clock) throws IOException {
        return new ReloadingTrustManager(
                bundle, ReloadingTrustManager.Scope.RUNTIME_AND_BUNDLE, "REDIS_ACCESS_CA_BUNDLE", clock);
    }

    /** The one that {@link #sslContext} uses. */
    public X509ExtendedTrustManager trustManager() {
        return trust;
    }

    /** What is trusted now; another object after each change of the bundle. */
    X509ExtendedTrustManager current() {
        return trust.trusted();
    }

    /** When the first certificate of the bundle ends; empty: there is no bundle. */
    public Optional<Instant> bundleExpiry() {
        return trust.bundleExpiry();
    }

    /** When the certificate of each server ends, as of its last full handshake in the last three days, by host. */
    public Map<String, Instant> serverExpiries() {
        return trust.serverExpiries();
    }

    public SSLContext sslContext() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JVM has no TLS", e);
        }
    }
}
