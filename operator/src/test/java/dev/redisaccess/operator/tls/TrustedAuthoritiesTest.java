package dev.redisaccess.operator.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedAuthoritiesTest {

    @TempDir
    Path directory;

    @Test
    void aBundleAddsToTheJvmsOwn() {
        int own = issuers(TrustedAuthorities.jvmDefault());

        assertThat(own).isPositive();
        assertThat(issuers(new TestAuthority().trusted(directory))).isEqualTo(own + 1);
    }

    @Test
    void aBundleWithoutCertificateIsRefused() throws IOException {
        Path empty = Files.createFile(directory.resolve("empty.pem"));
        Path broken = Files.writeString(
                directory.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        assertThatThrownBy(() -> TrustedAuthorities.withBundle(empty))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("empty.pem must hold");
        assertThatThrownBy(() -> TrustedAuthorities.withBundle(broken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("broken.pem must hold");
        assertThatThrownBy(() -> TrustedAuthorities.withBundle(directory.resolve("none.pem")))
                .isInstanceOf(NoSuchFileException.class);
    }

    private static int issuers(TrustedAuthorities authorities) {
        return authorities.current().getAcceptedIssuers().length;
    }
}
