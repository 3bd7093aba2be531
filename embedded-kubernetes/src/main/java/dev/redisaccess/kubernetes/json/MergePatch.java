package dev.redisaccess.kubernetes.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON merge patch, RFC 7386. */
public final class MergePatch {
    private MergePatch() {}

    /** The target with the patch applied: objects merge, null removes, everything else replaces. */
    public static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch.deepCopy();
        }
        ObjectNode result = target instanceof ObjectNode object ? object.deepCopy() : Json.object();
        changes.properties().forEach(change -> {
            if (change.getValue().isNull()) {
                result.remove(change.getKey());
            } else {
                JsonNode before = result.path(change.getKey());
                result.set(change.getKey(), apply(before, change.getValue()));
            }
        });
        return result;
    }

    /**
     * A strategic merge patch as a merge patch: the directives that only order or
     * retain list items ({@code $setElementOrder/…}, {@code $retainKeys}) go. Lists are replaced as a whole, which for the
     * kinds of the embedded API (ServiceAccount, ConfigMap, Namespace) is what kubectl's patches amount to.
     */
    public static JsonNode withoutDirectives(JsonNode patch) {
        if (!(patch instanceof ObjectNode object)) {
            return patch;
        }
        ObjectNode result = Json.object();
        object.properties().forEach(entry -> {
            if (!entry.getKey().startsWith("$")) {
                result.set(entry.getKey(), withoutDirectives(entry.getValue()));
            }
        });
        return result;
    }
}
