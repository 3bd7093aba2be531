package dev.redisaccess.operator.tls;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When the certificates of the servers end that were seen in handshakes. Also of those that are not trusted: an expired one is
 * what a reader looks for. Safe for use by many threads.
 */
final class ServerCertificates {

    /** More databases than an operator has; the host that was seen longest ago is dropped. */
    private static final int MOST_HOSTS = 2000;

    /**
     * A database that was deleted must not be reported until its certificate has ended. A verification is due at least once a
     * day, and the JDK resumes a session, without its certificate, for at most one.
     */
    private static final Duration KEPT = Duration.ofDays(3);

    private final Clock clock;
    private final Map<String, Seen> byHost = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
            return size() > MOST_HOSTS;
        }
    };

    private record Seen(Instant expiry, Instant at) {}

    ServerCertificates(Clock clock) {
        this.clock = clock;
    }

    /** @param host as the client named it; null if it is not known */
    synchronized void record(String host, X509Certificate... chain) {
        if (host != null && chain.length > 0) {
            byHost.put(host, new Seen(chain[0].getNotAfter().toInstant(), clock.instant()));
        }
    }

    synchronized Map<String, Instant> expiries() {
        Instant oldest = clock.instant().minus(KEPT);
        byHost.values().removeIf(seen -> seen.at().isBefore(oldest));
        Map<String, Instant> expiries = new LinkedHashMap<>();
        byHost.forEach((host, seen) -> expiries.put(host, seen.expiry()));
        return expiries;
    }
}
