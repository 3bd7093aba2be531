package dev.redisaccess.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.kubernetes.ResourceWriter.Write;
import dev.redisaccess.kubernetes.json.Json;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** The verbs on resources: get, list, create, update, patch, delete, deletecollection. */
final class ResourceRequests {
    private final ObjectStore store;
    private final ResourceWriter writer;
    private final PatchApplier patches;
    private final Clock clock;

    ResourceRequests(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.writer = new ResourceWriter(store, clock);
        this.patches = new PatchApplier(store, writer);
    }

    void createNamespace(String name) {
        ObjectNode namespace = Json.object().put("apiVersion", "v1").put("kind", "Namespace");
        writer.create(new Write(KindRegistry.NAMESPACE, KindRegistry.NAMESPACE.key("", name), "", false), namespace);
    }

    ApiResponse response(ResourceKind kind, ApiPath path, ApiRequest request) {
        ObjectKey key = kind.key(path.namespace(), path.name());
        Write write = new Write(kind, key, path.subresource(), request.isDryRun());
        return switch (request.method()) {
            case "GET" -> path.isCollection() ? list(kind, path, request) : get(kind, key, request);
            case "POST" -> create(write, request);
            case "PUT" -> ApiResponse.ok(writer.update(write, before -> body(kind, request)));
            case "PATCH" -> patch(write, request);
            case "DELETE" -> path.isCollection() ? deleteAll(kind, path, request) : delete(write, request);
            default -> throw ApiFailure.methodNotAllowed();
        };
    }

    private ApiResponse get(ResourceKind kind, ObjectKey key, ApiRequest request) {
        ObjectNode object = store.find(key).orElseThrow(() -> ApiFailure.notFound(kind, key.name()));
        return ApiResponse.ok(request.isTable() ? table(kind, List.of(object)) : object);
    }

    private ApiResponse list(ResourceKind kind, ApiPath path, ApiRequest request) {
        Selection selection = request.selection();
        List<ObjectNode> objects = store.list(kind, path.namespace()).stream()
                .filter(selection::matches)
                .toList();
        if (request.isTable()) {
            return ApiResponse.ok(table(kind, objects));
        }
        ObjectNode list = Json.object()
                .put("kind", kind.names().kind() + "List")
                .put("apiVersion", kind.groupVersion().text());
        list.putObject("metadata").put("resourceVersion", Long.toString(store.version()));
        ArrayNode items = list.putArray("items");
        objects.forEach(items::add);
        return ApiResponse.ok(list);
    }

    private ObjectNode table(ResourceKind kind, List<ObjectNode> objects) {
        return Tables.of(kind, objects, Long.toString(store.version()), clock);
    }

    private ApiResponse create(Write write, ApiRequest request) {
        ResourceKind kind = write.kind();
        ObjectNode object = body(kind, request);
        JsonNode metadata = object.path("metadata");
        String name = metadata.path("name").asText("");
        if (name.isEmpty() && metadata.has("generateName")) {
            name = metadata.path("generateName").asText()
                    + UUID.randomUUID().toString().substring(0, 5);
        }
        if (name.isEmpty() || !write.key().name().isEmpty()) {
            throw name.isEmpty()
                    ? ApiFailure.invalid("metadata.name: Required value: name or generateName is required")
                    : ApiFailure.methodNotAllowed();
        }
        Write named = new Write(kind, kind.key(write.key().namespace(), name), "", write.dryRun());
        return ApiResponse.json(201, writer.create(named, object));
    }

    private ApiResponse patch(Write write, ApiRequest request) {
        boolean isNew = store.find(write.key()).isEmpty();
        return ApiResponse.json(isNew ? 201 : 200, patches.apply(write, request));
    }

    private ApiResponse delete(Write write, ApiRequest request) {
        requirePreconditions(write, request);
        ObjectNode result = writer.delete(write);
        if (store.find(write.key()).isPresent()) {
            return ApiResponse.ok(result);
        }
        ObjectNode status =
                Json.object().put("kind", "Status").put("apiVersion", "v1").put("status", "Success");
        status.putObject("metadata");
        status.putObject("details")
                .put("name", write.key().name())
                .put("group", write.key().group())
                .put("kind", write.key().plural())
                .put("uid", result.path("metadata").path("uid").asText());
        return ApiResponse.ok(status);
    }

    private void requirePreconditions(Write write, ApiRequest request) {
        JsonNode wanted = (request.body().isBlank() ? Json.object() : request.object()).path("preconditions");
        store.find(write.key()).ifPresent(object -> {
            for (String field : List.of("uid", "resourceVersion")) {
                JsonNode expected = wanted.path(field);
                boolean differs = expected.isTextual()
                        && !expected.equals(object.path("metadata").path(field));
                if (differs) {
                    throw ApiFailure.conflict(write.kind(), write.key().name());
                }
            }
        });
    }

    private ApiResponse deleteAll(ResourceKind kind, ApiPath path, ApiRequest request) {
        Selection selection = request.selection();
        store.list(kind, path.namespace()).stream().filter(selection::matches).forEach(object -> {
            JsonNode metadata = object.path("metadata");
            ObjectKey key = kind.key(
                    metadata.path("namespace").asText(""), metadata.path("name").asText());
            writer.delete(new Write(kind, key, "", request.isDryRun()));
        });
        return list(kind, path, request);
    }

    private static ObjectNode body(ResourceKind kind, ApiRequest request) {
        ObjectNode object = request.object();
        String sent = object.path("kind").asText(kind.names().kind());
        if (!sent.equals(kind.names().kind())) {
            throw ApiFailure.badRequest("the object provided is a " + sent + ", not a "
                    + kind.names().kind());
        }
        return object.put("kind", sent).put("apiVersion", kind.groupVersion().text());
    }
}
