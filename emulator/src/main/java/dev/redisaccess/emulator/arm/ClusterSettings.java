package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.Cluster;
import dev.redisaccess.emulator.state.Directory;
import dev.redisaccess.emulator.state.StoredFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields of a cluster's body other than name, location and tags. All are kept and returned; none has an effect. */
final class ClusterSettings {

    /** Fields outside of {@code properties}, which are kept under their own names. */
    private static final List<String> TOP_LEVEL = List.of("zones", "identity");

    private static final String CAPACITY = "sku.capacity";
    private static final String NETWORK = "publicNetworkAccess";

    private static final Writable WRITABLE = new Writable(
            Map.of(
                    "highAvailability",
                    Writable.Rule.oneOf("Enabled", "Disabled"),
                    "minimumTlsVersion",
                    Writable.Rule.oneOf("1.0", "1.1", "1.2"),
                    "encryption",
                    Writable.Rule.object(),
                    "maintenanceConfiguration",
                    Writable.Rule.object(),
                    NETWORK,
                    Writable.Rule.oneOf("Enabled", "Disabled")),
            Set.of(
                    "hostName",
                    "provisioningState",
                    "redundancyMode",
                    "resourceState",
                    "redisVersion",
                    "privateEndpointConnections",
                    "migratedEndpoint"));

    private ClusterSettings() {}

    /** @throws ArmRefusal with 400 when a field has an invalid value */
    static StoredFields read(JsonNode body) {
        Map<String, JsonNode> fields =
                new LinkedHashMap<>(WRITABLE.read(body.path("properties")).fields());
        for (String name : TOP_LEVEL) {
            Optional.ofNullable(body.get(name))
                    .filter(each -> !each.isNull())
                    .ifPresent(each -> fields.put(name, each));
        }
        Optional.ofNullable(body.path("sku").get("capacity"))
                .filter(JsonNode::isInt)
                .ifPresent(each -> fields.put(CAPACITY, each));
        String identity = body.at("/identity/type").asText("");
        if (identity.contains("SystemAssigned")) {
            throw new ArmRefusal(ArmError.notEmulated(
                    "The emulator does not have `identity.type` " + identity + ": write UserAssigned or None."));
        }
        return new StoredFields(fields);
    }

    static void render(ObjectNode body, Cluster cluster, String apiVersion, Directory directory) {
        StoredFields kept = cluster.kept();
        ObjectNode sku = body.putObject("sku").put("name", cluster.sku());
        kept.find(CAPACITY).ifPresent(each -> sku.set("capacity", each));
        kept.find("zones").ifPresent(each -> body.set("zones", each));
        ObjectNode properties = body.putObject("properties");
        properties.put("minimumTlsVersion", kept.text("minimumTlsVersion", "1.2"));
        properties.put("hostName", cluster.hostName());
        properties.put("provisioningState", cluster.state().name());
        properties.put("resourceState", Clusters.resourceState(cluster.state()));
        properties.putArray("privateEndpointConnections");
        String available = kept.text("highAvailability", "Enabled");
        properties.put("highAvailability", available);
        properties.put("redundancyMode", available.equals("Enabled") ? "ZR" : "None");
        kept.find("encryption").ifPresent(each -> properties.set("encryption", each));
        kept.find("maintenanceConfiguration").ifPresent(each -> properties.set("maintenanceConfiguration", each));
        if (apiVersion.compareTo("2025-07-01") >= 0) { // absent in answers of 2025-04-01
            properties.put(NETWORK, kept.text(NETWORK, "Enabled"));
        }
        body.set("identity", identity(kept, directory));
    }

    private static ObjectNode identity(StoredFields kept, Directory directory) {
        Optional<JsonNode> written = kept.find("identity");
        ObjectNode body = Json.object();
        body.put("type", written.map(each -> each.path("type").asText()).orElse("None"));
        written.map(each -> each.path("userAssignedIdentities"))
                .filter(each -> each.size() > 0)
                .ifPresent(each -> {
                    ObjectNode assigned = body.putObject("userAssignedIdentities");
                    each.fieldNames().forEachRemaining(id -> identity(assigned.putObject(id), id, directory));
                });
        return body;
    }

    private static void identity(ObjectNode body, String id, Directory directory) {
        Optional.of(id)
                .filter(each -> each.startsWith("/"))
                .flatMap(each -> directory.identity(new ArmId(each)))
                .ifPresent(each -> body.put("principalId", each.objectId()).put("clientId", each.clientId()));
    }
}
