package dev.redisaccess.emulator.arm;

import static dev.redisaccess.emulator.testing.LocalAzure.DATABASE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.emulator.fault.FaultAction;
import dev.redisaccess.emulator.fault.FaultRule;
import dev.redisaccess.emulator.fault.Service;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.testing.LocalAzure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentsTest {

    private static final String ALICE = "2d54227e-8ebe-4ee5-bb2b-9374b156e0b6";
    private static final String ASSIGNMENTS = DATABASE + "/accessPolicyAssignments";

    private final LocalAzure azure = new LocalAzure();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one",
                "2d54227e8ebe4ee5bb2b9374b156e0b6k8s0123456789abcdef",
                "2d54227e-8ebe-4ee5-bb2b-9374b156e0b6",
                "123456789012345678901234567890123456789012345678901234567890"
            })
    void acceptsNamesOfLettersAndDigitsAndGuids(String name) {
        assertThat(put(name, "2025-07-01", "").status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with-dash",
                "with_underscore",
                "2d54227e-8ebe-4ee5-bb2b-9374b156e0b",
                "1234567890123456789012345678901234567890123456789012345678901"
            })
    void refusesEveryOtherName(String name) {
        Response response = put(name, "2025-07-01", "");
        assertThat(response.status()).isEqualTo(400);
        assertThat(body(response).at("/error/message").asText()).contains("[A-Za-z0-9]{1,60}");
    }

    @ParameterizedTest
    @CsvSource({
        "2025-04-01, false",
        "2025-07-01, false",
        "2026-02-01-preview, false",
        "2026-05-01-preview, true",
        "2026-06-01-preview, true",
        "2026-09-01, false",
        "2026-10-01-preview, false"
    })
    void showsTheAccessStringInTheVersionsThatHaveIt(String version, boolean shown) {
        put("one", "2025-07-01", "");
        azure.clock.advance(Duration.ofMinutes(1));
        JsonNode one = body(azure.arm("GET", ASSIGNMENTS + "/one?api-version=" + version, ""));
        JsonNode listed = body(azure.arm("GET", ASSIGNMENTS + "?api-version=" + version, ""));
        assertThat(one.at("/properties/accessString").asText("-")).isEqualTo(shown ? "+@all ~*" : "-");
        assertThat(listed.at("/value/0/properties/accessString").asText("-")).isEqualTo(shown ? "+@all ~*" : "-");
    }

    /** Assumed: whether Azure refuses this was never observed. */
    @Test
    void refusesASecondNameForThePrincipalOfAFailedAssignment() {
        azure.faults.add(new FaultRule(
                Service.ARM,
                "PUT",
                "leftover",
                "",
                0,
                1,
                new FaultAction(0, null, null, 0, false, false, false, true, false, 0)));
        put("leftover", "2025-07-01", "");
        azure.clock.advance(Duration.ofMinutes(1));
        JsonNode leftover = body(azure.arm("GET", ASSIGNMENTS + "/leftover?api-version=2025-07-01", ""));
        assertThat(leftover.at("/properties/provisioningState").asText()).isEqualTo("Failed");
        Response second = put("second", "2025-07-01", "");
        assertThat(second.status()).isEqualTo(400);
        assertThat(body(second).at("/error/code").asText()).isEqualTo("InvalidAccessPolicyAssignment");
    }

    private Response put(String name, String version, String more) {
        return azure.arm(
                "PUT",
                ASSIGNMENTS + "/" + name + "?api-version=" + version,
                "{\"properties\":{\"accessPolicyName\":\"default\",\"user\":{\"objectId\":\"" + ALICE + "\"}" + more
                        + "}}");
    }

    private static JsonNode body(Response response) {
        return Json.parseObject(response.body()).orElseThrow();
    }
}
