package dev.redisaccess.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.kubernetes.json.Json;
import java.util.Optional;

/** The status that the API server itself gives to an object when it is created. */
final class InitialStatus {
    private InitialStatus() {}

    static Optional<ObjectNode> of(ResourceKind kind, ObjectNode object) {
        if (kind.equals(KindRegistry.NAMESPACE)) {
            return Optional.of(Json.object().put("phase", "Active"));
        }
        return kind.equals(KindRegistry.DEFINITION) ? Optional.of(established(object)) : Optional.empty();
    }

    private static ObjectNode established(ObjectNode definition) {
        String since = definition.path("metadata").path("creationTimestamp").asText();
        ObjectNode status = Json.object();
        var conditions = status.putArray("conditions");
        conditions
                .addObject()
                .put("type", "NamesAccepted")
                .put("status", "True")
                .put("reason", "NoConflicts")
                .put("message", "no conflicts found")
                .put("lastTransitionTime", since);
        conditions
                .addObject()
                .put("type", "Established")
                .put("status", "True")
                .put("reason", "InitialNamesAccepted")
                .put("message", "the initial names have been accepted")
                .put("lastTransitionTime", since);
        status.set("acceptedNames", definition.path("spec").path("names").deepCopy());
        var stored = status.putArray("storedVersions");
        definition.path("spec").path("versions").forEach(version -> {
            if (version.path("storage").asBoolean()) {
                stored.add(version.path("name").asText());
            }
        });
        return status;
    }
}
