package dev.redisaccess.systemtest.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.emulator.state.ProvisioningState;
import dev.redisaccess.emulator.state.RoleDefinition;
import dev.redisaccess.kubernetes.json.Json;
import dev.redisaccess.launcher.OperatorProcess;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.systemtest.scenario.BindingView;
import dev.redisaccess.systemtest.scenario.LocalPlatform;
import dev.redisaccess.systemtest.scenario.Tenant;
import io.fabric8.kubernetes.api.model.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A transition is reported once: by one Event and one log line, however often the work behind it is retried. The log is
 * JSON here, and has the object and the generation, and by which ids Azure's support finds the request.
 */
class ReportedOnceTest {

    private static final String IDS = "\\[correlation id [0-9a-f-]{36}, request id [0-9a-f-]{36}]";

    private final LocalPlatform platform = new LocalPlatform();

    @BeforeEach
    void start() throws Exception {
        platform.startWithoutOperator("fast");
    }

    @AfterEach
    void stop() throws IOException {
        platform.closeWithoutOperator();
    }

    @Test
    void isInOneEventAndOneLogLineWhateverAzureCallsTheRequest() throws Exception {
        Tenant tenant = platform.tenant("reported")
                .withDatabase(ProvisioningState.Succeeded)
                .allowOperator(RoleDefinition.READER)
                .registered();
        tenant.workload("orders");
        OperatorProcess operator = platform.startProcess("operator", Map.of("REDIS_ACCESS_LOG_FORMAT", "json"));
        try (operator) {
            BindingView binding = tenant.bind("cache", "orders");
            assertThat(binding.awaitReason(ConditionType.ACCESS_GRANTED, Reason.AZURE_FORBIDDEN))
                    .containsPattern(IDS);
            BindingView.patiently("a second attempt, with other IDs")
                    .until(() -> tenant.armWrites().size() > 1);
            tenant.allowOperator();
            binding.awaitReady();
            BindingView.patiently("the event")
                    .until(() -> !events(tenant, Reason.READY).isEmpty());
        }
        assertThat(events(tenant, Reason.AZURE_FORBIDDEN)).singleElement().satisfies(event -> {
            assertThat(event.getMessage()).containsPattern(IDS);
            assertThat(event.getType()).isEqualTo("Warning");
            assertThat(event.getInvolvedObject().getName()).isEqualTo("cache");
        });
        assertThat(events(tenant, Reason.READY)).hasSize(1);
        List<JsonNode> lines = lines(operator);
        assertThat(transitions(lines, "Ready=False (AzureForbidden)"))
                .singleElement()
                .satisfies(line -> assertThat(line.path("message").asText()).containsPattern(IDS));
        assertThat(transitions(lines, "Ready=True (Ready)")).hasSize(1);
    }

    private List<Event> events(Tenant tenant, Reason reason) {
        return platform.client().v1().events().inNamespace(tenant.name()).list().getItems().stream()
                .filter(event -> event.getReason().equals(reason.text()))
                .toList();
    }

    /** Those about the binding, each of which names it. */
    private static List<JsonNode> transitions(List<JsonNode> lines, String what) {
        List<JsonNode> found = lines.stream()
                .filter(line -> line.path("message").asText().contains("RedisAccessBinding reported/cache is " + what))
                .toList();
        assertThat(found).allSatisfy(line -> {
            assertThat(line.path("level").asText()).isEqualTo("INFO");
            assertThat(line.path("namespace").asText()).isEqualTo("reported");
            assertThat(line.path("name").asText()).isEqualTo("cache");
            assertThat(line.path("generation").asText()).isEqualTo("1");
        });
        return found;
    }

    /** Every line is JSON. */
    private static List<JsonNode> lines(OperatorProcess operator) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(operator.process().logs().get(0))) {
            lines.add(Json.parse(line));
        }
        assertThat(lines).isNotEmpty();
        return lines;
    }
}
