package dev.redisaccess.emulator.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/** The two kinds of certificates that the emulator needs. They use real time, as clients do. */
final class X509Certificates {

    private static final Duration BACKDATED = Duration.ofHours(1);
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    private static final Duration SERVER_LIFE = Duration.ofDays(397);

    private X509Certificates() {}

    static X509Certificate authority(KeyPair pair) throws GeneralSecurityException {
        X500Principal name = new X500Principal("CN=Local Azure emulator CA");
        X509v3CertificateBuilder builder = builder(name, name, pair.getPublic(), AUTHORITY_LIFE);
        try {
            JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(pair.getPublic()));
        } catch (IOException e) {
            throw new GeneralSecurityException("The authority's certificate could not be created.", e);
        }
        return sign(builder, pair.getPrivate());
    }

    static X509Certificate server(
            PublicKey subject, Collection<String> names, X509Certificate issuer, PrivateKey issuerKey)
            throws GeneralSecurityException {
        return server(subject, names, issuer, issuerKey, SERVER_LIFE);
    }

    static X509Certificate expiredServer(
            PublicKey subject, Collection<String> names, X509Certificate issuer, PrivateKey issuerKey)
            throws GeneralSecurityException {
        return server(subject, names, issuer, issuerKey, Duration.ofMinutes(-1));
    }

    private static X509Certificate server(
            PublicKey subject, Collection<String> names, X509Certificate issuer, PrivateKey issuerKey, Duration life)
            throws GeneralSecurityException {
        X500Principal name = new X500Principal("CN=Local Azure emulator");
        X509v3CertificateBuilder builder = builder(issuer.getSubjectX500Principal(), name, subject, life);
        GeneralName[] alternatives = names.stream()
                .map(each ->
                        new GeneralName(IPAddress.isValid(each) ? GeneralName.iPAddress : GeneralName.dNSName, each))
                .toArray(GeneralName[]::new);
        try {
            JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
            builder.addExtension(Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(subject));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, ids.createAuthorityKeyIdentifier(issuer.getPublicKey()));
        } catch (IOException e) {
            throw new GeneralSecurityException("The server's certificate could not be created.", e);
        }
        return sign(builder, issuerKey);
    }

    private static X509v3CertificateBuilder builder(
            X500Principal issuer, X500Principal subject, PublicKey key, Duration life) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(120, new SecureRandom()),
                Date.from(now.minus(BACKDATED)),
                Date.from(now.plus(life)),
                subject,
                key);
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        // An authority that an earlier emulator left in its directory has an EC key.
        String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA384withRSA";
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(key)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("A certificate could not be signed.", e);
        }
    }
}
