package dev.redisaccess.kubernetes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.kubernetes.ResourceKind.GroupVersion;
import dev.redisaccess.kubernetes.json.Json;

/**
 * The OpenAPI documents, as far as kubectl reads them: which requests validate fields on the server, so that it does not
 * do so itself, and the schemas of the custom kinds for {@code kubectl explain}.
 */
final class OpenApi {
    private OpenApi() {}

    static ObjectNode index(KindRegistry kinds) {
        ObjectNode index = Json.object();
        ObjectNode paths = index.putObject("paths");
        kinds.all().stream().map(OpenApi::root).distinct().forEach(path -> paths.putObject(path)
                .put("serverRelativeURL", "/openapi/v3/" + path));
        return index;
    }

    private static String root(ResourceKind kind) {
        GroupVersion version = kind.groupVersion();
        return version.group().isEmpty() ? "api/" + version.version() : "apis/" + version.text();
    }

    /** One document for all groups: a client looks up the kind that it needs. */
    static ObjectNode document(KindRegistry kinds) {
        ObjectNode document = Json.object().put("openapi", "3.0.0");
        document.putObject("info").put("title", "Kubernetes").put("version", "v1.32.0");
        ObjectNode paths = document.putObject("paths");
        ObjectNode schemas = document.putObject("components").putObject("schemas");
        kinds.all().forEach(kind -> {
            addPaths(paths, kind);
            addSchema(schemas, kind);
        });
        return document;
    }

    private static void addPaths(ObjectNode paths, ResourceKind kind) {
        String place = kind.traits().namespaced() ? "/namespaces/{namespace}/" : "/";
        String collection = "/" + root(kind) + place + kind.names().plural();
        operation(paths.putObject(collection), "post", kind);
        ObjectNode one = paths.putObject(collection + "/{name}");
        operation(one, "get", kind);
        operation(one, "patch", kind);
    }

    private static void operation(ObjectNode path, String method, ResourceKind kind) {
        ObjectNode operation = path.putObject(method);
        operation
                .putArray("parameters")
                .addObject()
                .put("name", "fieldValidation")
                .put("in", "query");
        operation.set("x-kubernetes-group-version-kind", groupVersionKind(kind));
        operation.putObject("responses");
    }

    private static void addSchema(ObjectNode schemas, ResourceKind kind) {
        ObjectNode schema = (ObjectNode) kind.schema().deepCopy();
        ArrayNode kinds = schema.put("type", "object").putArray("x-kubernetes-group-version-kind");
        kinds.add(groupVersionKind(kind));
        schemas.set(root(kind).replace('/', '.') + "." + kind.names().kind(), schema);
    }

    private static ObjectNode groupVersionKind(ResourceKind kind) {
        return Json.object()
                .put("group", kind.groupVersion().group())
                .put("version", kind.groupVersion().version())
                .put("kind", kind.names().kind());
    }
}
