package dev.redisaccess.operator.tls;

import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * One TLS context for many connections, so that a connection may resume the session of an earlier one to the same host and port.
 * A resumed handshake proves the same server by a secret of the earlier one, and checks neither certificate nor name again. That
 * is bounded: a session is resumed only
 *
 * <ul>
 *   <li>within an hour of its full handshake,
 *   <li>under the authorities that its full handshake was checked against: a CA bundle that is read again ends all sessions,
 *   <li>if nothing has failed on that host since: {@link #forget}.
 * </ul>
 *
 * Safe for use by many threads.
 */
public final class TlsSessions {

    /** After that, certificate and name are checked again. */
    static final Duration LONGEST = Duration.ofHours(1);

    private final TrustedAuthorities authorities;
    private final InstantSource clock;
    private final Provider provider = new SharedContext(this);
    private Current current;

    /** @param authorities what the full handshakes of the context are checked against; compared by identity */
    private record Current(SSLContext context, X509ExtendedTrustManager authorities, Instant since) {}

    public TlsSessions(TrustedAuthorities authorities, InstantSource clock) {
        this.authorities = authorities;
        this.clock = clock;
    }

    /** The context for the next connection. */
    public synchronized SSLContext context() {
        Instant now = clock.instant();
        X509ExtendedTrustManager trusted = authorities.current();
        if (current == null
                || current.authorities() != trusted
                || !now.isBefore(current.since().plus(LONGEST))
                || now.isBefore(current.since())) {
            current = new Current(authorities.sslContext(), trusted, now);
        }
        return current.context();
    }

    /** The next connection to this host is a full handshake. */
    public synchronized void forget(String host) {
        if (current == null) {
            return;
        }
        SSLSessionContext sessions = current.context().getClientSessionContext();
        for (byte[] id : Collections.list(sessions.getIds())) {
            SSLSession session = sessions.getSession(id);
            if (session != null && host.equalsIgnoreCase(session.getPeerHost())) {
                session.invalidate();
            }
        }
    }

    /** A JCA provider whose context for TLS is {@link #context}: for libraries that create a context for each connection. */
    public Provider provider() {
        return provider;
    }

    private static final class SharedContext extends Provider {

        private static final long serialVersionUID = 1L;

        SharedContext(TlsSessions sessions) {
            super("RedisAccessTls", "1", "one TLS context for many connections");
            putService(new Service(this, "SSLContext", "TLS", Spi.class.getName(), null, null) {
                @Override
                public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                    return new Spi(sessions.context());
                }
            });
        }
    }

    /** Delegates to a context that is initialised. */
    private static final class Spi extends SSLContextSpi {

        private final SSLContext context;

        Spi(SSLContext context) {
            this.context = context;
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
                throws KeyManagementException {
            // It is initialised.
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return context.getSocketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return context.getServerSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return context.createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return context.createSSLEngine(host, port);
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return context.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return context.getClientSessionContext();
        }
    }
}
