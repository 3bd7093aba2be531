package dev.redisaccess.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.kubernetes.ResourceKind.GroupVersion;
import dev.redisaccess.kubernetes.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What clients request before objects: version, groups, resources, and the OpenAPI documents. */
final class Discovery {
    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    private final KindRegistry kinds;

    Discovery(KindRegistry kinds) {
        this.kinds = kinds;
    }

    /** The response to a discovery path; empty for any other path. */
    Optional<JsonNode> response(String path) {
        String trimmed = path.endsWith("/") && path.length() > 1 ? path.substring(0, path.length() - 1) : path;
        return switch (trimmed) {
            case "/version" -> Optional.of(version());
            case "/api" -> Optional.of(coreVersions());
            case "/apis" -> Optional.of(groups());
            case "/api/v1" -> resources(new GroupVersion("", "v1"));
            case "/openapi/v3" -> Optional.of(OpenApi.index(kinds));
            default -> byPrefix(trimmed);
        };
    }

    private Optional<JsonNode> byPrefix(String path) {
        String[] parts = path.split("/");
        if (path.startsWith("/openapi/v3/")) {
            return Optional.of(OpenApi.document(kinds));
        }
        boolean groupOnly = parts.length == 3 && parts[1].equals("apis");
        if (groupOnly) {
            return groupsByName().containsKey(parts[2]) ? Optional.of(group(parts[2])) : Optional.empty();
        }
        boolean groupVersion = parts.length == 4 && parts[1].equals("apis");
        return groupVersion ? resources(new GroupVersion(parts[2], parts[3])) : Optional.empty();
    }

    private static ObjectNode version() {
        return Json.object()
                .put("major", "1")
                .put("minor", "32")
                .put("gitVersion", "v1.32.0+embedded")
                .put("gitTreeState", "clean")
                .put("platform", "linux/amd64");
    }

    private static ObjectNode coreVersions() {
        ObjectNode versions = Json.object().put("kind", "APIVersions");
        versions.putArray("versions").add("v1");
        versions.putArray("serverAddressByClientCIDRs");
        return versions;
    }

    private TreeMap<String, List<String>> groupsByName() {
        TreeMap<String, List<String>> groups = new TreeMap<>();
        kinds.all().stream()
                .map(ResourceKind::groupVersion)
                .filter(groupVersion -> !groupVersion.group().isEmpty())
                .distinct()
                .forEach(groupVersion -> groups.computeIfAbsent(
                                groupVersion.group(), name -> new java.util.ArrayList<>())
                        .add(groupVersion.version()));
        return groups;
    }

    private ObjectNode groups() {
        ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode groups = list.putArray("groups");
        groupsByName().keySet().forEach(name -> groups.add(group(name)));
        return list;
    }

    private ObjectNode group(String name) {
        ObjectNode group =
                Json.object().put("kind", "APIGroup").put("apiVersion", "v1").put("name", name);
        ArrayNode versions = group.putArray("versions");
        groupsByName().get(name).forEach(version -> versions.add(groupVersion(name, version)));
        group.set("preferredVersion", versions.get(0).deepCopy());
        return group;
    }

    private static ObjectNode groupVersion(String group, String version) {
        return Json.object().put("groupVersion", group + "/" + version).put("version", version);
    }

    private Optional<JsonNode> resources(GroupVersion wanted) {
        ObjectNode list = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
        list.put("groupVersion", wanted.text());
        ArrayNode resources = list.putArray("resources");
        kinds.all().stream()
                .filter(kind -> kind.groupVersion().equals(wanted))
                .forEach(kind -> addResource(resources, kind));
        return resources.isEmpty() ? Optional.empty() : Optional.of(list);
    }

    private static void addResource(ArrayNode resources, ResourceKind kind) {
        ObjectNode resource = resources
                .addObject()
                .put("name", kind.names().plural())
                .put("singularName", kind.names().singular())
                .put("namespaced", kind.traits().namespaced())
                .put("kind", kind.names().kind());
        VERBS.forEach(resource.putArray("verbs")::add);
        if (!kind.names().shortNames().isEmpty()) {
            kind.names().shortNames().forEach(resource.putArray("shortNames")::add);
        }
        if (!kind.names().categories().isEmpty()) {
            kind.names().categories().forEach(resource.putArray("categories")::add);
        }
        if (kind.traits().status()) {
            ObjectNode status = resources
                    .addObject()
                    .put("name", kind.names().plural() + "/status")
                    .put("singularName", "")
                    .put("namespaced", kind.traits().namespaced())
                    .put("kind", kind.names().kind());
            status.putArray("verbs").add("get").add("patch").add("update");
        }
    }
}
