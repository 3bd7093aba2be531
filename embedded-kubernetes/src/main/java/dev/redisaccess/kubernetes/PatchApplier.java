package dev.redisaccess.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.kubernetes.ResourceWriter.Write;
import dev.redisaccess.kubernetes.json.Json;
import dev.redisaccess.kubernetes.json.MergePatch;
import dev.redisaccess.kubernetes.json.ServerSideApply;
import io.fabric8.zjsonpatch.JsonPatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The four kinds of PATCH. Server-side apply creates what is not there; the others need an object. */
final class PatchApplier {
    static final String APPLY = "application/apply-patch+yaml";
    private static final String JSON_PATCH = "application/json-patch+json";
    private static final String MERGE = "application/merge-patch+json";
    private static final String STRATEGIC = "application/strategic-merge-patch+json";
    private static final List<String> NEVER_APPLIED =
            List.of("resourceVersion", "uid", "creationTimestamp", "generation", "deletionTimestamp", "managedFields");

    private final ObjectStore store;
    private final ResourceWriter writer;
    /** What each field manager applied last, by the uid of the object: the managed fields, in another form. */
    private final Map<Field, JsonNode> applied = new HashMap<>();

    private record Field(String uid, String manager, String subresource) {}

    PatchApplier(ObjectStore store, ResourceWriter writer) {
        this.store = store;
        this.writer = writer;
        store.listen(change -> {
            if (change.after().isEmpty()) {
                change.before().ifPresent(object -> applied.keySet()
                        .removeIf(field -> field.uid().equals(uid(object))));
            }
        });
    }

    ObjectNode apply(Write write, ApiRequest request) {
        try {
            return switch (request.mediaType()) {
                case APPLY -> serverSideApply(write, request);
                case JSON_PATCH -> writer.update(write, jsonPatch(Json.parse(request.body())));
                case MERGE -> writer.update(write, mergePatch(Json.parse(request.body())));
                case STRATEGIC -> strategicMerge(write, Json.parse(request.body()));
                default -> throw unsupported();
            };
        } catch (IllegalArgumentException e) {
            throw ApiFailure.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static ApiFailure unsupported() {
        return ApiFailure.unsupportedMediaType(String.join(", ", JSON_PATCH, MERGE, APPLY));
    }

    private ObjectNode strategicMerge(Write write, JsonNode patch) {
        if (write.kind().traits().custom()) {
            // As a real API server: kubectl then takes a merge patch.
            throw unsupported();
        }
        return writer.update(write, mergePatch(MergePatch.withoutDirectives(patch)));
    }

    private static UnaryOperator<ObjectNode> mergePatch(JsonNode patch) {
        return object -> (ObjectNode) MergePatch.apply(object, patch);
    }

    private static UnaryOperator<ObjectNode> jsonPatch(JsonNode patch) {
        return object -> {
            try {
                return (ObjectNode) JsonPatch.apply(patch, object);
            } catch (RuntimeException e) {
                throw ApiFailure.invalid("the patch does not apply: " + e.getMessage());
            }
        };
    }

    private ObjectNode serverSideApply(Write write, ApiRequest request) {
        String manager = request.parameter("fieldManager");
        if (manager.isEmpty()) {
            throw ApiFailure.badRequest("PatchOptions.meta.k8s.io is invalid: fieldManager: Required value");
        }
        ObjectNode configuration = request.object();
        String version = configuration.path("metadata").path("resourceVersion").asText("");
        Json.child(configuration, "metadata").remove(NEVER_APPLIED);
        ObjectNode result = store.find(write.key()).isPresent()
                ? writer.update(write, merged(write, configuration, manager, version))
                : createByApply(write, configuration);
        if (!write.dryRun()) {
            applied.put(new Field(uid(result), manager, write.subresource()), configuration);
        }
        return result;
    }

    private ObjectNode createByApply(Write write, ObjectNode configuration) {
        if (write.toStatus()) {
            throw ApiFailure.notFound(write.kind(), write.key().name());
        }
        return writer.create(write, configuration);
    }

    private UnaryOperator<ObjectNode> merged(
            Write write, ObjectNode configuration, String manager, String resourceVersion) {
        return live -> {
            JsonNode before = applied.getOrDefault(new Field(uid(live), manager, write.subresource()), Json.object());
            ObjectNode result = ServerSideApply.apply(
                    new ServerSideApply.Change(live, before, configuration),
                    write.kind().schema());
            if (!resourceVersion.isEmpty()) {
                result.withObjectProperty("metadata").put("resourceVersion", resourceVersion);
            }
            return result;
        };
    }

    private static String uid(JsonNode object) {
        return object.path("metadata").path("uid").asText();
    }
}
