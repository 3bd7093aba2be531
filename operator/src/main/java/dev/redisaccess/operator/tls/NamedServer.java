package dev.redisaccess.operator.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS to one server that is reached by its address, and has a certificate for a name that DNS does not have: that name is
 * verified, whatever host the connection was made to. The JDK's own trust manager would also accept a certificate for the
 * address. Safe for use by many threads.
 */
public final class NamedServer extends X509ExtendedTrustManager {

    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    private final String name;
    private final X509ExtendedTrustManager authorities;

    private NamedServer(String name, X509ExtendedTrustManager authorities) {
        this.name = name;
        this.authorities = authorities;
    }

    /**
     * Signed by an authority of a PEM file and by no other; the file is read again when it changes.
     *
     * @param name for which the certificate must be: a DNS name or an address
     * @param variable that names the file, for messages
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if there is no certificate in it
     */
    public static NamedServer signedBy(Path pem, String name, String variable) throws IOException {
        return signedBy(pem, name, variable, Clock.systemUTC());
    }

    static NamedServer signedBy(Path pem, String name, String variable, Clock clock) throws IOException {
        return new NamedServer(
                name,
                new ReloadingTrustManager(
                        Optional.of(new CaBundle(pem)), ReloadingTrustManager.Scope.BUNDLE_ONLY, variable, clock));
    }

    /**
     * Signed by an authority of a PEM text and by no other.
     *
     * @throws IllegalArgumentException if there is no certificate in it
     */
    public static NamedServer signedBy(String pem, String name) {
        try (var in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))) {
            var certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("no PEM certificate");
            }
            return new NamedServer(name, Authorities.only(List.copyOf(certificates)));
        } catch (CertificateException | IOException e) {
            throw new IllegalArgumentException("no PEM certificates: " + e.getMessage(), e);
        }
    }

    /** Signed by an authority that the operator trusts anyway. */
    public static NamedServer signedBy(TrustedAuthorities trusted, String name) {
        return new NamedServer(name, trusted.trustManager());
    }

    public SSLContext sslContext() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {this}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JVM has no TLS", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        authorities.checkServerTrusted(chain, authType);
        if (!isFor(chain[0], name)) {
            throw new CertificateException("No subject alternative name of the certificate matches " + name);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    private static boolean isFor(X509Certificate certificate, String name) throws CertificateException {
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        return alternatives != null && alternatives.stream().anyMatch(alternative -> matches(alternative, name));
    }

    private static boolean matches(List<?> alternative, String name) {
        Object kind = alternative.get(0);
        String value = String.valueOf(alternative.get(1)).toLowerCase(Locale.ROOT);
        String wanted = name.toLowerCase(Locale.ROOT);
        if (kind.equals(DNS)) {
            int dot = wanted.indexOf('.');
            // A wildcard stands for the first label alone (RFC 6125).
            return value.equals(wanted)
                    || value.startsWith("*.") && dot > 0 && value.substring(1).equals(wanted.substring(dot));
        }
        return kind.equals(ADDRESS) && value.equals(wanted);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("There are no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("There are no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("There are no clients");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }
}
