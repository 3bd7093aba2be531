package dev.redisaccess.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.kubernetes.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * A kind that the API serves.
 *
 * @param schema the OpenAPI schema of a custom kind; an empty object for a built-in one
 * @param traits what the API server does for objects of this kind
 */
record ResourceKind(GroupVersion groupVersion, Names names, Traits traits, JsonNode schema, List<Column> columns) {

    /** Group (empty for core) and version. */
    record GroupVersion(String group, String version) {
        /** As in {@code apiVersion}. */
        String text() {
            return group.isEmpty() ? version : group + "/" + version;
        }
    }

    /** The names of the kind. */
    record Names(String kind, String plural, String singular, List<String> shortNames, List<String> categories) {
        static Names of(String kind, String plural, String... shortNames) {
            String singular = kind.toLowerCase(java.util.Locale.ROOT);
            return new Names(kind, plural, singular, List.of(shortNames), List.of());
        }

        /** As a CustomResourceDefinition has them. */
        static Names parse(JsonNode names) {
            String kind = names.path("kind").asText();
            return new Names(
                    kind,
                    names.path("plural").asText(),
                    names.path("singular").asText(kind.toLowerCase(java.util.Locale.ROOT)),
                    texts(names.path("shortNames")),
                    texts(names.path("categories")));
        }

        private static List<String> texts(JsonNode list) {
            List<String> texts = new ArrayList<>();
            list.forEach(item -> texts.add(item.asText()));
            return List.copyOf(texts);
        }
    }

    /**
     * @param namespaced objects live in a namespace
     * @param status status is a subresource: writing the object leaves it alone, and the other way round
     * @param generation metadata.generation counts changes of what is neither metadata nor status
     * @param custom defined by a CustomResourceDefinition
     */
    record Traits(boolean namespaced, boolean status, boolean generation, boolean custom) {
        static final Traits CLUSTER = new Traits(false, false, false, false);
        static final Traits CLUSTER_WITH_STATUS = new Traits(false, true, false, false);
        static final Traits NAMESPACED = new Traits(true, false, false, false);
        static final Traits WORKLOAD = new Traits(true, true, true, false);
    }

    /** One served version of a CustomResourceDefinition. */
    static ResourceKind ofDefinition(JsonNode definition, JsonNode version) {
        JsonNode spec = definition.path("spec");
        return new ResourceKind(
                new GroupVersion(
                        spec.path("group").asText(), version.path("name").asText()),
                Names.parse(spec.path("names")),
                new Traits(
                        spec.path("scope").asText().equals("Namespaced"),
                        version.path("subresources").has("status"),
                        true,
                        true),
                Json.child(version.path("schema"), "openAPIV3Schema"),
                Column.ofDefinition(version));
    }

    static ResourceKind builtIn(GroupVersion groupVersion, Names names, Traits traits, List<Column> columns) {
        return new ResourceKind(groupVersion, names, traits, Json.object(), columns);
    }

    boolean is(String group, String plural) {
        return groupVersion.group().equals(group) && names.plural().equals(plural);
    }

    /** As error messages name a resource: {@code configmaps}, {@code redisdatabases.redisaccess.dev}. */
    String qualifiedPlural() {
        return groupVersion.group().isEmpty() ? names.plural() : names.plural() + "." + groupVersion.group();
    }

    ObjectKey key(String namespace, String name) {
        return new ObjectKey(groupVersion.group(), names.plural(), traits.namespaced() ? namespace : "", name);
    }
}
