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
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trusts the Java runtime's authorities and those of a bundle, which is read again when the file has changed. It is looked at
 * during a handshake, every few seconds at most, so that it takes no thread. A bundle that cannot be read any more changes
 * nothing: the last good one counts. Safe for use by many threads.
 */
final class ReloadedTrust extends X509ExtendedTrustManager {

    /** Between two looks at the file. */
    static final Duration LOOK = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(ReloadedTrust.class);

    private final Optional<CaBundle> bundle;
    private final Clock clock;
    private Loaded loaded;
    private Instant lookedAt;
    private Optional<String> logged = Optional.empty();

    /** What is trusted, and of which state of the file it is. */
    private record Loaded(X509ExtendedTrustManager manager, String fingerprint, int certificates, Instant readAt) {}

    /**
     * @param bundle to add to the runtime's own; empty: nothing
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if there is no certificate in it
     */
    ReloadedTrust(Optional<CaBundle> bundle, Clock clock) throws IOException {
        this.bundle = bundle;
        this.clock = clock;
        this.lookedAt = clock.instant();
        this.loaded = bundle.isPresent()
                ? load(bundle.get(), bundle.get().fingerprint())
                : new Loaded(Authorities.and(List.of()), "", 0, lookedAt);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        Loaded now = current();
        explaining(now, () -> now.manager().checkServerTrusted(chain, authType, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        Loaded now = current();
        explaining(now, () -> now.manager().checkServerTrusted(chain, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        Loaded now = current();
        explaining(now, () -> now.manager().checkServerTrusted(chain, authType));
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

    private interface Check {
        void run() throws CertificateException;
    }

    private void explaining(Loaded now, Check check) throws CertificateException {
        try {
            check.run();
        } catch (CertificateException refused) {
            throw isUntrusted(refused.getCause()) ? new UntrustedCertificate(refused, trusted(now)) : refused;
        }
    }

    /** Also where an authority of the same name is trusted, which did not sign it; not where it is expired. */
    private static boolean isUntrusted(Throwable cause) {
        return cause instanceof CertPathBuilderException
                || cause instanceof CertPathValidatorException invalid
                        && invalid.getReason() != BasicReason.EXPIRED
                        && invalid.getReason() != BasicReason.NOT_YET_VALID;
    }

    private String trusted(Loaded now) {
        return bundle.map(used -> "the authorities of the Java runtime and those of `REDIS_ACCESS_CA_BUNDLE`, `"
                        + used.file()
                        + "` (" + now.certificates() + (now.certificates() == 1 ? " certificate" : " certificates")
                        + ", read at " + now.readAt().truncatedTo(ChronoUnit.SECONDS) + ")")
                .orElse("the authorities of the Java runtime only, because `REDIS_ACCESS_CA_BUNDLE` is not set");
    }

    private synchronized Loaded current() {
        Instant now = clock.instant();
        if (bundle.isPresent() && !now.isBefore(lookedAt.plus(LOOK))) {
            lookedAt = now;
            look(bundle.get());
        }
        return loaded;
    }

    private void look(CaBundle used) {
        String fingerprint = used.fingerprint();
        if (fingerprint.equals(loaded.fingerprint())) {
            return;
        }
        try {
            loaded = load(used, fingerprint);
            logged = Optional.empty();
            LOG.info("The CA bundle {} has changed: {} certificates were read", used.file(), loaded.certificates());
        } catch (IOException | IllegalArgumentException unusable) {
            if (!logged.equals(Optional.of(fingerprint))) {
                logged = Optional.of(fingerprint);
                LOG.warn(
                        "The CA bundle {} has changed and cannot be used ({}): the one that was read at {} still counts",
                        used.file(),
                        unusable.toString(),
                        loaded.readAt());
            }
        }
    }

    /** The fingerprint is taken before the content: a change in between is seen at the next look. */
    private Loaded load(CaBundle used, String fingerprint) throws IOException {
        List<Certificate> certificates = used.read();
        return new Loaded(Authorities.and(certificates), fingerprint, certificates.size(), clock.instant());
    }
}
