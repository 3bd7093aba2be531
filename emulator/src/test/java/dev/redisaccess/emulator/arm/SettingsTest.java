package dev.redisaccess.emulator.arm;

import static dev.redisaccess.emulator.testing.LocalAzure.CLUSTER;
import static dev.redisaccess.emulator.testing.LocalAzure.DATABASE;
import static dev.redisaccess.emulator.testing.LocalAzure.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.testing.LocalAzure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each written field is stored and returned, or refused with its name. */
class SettingsTest {

    private static final String IDENTITY = GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/fresh";

    private final LocalAzure azure = new LocalAzure();
    private final ArmCalls redis = new ArmCalls(azure, "2026-06-01-preview");
    private final ArmCalls identities = new ArmCalls(azure, "2025-05-31-preview");

    @Test
    void keepsTheSettingsOfADatabase() {
        String body = """
            {"properties": {"clientProtocol": "Encrypted", "evictionPolicy": "AllKeysLFU", "deferUpgrade": "Deferred",
             "notifyKeyspaceEvents": "AKE", "persistence": {"aofEnabled": true, "aofFrequency": "1s"}}}\
            """;
        assertThat(redis.status("PUT", DATABASE, body)).isEqualTo(200);
        rest();
        JsonNode properties = redis.get(DATABASE).path("properties");
        assertThat(properties.path("evictionPolicy").asText()).isEqualTo("AllKeysLFU");
        assertThat(properties.path("deferUpgrade").asText()).isEqualTo("Deferred");
        assertThat(properties.path("notifyKeyspaceEvents").asText()).isEqualTo("AKE");
        assertThat(properties.at("/persistence/aofFrequency").asText()).isEqualTo("1s");
        assertThat(new ArmCalls(azure, "2025-07-01")
                        .get(DATABASE)
                        .path("properties")
                        .has("notifyKeyspaceEvents"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"properties\":{\"clientProtocol\":\"Plaintext\"}}",
                "{\"properties\":{\"geoReplication\":{\"groupNickname\":\"g\"}}}",
                "{\"properties\":{\"somethingNew\":1}}"
            })
    void refusesByNameWhatItCannotKeep(String body) {
        Response response = redis.send("PUT", DATABASE, body);
        assertThat(response.status()).isEqualTo(400);
        assertThat(ArmCalls.json(response).at("/error/code").asText()).isEqualTo("NotEmulated");
        assertThat(ArmCalls.json(response).at("/error/message").asText()).contains("`properties.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"properties\":{\"port\":10001}}",
                "{\"properties\":{\"evictionPolicy\":\"Never\"}}",
                "{\"properties\":{\"persistence\":{\"aofEnabled\":true,\"rdbEnabled\":true}}}"
            })
    void refusesWhatAzureRefuses(String body) {
        assertThat(redis.status("PUT", DATABASE, body)).isEqualTo(400);
        assertThat(redis.notEmulated("PUT", DATABASE, body)).isFalse();
    }

    @Test
    void patchesADatabase() {
        redis.send("PUT", DATABASE, "{\"properties\":{\"notifyKeyspaceEvents\":\"AKE\"}}");
        rest();
        Response response = redis.send("PATCH", DATABASE, "{\"properties\":{\"evictionPolicy\":\"NoEviction\"}}");
        assertThat(response.status()).isEqualTo(202);
        assertThat(response.headers()).containsKey("Azure-AsyncOperation");
        rest();
        JsonNode properties = redis.get(DATABASE).path("properties");
        assertThat(properties.path("evictionPolicy").asText()).isEqualTo("NoEviction");
        assertThat(properties.path("notifyKeyspaceEvents").asText()).isEqualTo("AKE");
        assertThat(redis.status("PATCH", CLUSTER + "/databases/other", "{}")).isEqualTo(404);
    }

    @Test
    void keepsTheSettingsOfACluster() {
        String path = GROUP + "/providers/Microsoft.Cache/redisEnterprise/fresh";
        String body =
                """
                {"location": "westus2", "tags": {"a": "b"}, "sku": {"name": "Balanced_B1"}, "zones": ["1", "2"],
                 "identity": {"type": "UserAssigned", "userAssignedIdentities": {"IDENTITY": {}}},
                 "properties": {"highAvailability": "Disabled", "publicNetworkAccess": "Disabled", "minimumTlsVersion": "1.2"}}\
                """.replace("IDENTITY", GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/orders");
        assertThat(redis.status("PUT", path, body)).isEqualTo(201);
        rest();
        redis.send("PATCH", path, "{\"tags\":{\"c\":\"d\"},\"properties\":{\"publicNetworkAccess\":\"Enabled\"}}");
        rest();
        JsonNode cluster = redis.get(path);
        assertThat(cluster.path("location").asText()).isEqualTo("West US 2");
        assertThat(cluster.path("tags").toString()).isEqualTo("{\"c\":\"d\"}");
        assertThat(cluster.path("zones")).hasSize(2);
        assertThat(cluster.at("/properties/highAvailability").asText()).isEqualTo("Disabled");
        assertThat(cluster.at("/properties/publicNetworkAccess").asText()).isEqualTo("Enabled");
        assertThat(cluster.at("/identity/type").asText()).isEqualTo("UserAssigned");
        assertThat(cluster.findValue("principalId").asText()).isEqualTo(LocalAzure.IDENTITY_OBJECT);
    }

    @Test
    void showsTheClusterThatItDeletes() {
        Response response = redis.send("DELETE", CLUSTER, "");
        assertThat(response.status()).isEqualTo(202);
        assertThat(response.headers()).containsEntry("Content-Type", "application/json");
        assertThat(ArmCalls.json(response).at("/properties/provisioningState").asText())
                .isEqualTo("Deleting");
    }

    @Test
    void keepsTheTagsOfAnIdentity() {
        identities.send("PUT", IDENTITY, "{\"location\":\"westus2\",\"tags\":{\"a\":\"b\"}}");
        assertThat(identities.get(IDENTITY).path("tags").toString()).isEqualTo("{\"a\":\"b\"}");
        identities.send("PATCH", IDENTITY, "{\"properties\":{\"isolationScope\":\"Regional\"}}");
        assertThat(identities.get(IDENTITY).path("tags").toString()).isEqualTo("{\"a\":\"b\"}");
        assertThat(identities.get(IDENTITY).at("/properties/isolationScope").asText())
                .isEqualTo("Regional");
        identities.send("PUT", IDENTITY, "{\"location\":\"westus2\"}");
        assertThat(identities.get(IDENTITY).path("tags")).isEmpty();
        assertThat(identities.code("PUT", IDENTITY, "{\"location\":\"eastus\"}"))
                .isEqualTo("InvalidResourceLocation");
    }

    @Test
    void refusesAFlexibleCredential() {
        String body = """
            {"properties": {"issuer": "https://i", "audiences": ["a"],
             "claimsMatchingExpression": {"value": "x", "languageVersion": 1}}}\
            """;
        String path = GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/orders"
                + "/federatedIdentityCredentials/one";
        assertThat(identities.code("PUT", path, body)).isEqualTo("NotEmulated");
    }

    @Test
    void givesOutAndRenewsAccessKeys() {
        JsonNode before = ArmCalls.json(redis.send("POST", DATABASE + "/listKeys", ""));
        Response started = redis.send("POST", DATABASE + "/regenerateKey", "{\"keyType\":\"Primary\"}");
        assertThat(started.status()).isEqualTo(202);
        rest();
        JsonNode after = ArmCalls.json(redis.send("POST", DATABASE + "/listKeys", ""));
        assertThat(after.path("primaryKey")).isNotEqualTo(before.path("primaryKey"));
        assertThat(after.path("secondaryKey")).isEqualTo(before.path("secondaryKey"));
        String result = started.headers().get("Location").substring("https://arm.test".length());
        assertThat(ArmCalls.json(azure.arm("GET", result, ""))).isEqualTo(after);
        assertThat(redis.status("POST", DATABASE + "/regenerateKey", "{}")).isEqualTo(400);
    }

    @Test
    void flushesADatabase() {
        azure.plane.takeCalls();
        assertThat(redis.status("POST", DATABASE + "/flush", "")).isEqualTo(202);
        rest();
        redis.get(DATABASE);
        assertThat(azure.plane.takeCalls()).contains("flush orders");
        assertThat(redis.get(DATABASE).at("/properties/provisioningState").asText())
                .isEqualTo("Succeeded");
    }

    @Test
    void saysWhyAnAssignmentFailed() {
        String path = DATABASE + "/accessPolicyAssignments/one";
        redis.send(
                "PUT",
                path,
                "{\"properties\":{\"accessString\":\"nonsense\",\"user\":{\"objectId\":\"" + LocalAzure.IDENTITY_OBJECT
                        + "\"}}}");
        rest();
        redis.get(path);
        JsonNode properties = redis.get(path).path("properties");
        assertThat(properties.path("provisioningState").asText()).isEqualTo("Failed");
        assertThat(properties.at("/provisioningError/code").asText()).isEqualTo("InvalidAccessString");
        assertThat(new ArmCalls(azure, "2025-07-01")
                        .get(path)
                        .path("properties")
                        .has("provisioningError"))
                .isFalse();
    }

    /** Waits until every operation has ended. */
    private void rest() {
        azure.clock.advance(Duration.ofHours(1));
        azure.feed.settle();
    }
}
