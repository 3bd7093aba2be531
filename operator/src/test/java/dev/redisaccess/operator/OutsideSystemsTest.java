package dev.redisaccess.operator;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redisaccess.operator.config.InvalidConfiguration;
import dev.redisaccess.operator.config.OperatorConfig;
import dev.redisaccess.operator.telemetry.Metrics;
import io.lettuce.core.resource.ClientResources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutsideSystemsTest {

    @TempDir
    private Path directory;

    @Test
    void namesTheOptionOfACaBundleThatIsNotThere() {
        assertThatThrownBy(() -> connect(directory.resolve("missing.pem")))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageStartingWith("`REDIS_ACCESS_CA_BUNDLE` must be a readable PEM file");
    }

    @Test
    void namesTheOptionOfACaBundleThatIsNone() throws IOException {
        Path file = Files.writeString(directory.resolve("no.pem"), "not a certificate");
        assertThatThrownBy(() -> connect(file))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageStartingWith("`REDIS_ACCESS_CA_BUNDLE` must be a readable PEM file");
    }

    private static void connect(Path bundle) {
        OperatorConfig config = OperatorConfig.from(Map.of(
                "AZURE_TENANT_ID", "dddddddd-0000-0000-0000-000000000001",
                "REDIS_ACCESS_CREDENTIAL", "managed-identity",
                "REDIS_ACCESS_CA_BUNDLE", bundle.toString()));
        OutsideSystems.connect(config, () -> null, new Metrics("test"), ClientResources.builder());
    }
}
