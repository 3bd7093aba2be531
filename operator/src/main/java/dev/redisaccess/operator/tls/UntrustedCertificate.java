package dev.redisaccess.operator.tls;

import java.security.cert.CertificateException;

/** A server's certificate is not signed by a trusted authority. Has the authorities that were trusted at that moment. */
public final class UntrustedCertificate extends CertificateException {

    private static final long serialVersionUID = 1L;

    /** Such as: the authorities of the Java runtime and of the bundle `/etc/ca/ca.pem` (2 certificates, read at …). */
    private final String trusted;

    UntrustedCertificate(CertificateException failure, String trusted) {
        super(failure.getMessage(), failure);
        this.trusted = trusted;
    }

    /**
     * What to do, for a message.
     *
     * @param chain the causes of a failed handshake
     */
    public static String advice(Iterable<? extends Throwable> chain) {
        for (Throwable cause : chain) {
            if (cause instanceof UntrustedCertificate untrusted) {
                return "The operator trusts " + untrusted.trusted
                        + ". Remove the proxy that inspects TLS, or trust its authority also.";
            }
        }
        return "Remove the proxy that inspects TLS, or add its authority to `REDIS_ACCESS_CA_BUNDLE`.";
    }
}
