package dev.redisaccess.operator.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority of one test, and servers' certificates that it signs. */
public final class TestAuthority {

    private static final Duration DAY = Duration.ofDays(1);

    private final KeyPair keys = newKeys();
    private final X509Certificate authority =
            sign(keys, "authority", Instant.now().plus(DAY), true);

    /** Key and chain for a DNS name, PKCS12 without a password. */
    public KeyStore serverFor(String dnsName, Instant validUntil) {
        try {
            KeyPair server = newKeys();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            Certificate[] chain = {sign(server, dnsName, validUntil, false), authority};
            store.setKeyEntry("server", server.getPrivate(), new char[0], chain);
            return store;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** The same, valid for a day. */
    public KeyStore serverFor(String dnsName) {
        return serverFor(dnsName, Instant.now().plus(DAY));
    }

    /** For a server that shows this certificate. */
    public static SSLContext serverContext(KeyStore certificate) {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(certificate, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A client that trusts it. */
    public HttpClient client(Path directory) {
        return HttpClient.newBuilder()
                .sslContext(trusted(directory).sslContext())
                .build();
    }

    /** Trusts this authority in addition to the JVM's, by way of a bundle file. */
    public TrustedAuthorities trusted(Path directory) {
        try {
            Path pem = Files.createTempFile(directory, "bundle", ".pem");
            Files.writeString(pem, "made for a test\n" + pem());
            return TrustedAuthorities.withBundle(pem);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The authority's own certificate. */
    public String pem() {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder().encodeToString(authority.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    private X509Certificate sign(KeyPair subject, String name, Instant until, boolean isAuthority) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name("CN=authority"),
                    BigInteger.valueOf(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)),
                    Date.from(until.minus(DAY.multipliedBy(2))),
                    Date.from(until),
                    new X500Name("CN=" + name),
                    subject.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
            if (!isAuthority) {
                GeneralName dns = new GeneralName(GeneralName.dNSName, name);
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(dns));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
