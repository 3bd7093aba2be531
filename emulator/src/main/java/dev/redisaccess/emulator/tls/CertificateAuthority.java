package dev.redisaccess.emulator.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;

/**
 * The authority that signs every server certificate of one emulator. All keys are RSA of 2,048 bits and all
 * signatures SHA-384 with RSA, as "Microsoft Azure RSA TLS Issuing CA 04" signs for Azure's servers: the cost of a
 * client's handshake depends on it. All servers share one key, as the nodes behind one wildcard certificate do: creating
 * another key for each database would only take time.
 */
public final class CertificateAuthority {

    private static final int KEY_BITS = 2048;

    private static final String ALIAS = "ca";
    private static final char[] NO_PASSWORD = new char[0];

    private final PrivateKey key;
    private final X509Certificate certificate;
    private final Path pem;
    private final CompletableFuture<KeyPair> servers;

    private CertificateAuthority(
            PrivateKey key, X509Certificate certificate, Path pem, CompletableFuture<KeyPair> servers) {
        this.key = key;
        this.certificate = certificate;
        this.pem = pem;
        this.servers = servers;
    }

    /**
     * Reads the authority from {@code DIR/ca.p12}, or creates it; writes {@code DIR/ca.pem}.
     *
     * @throws IOException when the directory cannot be read or written
     * @throws GeneralSecurityException when the stored authority cannot be used
     */
    public static CertificateAuthority openOrCreate(Path directory) throws IOException, GeneralSecurityException {
        // In parallel with the authority's own: in a new JVM, finding the primes takes most of a second.
        var servers = CompletableFuture.supplyAsync(CertificateAuthority::newKeyPair);
        Path store = directory.resolve("ca.p12");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        if (Files.exists(store)) {
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, NO_PASSWORD);
            }
        } else {
            KeyPair pair = newKeyPair();
            keys.load(null, NO_PASSWORD);
            keys.setKeyEntry(
                    ALIAS, pair.getPrivate(), NO_PASSWORD, new Certificate[] {X509Certificates.authority(pair)});
            writePrivately(store, keys);
        }
        X509Certificate certificate = (X509Certificate) keys.getCertificate(ALIAS);
        Path pem = directory.resolve("ca.pem");
        Files.writeString(pem, pem(certificate));
        return new CertificateAuthority((PrivateKey) keys.getKey(ALIAS, NO_PASSWORD), certificate, pem, servers);
    }

    /**
     * A key and a certificate for those names, with the chain, in a store with an empty password.
     *
     * @param names host names and IP addresses
     */
    public KeyStore serverKeys(Collection<String> names) throws IOException, GeneralSecurityException {
        return signed(X509Certificates.server(servers.join().getPublic(), names, certificate, key));
    }

    /** A key store with a certificate that expired a minute ago. */
    public KeyStore expiredServerKeys(Collection<String> names) throws IOException, GeneralSecurityException {
        return signed(X509Certificates.expiredServer(servers.join().getPublic(), names, certificate, key));
    }

    /** A key store with a certificate that is signed by an unknown authority. */
    public KeyStore strangersServerKeys(Collection<String> names) throws IOException, GeneralSecurityException {
        KeyPair pair = newKeyPair();
        return new CertificateAuthority(pair.getPrivate(), X509Certificates.authority(pair), pem, servers)
                .serverKeys(names);
    }

    private KeyStore signed(X509Certificate server) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, NO_PASSWORD);
        keys.setKeyEntry("server", servers.join().getPrivate(), NO_PASSWORD, new Certificate[] {server, certificate});
        return keys;
    }

    /** The certificate file for clients. */
    public Path pemFile() {
        return pem;
    }

    public X509Certificate certificate() {
        return certificate;
    }

    private static KeyPair newKeyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The JVM does not support RSA.", e);
        }
    }

    private static void writePrivately(Path file, KeyStore keys) throws IOException, GeneralSecurityException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            keys.store(out, NO_PASSWORD);
        }
    }

    private static String pem(Certificate certificate) throws GeneralSecurityException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }
}
