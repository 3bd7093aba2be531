package dev.redisaccess.emulator.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.testing.LocalAzure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Replays recorded traffic of Azure (Azure Service Operator's own test recordings, api-version 2025-04-01, westus2) against
 * the emulator, at the recorded times, and compares status, headers and bodies.
 */
class WireFidelityTest {

    private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{7}\\+00:00");

    /** By JSON pointer, why a value may differ. The field itself must exist. */
    private static final Map<String, String> TOLERATED_VALUES = Map.of(
            "/properties/hostName", "the emulator reports a host that its clients can reach",
            "/properties/principalId", "chosen when the identity is made",
            "/properties/clientId", "chosen when the identity is made",
            "/properties/tenantId", "the recording replaced it by zeros");

    /** By recorded step, what the emulator does not support. */
    private static final Map<String, String> LEFT_OUT = Map.of(
            "polls (not paged in)", "the recording has no content for them",
            "resource-group delete (other provider, for contrast)", "resource groups are not deleted by the emulator");

    /** Parts of the recorded environment that the emulator starts with. */
    private static final String CONFIG = """
            tenantId: 11111111-1111-1111-1111-111111111111
            timing: {assignmentCreateMillis: 8689, databaseCreateMillis: 10630}
            clusters:
              - resourceId: /subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/asotest-rg-kxpeew/providers/Microsoft.Cache/redisEnterprise/sampleredisent
            servicePrincipals:
              - clientId: 77777777-7777-7777-7777-777777777777
                objectId: 88888888-8888-8888-8888-888888888888
                roles: [{scope: /subscriptions/00000000-0000-0000-0000-000000000000, role: Owner}]
            """;

    private final LocalAzure azure = new LocalAzure(CONFIG, Path.of("nowhere"));
    private final Map<String, String> recordedToOurs = new TreeMap<>();
    private final List<String> differences = new ArrayList<>();
    private int compared;

    @Test
    void respondsAsAzureDid() throws IOException {
        for (JsonNode exchange : recording().path("exchanges")) {
            String step = exchange.path("step").asText();
            if (!LEFT_OUT.containsKey(step)) {
                replay(step, exchange);
            }
        }
        assertThat(differences).isEmpty();
        assertThat(compared).isEqualTo(10);
    }

    private static JsonNode recording() throws IOException {
        try (InputStream in =
                WireFidelityTest.class.getResourceAsStream("/wire/aso-accessPolicyAssignment-2025-04-01.json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    private void replay(String step, JsonNode exchange) {
        JsonNode request = exchange.path("request");
        JsonNode expected = exchange.path("response");
        azure.clock.set(Instant.parse(expected.path("_edge_time").asText()));
        String url = request.path("url").asText().replaceAll("<[^>]*>", "x");
        for (Map.Entry<String, String> each : recordedToOurs.entrySet()) {
            url = url.replace(each.getKey(), each.getValue());
        }
        URI uri = URI.create(url);
        String body = request.has("body") ? request.path("body").toString() : "";
        Response response = azure.arm(request.path("method").asText(), uri.getPath() + "?" + uri.getRawQuery(), body);
        compared++;
        int status = expected.path("status").asInt();
        if (response.status() != status) {
            differences.add(step + ": status " + response.status() + ", recorded " + status);
        }
        headers(step, expected.path("headers"), response);
        body(step, "", expected.path("body"), Json.parseObject(response.body()).orElse(Json.object()));
    }

    /** Every recorded header is present; links have the recorded path, api-version and parameters. */
    private void headers(String step, JsonNode expected, Response response) {
        expected.properties().forEach(header -> {
            String name = header.getKey();
            String ours = response.headers().get(name);
            boolean setByServer = name.equalsIgnoreCase("Content-Length");
            if (ours == null && !setByServer) {
                differences.add(step + ": header " + name + " is missing");
            } else if (ours != null && ours.startsWith("https://")) {
                link(step + ": " + name, header.getValue().asText().replaceAll("<[^>]*>", "x"), ours);
            }
        });
        if (response.headers().containsKey("Retry-After") && !expected.has("Retry-After")) {
            differences.add(step + ": Retry-After, which Azure does not send");
        }
    }

    private void link(String where, String recorded, String ours) {
        URI theirs = URI.create(recorded);
        URI actual = URI.create(ours);
        remember(theirs.getPath(), actual.getPath());
        same(where + " path", translated(theirs.getRawPath()), actual.getRawPath());
        same(where + " parameters", names(theirs), names(actual));
        assertThat(actual.getQuery()).contains("api-version=2025-04-01");
    }

    private static String names(URI uri) {
        List<String> names = new ArrayList<>();
        for (String pair : uri.getRawQuery().split("&")) {
            names.add(pair.substring(0, pair.indexOf('=')));
        }
        return names.toString();
    }

    /** Operation ids differ; from here on the recorded one is mapped to ours. */
    private void remember(String recorded, String ours) {
        String theirs = recorded.substring(recorded.lastIndexOf('/') + 1);
        String id = ours.substring(ours.lastIndexOf('/') + 1);
        if (GUID.matcher(theirs).matches()) {
            recordedToOurs.put(theirs, id);
        }
    }

    private void body(String step, String pointer, JsonNode expected, JsonNode ours) {
        if (expected.isObject()) {
            same(step + " fields of " + pointer, fieldNames(expected), fieldNames(ours));
            expected.properties()
                    .forEach(field ->
                            body(step, pointer + "/" + field.getKey(), field.getValue(), ours.path(field.getKey())));
        } else if (TOLERATED_VALUES.containsKey(pointer)) {
            if (ours.getNodeType() != expected.getNodeType()) {
                differences.add(step + ": " + pointer + " is " + ours.getNodeType());
            }
        } else if (TIME.matcher(expected.asText()).matches()) {
            times(step + ": " + pointer, expected.asText(), ours.asText());
        } else {
            same(step + ": " + pointer, translated(expected.toString()), ours.toString());
        }
    }

    /** Order does not matter in JSON. */
    private static String fieldNames(JsonNode node) {
        TreeSet<String> names = new TreeSet<>();
        node.properties().forEach(field -> names.add(field.getKey()));
        return names.toString();
    }

    /** Same format; and within two seconds, because the recording has only the edge's whole seconds. */
    private void times(String where, String recorded, String ours) {
        if (!TIME.matcher(ours).matches()) {
            differences.add(where + " has the format of " + ours);
            return;
        }
        Duration apart = Duration.between(OffsetDateTime.parse(recorded), OffsetDateTime.parse(ours))
                .abs();
        if (apart.compareTo(Duration.ofSeconds(2)) > 0) {
            differences.add(where + " " + ours + ", recorded " + recorded);
        }
    }

    private String translated(String recorded) {
        String text = recorded;
        for (Map.Entry<String, String> each : recordedToOurs.entrySet()) {
            text = text.replace(each.getKey(), each.getValue());
        }
        return text;
    }

    /** Resource group segments come back in either case. */
    private void same(String where, String recorded, String ours) {
        String theirs = recorded.replace("/resourcegroups/", "/resourceGroups/");
        if (!theirs.toLowerCase(Locale.ROOT).equals(ours.toLowerCase(Locale.ROOT))) {
            differences.add(where + ": " + ours + ", recorded " + recorded);
        }
    }
}
