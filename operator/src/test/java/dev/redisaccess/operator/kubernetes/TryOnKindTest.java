package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.emulator.config.ConfigFile;
import dev.redisaccess.emulator.config.EmulatorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of docs/try-on-kind.md agree with each other, with examples/quickstart, the chart and the emulator. */
class TryOnKindTest {

    private static final String PLACEHOLDER = "HOST_ADDRESS";
    private static final String HOST = "172.18.0.1";

    @Test
    void theEmulatorHasTheResourcesOfTheOtherFiles() throws Exception {
        EmulatorConfig azure = ConfigFile.parse(file("examples/try-on-kind/azure.yaml"));
        JsonNode values = Specimens.yaml(file("examples/try-on-kind/values.yaml"));
        JsonNode database = Specimens.yaml(file("examples/quickstart/database.yaml"));
        JsonNode account = Specimens.yaml(file("examples/quickstart/serviceaccount.yaml"));

        assertThat(azure.tenantId()).isEqualTo(values.at("/azure/tenantId").asText());
        assertThat(azure.clusters()).singleElement().satisfies(cluster -> {
            assertThat(cluster.resourceId())
                    .isEqualTo(database.at("/spec/resourceId").asText());
            assertThat(cluster.hostName())
                    .isEqualTo(values.at("/hostAliases/0/hostnames/0").asText());
        });
        assertThat(azure.identities())
                .extracting(identity -> identity.clientId())
                .containsExactly(
                        values.at("/azure/clientId").asText(),
                        account.at("/metadata/annotations/azure.workload.identity~1client-id")
                                .asText());
        assertThat(azure.identities())
                .extracting(identity -> identity.federatedCredentials().get(0).subject())
                .containsExactly(
                        "system:serviceaccount:redis-access-system:redis-access-operator",
                        "system:serviceaccount:"
                                + account.at("/metadata/namespace").asText() + ":"
                                + account.at("/metadata/name").asText());
        assertThat(values.at("/azure/authorityHost").asText())
                .isEqualTo("https://" + PLACEHOLDER + ":" + azure.ports().authority());
        assertThat(values.at("/azure/resourceManagerEndpoint").asText())
                .isEqualTo("https://" + PLACEHOLDER + ":" + azure.ports().arm());
        assertThat(file("examples/try-on-kind/workload.yaml"))
                .contains(azure.tenantId(), values.at("/azure/authorityHost").asText());
    }

    @Test
    void theChartRendersWithItsValues(@TempDir Path directory) throws IOException {
        Path values = directory.resolve("values.yaml");
        Files.writeString(values, file("examples/try-on-kind/values.yaml").replace(PLACEHOLDER, HOST));
        Tool.Run run = Chart.withHelmOrSkip().renderWith(values);

        assertThat(run.succeeded()).as(run.text()).isTrue();
        assertThat(run.text()).contains("ip: " + HOST, HOST + "/32");
    }

    /** The placeholder must not be a part of another word, such as of the name of a variable. */
    @Test
    void replacingTheAddressChangesNothingElse() throws IOException {
        String workload = file("examples/try-on-kind/workload.yaml").replace(PLACEHOLDER, HOST);

        assertThat(workload).contains("{name: AZURE_AUTHORITY_HOST, value: \"https://" + HOST + ":");
        assertThat(file("docs/try-on-kind.md")).contains("sed \"s/" + PLACEHOLDER + "/$" + PLACEHOLDER + "/g\"");
    }

    private static String file(String path) throws IOException {
        return Files.readString(Repository.file(path));
    }
}
