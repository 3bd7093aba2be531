package dev.redisaccess.kubectl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which cluster and user a context is. */
class MainTest {

    @TempDir
    Path directory;

    @BeforeEach
    void write() throws IOException {
        Path kubeconfig = directory.resolve("kubeconfig");
        Files.writeString(kubeconfig, """
                apiVersion: v1
                kind: Config
                current-context: admin
                clusters:
                - {name: one, cluster: {server: "https://one.example"}}
                - {name: two, cluster: {server: "https://two.example"}}
                users:
                - {name: admin, user: {client-certificate-data: Y2VydA==, client-key-data: a2V5}}
                - {name: auditor, user: {token: t}}
                contexts:
                - {name: admin, context: {cluster: one, user: admin, namespace: shop}}
                - {name: auditor, context: {cluster: two, user: auditor}}
                """);
        System.setProperty(Config.KUBERNETES_KUBECONFIG_FILE, kubeconfig.toString());
    }

    @AfterEach
    void clear() {
        System.clearProperty(Config.KUBERNETES_KUBECONFIG_FILE);
    }

    @Test
    void theCurrentContextIsTheDefault() {
        Config config = Main.config(Optional.empty());

        assertThat(config.getMasterUrl()).startsWith("https://one.example");
        assertThat(config.getClientCertData()).isEqualTo("Y2VydA==");
        assertThat(config.getNamespace()).isEqualTo("shop");
    }

    @Test
    void anotherContextHasNothingOfTheCurrentOne() {
        Config config = Main.config(Optional.of("auditor"));

        assertThat(config.getMasterUrl()).startsWith("https://two.example");
        assertThat(config.getAutoOAuthToken()).isEqualTo("t");
        assertThat(config.getClientCertData()).isNull();
        assertThat(config.getClientKeyData()).isNull();
        assertThat(config.getNamespace()).isNotEqualTo("shop");
    }

    @Test
    void aContextThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> Main.config(Optional.of("nosuch")))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("The kubeconfig has no context `nosuch`. It has: admin, auditor.");
    }
}
