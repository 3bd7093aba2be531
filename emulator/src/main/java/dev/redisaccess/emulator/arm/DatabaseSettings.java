package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.state.AccessKeys;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.Database;
import dev.redisaccess.emulator.state.ProvisioningState;
import dev.redisaccess.emulator.state.StoredFields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The properties of a database, from a body and into one. A property that is not written keeps its value or has Azure's default.
 * Settings without effect here are kept and returned; {@code clientProtocol: Plaintext} and {@code geoReplication} are refused.
 */
final class DatabaseSettings {

    /** The first version that has {@code notifyKeyspaceEvents}. */
    private static final String FIRST_WITH_NOTIFICATIONS = "2026-02-01-preview";

    private static final Writable WRITABLE = new Writable(
            Map.of(
                    "clientProtocol", Writable.Rule.oneOf("Encrypted", "Plaintext"),
                    "port", Writable.Rule.port(),
                    "clusteringPolicy", Writable.Rule.oneOf("EnterpriseCluster", "OSSCluster", "NoCluster"),
                    "evictionPolicy",
                            Writable.Rule.oneOf(
                                    "AllKeysLFU",
                                    "AllKeysLRU",
                                    "AllKeysRandom",
                                    "VolatileLRU",
                                    "VolatileLFU",
                                    "VolatileTTL",
                                    "VolatileRandom",
                                    "NoEviction"),
                    "persistence", Writable.Rule.object(),
                    "modules", Writable.Rule.list(),
                    "deferUpgrade", Writable.Rule.oneOf("Deferred", "NotDeferred"),
                    "accessKeysAuthentication", Writable.Rule.oneOf("Disabled", "Enabled"),
                    "notifyKeyspaceEvents", Writable.Rule.text()),
            Set.of("provisioningState", "resourceState", "redisVersion"));

    private static final Set<String> WITHOUT_EFFECT =
            Set.of("persistence", "modules", "deferUpgrade", "notifyKeyspaceEvents");

    private DatabaseSettings() {}

    /**
     * The database that a body describes.
     *
     * @param before the present state, if it exists
     * @throws ArmRefusal with 400 when a property has an invalid value
     */
    static Database read(ArmId id, JsonNode properties, Optional<Database> before) {
        StoredFields written = WRITABLE.read(properties);
        if (written.text("clientProtocol", "Encrypted").equals("Plaintext")) {
            throw new ArmRefusal(ArmError.notEmulated(
                    "The emulator does not have `properties.clientProtocol` Plaintext: leave it out, or write"
                            + " Encrypted."));
        }
        refuseBothKindsOfPersistence(written);
        before.ifPresent(each -> refuseChanges(each, written));
        String policy = written.text(
                "clusteringPolicy", before.map(Database::clusteringPolicy).orElse("OSSCluster"));
        boolean keys = written.find("accessKeysAuthentication")
                .map(each -> each.asText().equals("Enabled"))
                .or(() -> before.map(Database::accessKeys))
                .orElse(false);
        Database wanted = new Database(
                before.map(Database::id).orElse(id),
                before.map(Database::port)
                        .orElse(written.find("port").map(JsonNode::asInt).orElse(0)),
                policy,
                keys,
                before.map(Database::shards).orElse(1),
                written.text(
                        "evictionPolicy", before.map(Database::evictionPolicy).orElse("VolatileLRU")),
                ProvisioningState.Creating);
        StoredFields kept =
                before.map(Database::kept).orElse(StoredFields.NOTHING).and(withoutEffect(written));
        AccessKeys accessKeys = before.map(Database::keys).orElse(wanted.keys());
        return wanted.keeping(kept, accessKeys);
    }

    private static StoredFields withoutEffect(StoredFields written) {
        Map<String, JsonNode> fields = new LinkedHashMap<>(written.fields());
        fields.keySet().retainAll(WITHOUT_EFFECT);
        return new StoredFields(fields);
    }

    private static void refuseBothKindsOfPersistence(StoredFields written) {
        boolean both = written.find("persistence")
                .map(each -> each.path("aofEnabled").asBoolean()
                        && each.path("rdbEnabled").asBoolean())
                .orElse(false);
        if (both) {
            throw new ArmRefusal(ArmError.contentInvalid(
                    "properties.persistence must enable at most one of aofEnabled and rdbEnabled."));
        }
    }

    /** The policy can be changed from NoCluster only; the port and the modules cannot be changed. */
    private static void refuseChanges(Database before, StoredFields written) {
        boolean policy = !before.clusteringPolicy().equals("NoCluster")
                && !written.text("clusteringPolicy", before.clusteringPolicy()).equals(before.clusteringPolicy());
        boolean port =
                written.find("port").map(each -> each.asInt() != before.port()).orElse(false);
        boolean modules = written.find("modules")
                .map(each -> !each.equals(before.kept().find("modules").orElse(each)))
                .orElse(false);
        if (policy || port || modules) {
            String name = policy ? "clusteringPolicy" : port ? "port" : "modules";
            throw new ArmRefusal(ArmError.provider(
                    400, "PropertyChangeNotAllowed", "Changing property 'properties." + name + "' is not allowed."));
        }
    }

    static void render(ObjectNode properties, Database database, String apiVersion) {
        properties.put("clientProtocol", "Encrypted");
        properties.put("port", database.port());
        properties.put("provisioningState", database.state().name());
        properties.put("resourceState", Clusters.resourceState(database.state()));
        properties.put("clusteringPolicy", database.clusteringPolicy());
        properties.put("evictionPolicy", database.evictionPolicy());
        if (apiVersion.compareTo(FIRST_WITH_NOTIFICATIONS) >= 0) {
            properties.put("notifyKeyspaceEvents", database.kept().text("notifyKeyspaceEvents", ""));
        }
        database.kept().find("persistence").ifPresent(each -> properties.set("persistence", each));
        database.kept().find("modules").ifPresent(each -> properties.set("modules", each));
        properties.put("deferUpgrade", database.kept().text("deferUpgrade", "NotDeferred"));
        properties.put("redisVersion", "7.4");
        properties.put("accessKeysAuthentication", database.accessKeys() ? "Enabled" : "Disabled");
    }
}
