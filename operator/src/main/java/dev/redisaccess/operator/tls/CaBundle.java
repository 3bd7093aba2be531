package dev.redisaccess.operator.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;

/**
 * A PEM file with certificate authorities. The files of a mounted ConfigMap change by a symbolic link to another folder.
 *
 * @param file as it is configured
 */
record CaBundle(Path file) {

    /** Far above every system's own bundle. */
    private static final long MOST_BYTES = 8L * 1024 * 1024;

    /** A text that changes with the file; also where there is none. */
    String fingerprint() {
        try {
            Path real = file.toRealPath();
            return real + " " + Files.getLastModifiedTime(real) + " " + Files.size(real);
        } catch (IOException | SecurityException unreadable) {
            return unreadable.toString();
        }
    }

    /**
     * Reads it.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if there is no certificate in it
     */
    List<Certificate> read() throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IllegalArgumentException(file + " must be at most " + MOST_BYTES + " bytes");
        }
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException(file + " must hold at least one PEM certificate");
            }
            return List.copyOf(certificates);
        } catch (CertificateException e) {
            throw new IllegalArgumentException(file + " must hold PEM certificates: " + e.getMessage(), e);
        }
    }
}
