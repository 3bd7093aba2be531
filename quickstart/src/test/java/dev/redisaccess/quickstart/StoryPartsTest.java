package dev.redisaccess.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redisaccess.kubernetes.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoryPartsTest {
    @Test
    void theExamplesBelongTogether() {
        Examples examples = Examples.load();
        assertThat(examples.clusterId()).contains("/providers/Microsoft.Cache/redisEnterprise/");
        assertThat(Examples.tree(examples.binding())
                        .path("spec")
                        .path("databaseRef")
                        .path("name")
                        .asText())
                .isEqualTo(examples.database().getMetadata().getName());
        assertThat(Examples.tree(examples.binding())
                        .path("spec")
                        .path("serviceAccountName")
                        .asText())
                .isEqualTo(examples.serviceAccount().getMetadata().getName());
        assertThat(Examples.tree(examples.database())
                        .path("spec")
                        .path("allowedNamespaces")
                        .path("names"))
                .anyMatch(name -> name.asText().equals(examples.namespace()));
        assertThat(examples.definitions()).hasSize(3);
    }

    @Test
    void endpointsAreReadOnlyWhenTheFileIsComplete(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("endpoints.json");
        assertThat(Endpoints.read(file)).isEmpty();
        Files.writeString(file, "{\"arm\": \"https://localhost:1\", \"databases\": [{\"resourceId\"");
        assertThat(Endpoints.read(file)).isEmpty();
        Files.writeString(file, """
                {"arm": "https://localhost:1", "authority": "https://localhost:2", "imds": "http://localhost:3",
                 "appService": {"endpoint": "http://localhost:4/msi/token", "header": "h"}, "control": "http://localhost:5",
                 "caFile": "ca.pem", "databases": [{"resourceId": "x", "host": "localhost", "port": 6}]}
                """);
        assertThat(Endpoints.read(file).map(Endpoints::redis)).contains(new Endpoints.Redis("localhost", 6));
    }

    @Test
    void theFirstOpenConditionIsTheOneToShow() {
        Conditions conditions = Conditions.of(Json.parseObject("""
                status:
                  conditions:
                  - {type: Ready, status: 'False', reason: R, message: m}
                  - {type: DatabaseResolved, status: 'True', reason: R, message: m}
                  - {type: AccessGranted, status: 'False', reason: Creating, message: Azure works}
                """));
        assertThat(conditions.firstOpen()).map(Conditions.Condition::type).contains("AccessGranted");
        assertThat(conditions.isTrue("DatabaseResolved")).isTrue();
    }

    @Test
    void aTimeoutNamesTheConditionAndTheLimit() {
        Patience patience = new Patience("operator", Duration.ZERO, List.of());
        assertThatThrownBy(() -> patience.until("the Lease", Optional::empty))
                .isInstanceOf(StepFailure.class)
                .hasMessage("expected the Lease within 0 s");
    }
}
