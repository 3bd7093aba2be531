package dev.redisaccess.operator.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trusts the authorities of a bundle, which is read again when its file has changed, and the Java runtime's own or not. The file is
 * examined during handshakes and scrapes, every few seconds at most, so that it needs no thread. While a changed bundle can't be read, the
 * last valid one is used. Safe for use by many threads.
 */
final class ReloadingTrustManager extends X509ExtendedTrustManager {

    /** Between two examinations of the file. */
    static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(ReloadingTrustManager.class);

    /** The authorities that are trusted. */
    enum Scope {
        RUNTIME_AND_BUNDLE,
        BUNDLE_ONLY
    }

    private final Optional<CaBundle> bundle;
    private final Scope scope;
    private final String variable;
    private final Clock clock;
    private Loaded loaded;
    private Instant examinedAt;
    private Optional<String> logged = Optional.empty();

    /** When the certificate of each server ends, as of its last handshake. */
    private final ServerCertificates servers;

    /**
     * @param fingerprint of the file that was read
     * @param expiry when the first of its certificates ends
     */
    private record Loaded(
            X509ExtendedTrustManager manager,
            String fingerprint,
            int certificates,
            Optional<Instant> expiry,
            Instant readAt) {}

    /**
     * @param bundle of authorities
     * @param scope whether the runtime's own are trusted also
     * @param variable that names the bundle
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if there is no certificate in it
     */
    ReloadingTrustManager(Optional<CaBundle> bundle, Scope scope, String variable, Clock clock) throws IOException {
        this.bundle = bundle;
        this.scope = scope;
        this.variable = variable;
        this.clock = clock;
        this.examinedAt = clock.instant();
        this.servers = new ServerCertificates(clock);
        this.loaded = bundle.isPresent()
                ? load(bundle.get(), bundle.get().fingerprint())
                : new Loaded(Authorities.and(List.of()), "", 0, Optional.empty(), examinedAt);
    }

    /** When the first certificate of the bundle ends; empty: there is no bundle. */
    Optional<Instant> bundleExpiry() {
        return current().expiry();
    }

    /** When the certificate of each server ends, by host. */
    Map<String, Instant> serverExpiries() {
        return servers.expiries();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        if (socket instanceof SSLSocket tls && tls.getHandshakeSession() != null) {
            servers.record(tls.getHandshakeSession().getPeerHost(), chain);
        }
        Loaded now = current();
        explain(now, () -> now.manager().checkServerTrusted(chain, authType, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        servers.record(engine.getPeerHost(), chain);
        Loaded now = current();
        explain(now, () -> now.manager().checkServerTrusted(chain, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        Loaded now = current();
        explain(now, () -> now.manager().checkServerTrusted(chain, authType));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        current().manager().checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        current().manager().checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        current().manager().checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return current().manager().getAcceptedIssuers();
    }

    /** The authorities that count now; another object after each change of the bundle. */
    X509ExtendedTrustManager trusted() {
        return current().manager();
    }

    private interface Handshake {
        void check() throws CertificateException;
    }

    private void explain(Loaded now, Handshake handshake) throws CertificateException {
        try {
            handshake.check();
        } catch (CertificateException refused) {
            throw isUntrusted(refused.getCause()) ? new UntrustedCertificate(refused, trusted(now)) : refused;
        }
    }

    /** Also where another authority of the same name is trusted; not where a certificate has expired. */
    private static boolean isUntrusted(Throwable cause) {
        return cause instanceof CertPathBuilderException
                || cause instanceof CertPathValidatorException invalid
                        && invalid.getReason() != BasicReason.EXPIRED
                        && invalid.getReason() != BasicReason.NOT_YET_VALID;
    }

    private String trusted(Loaded now) {
        String which = scope == Scope.BUNDLE_ONLY
                ? "only the authorities of `"
                : "the authorities of the Java runtime and those of `";
        return bundle.map(used -> which + variable + "`, `"
                        + used.file()
                        + "` (" + now.certificates() + (now.certificates() == 1 ? " certificate" : " certificates")
                        + ", read at " + now.readAt().truncatedTo(ChronoUnit.SECONDS) + ")")
                .orElse("the authorities of the Java runtime only, because `" + variable + "` is not set");
    }

    private synchronized Loaded current() {
        Instant now = clock.instant();
        if (bundle.isPresent() && !now.isBefore(examinedAt.plus(INTERVAL))) {
            examinedAt = now;
            examine(bundle.get());
        }
        return loaded;
    }

    private void examine(CaBundle used) {
        String fingerprint = used.fingerprint();
        if (fingerprint.equals(loaded.fingerprint())) {
            return;
        }
        try {
            loaded = load(used, fingerprint);
            logged = Optional.empty();
            LOG.info("CA bundle {} has changed; {} certificates were read", used.file(), loaded.certificates());
        } catch (IOException | IllegalArgumentException unusable) {
            if (!logged.equals(Optional.of(fingerprint))) {
                logged = Optional.of(fingerprint);
                LOG.warn(
                        "CA bundle {} has changed and can't be used ({}); the one that was read at {} is still used",
                        used.file(),
                        unusable.toString(),
                        loaded.readAt());
            }
        }
    }

    /** @param fingerprint taken before the content, so that the next examination finds a change in between */
    private Loaded load(CaBundle used, String fingerprint) throws IOException {
        List<Certificate> certificates = used.read();
        X509ExtendedTrustManager manager =
                scope == Scope.BUNDLE_ONLY ? Authorities.only(certificates) : Authorities.and(certificates);
        return new Loaded(manager, fingerprint, certificates.size(), first(certificates), clock.instant());
    }

    private static Optional<Instant> first(List<Certificate> certificates) {
        return certificates.stream()
                .filter(X509Certificate.class::isInstance)
                .map(certificate ->
                        ((X509Certificate) certificate).getNotAfter().toInstant())
                .min(Instant::compareTo);
    }
}
