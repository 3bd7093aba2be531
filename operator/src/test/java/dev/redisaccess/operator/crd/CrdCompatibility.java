package dev.redisaccess.operator.crd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What in a CRD would break users of an earlier version of it: one sentence each. Pure. */
final class CrdCompatibility {

    private final List<String> breaks = new ArrayList<>();

    private CrdCompatibility() {}

    /** Empty if every object that {@code released} accepts is accepted by {@code next}, with the same meaning. */
    static List<String> breaks(JsonNode released, JsonNode next) {
        var comparison = new CrdCompatibility();
        comparison.definition(released.path("spec"), next.path("spec"));
        return comparison.breaks;
    }

    private void definition(JsonNode released, JsonNode next) {
        for (String fixed : List.of("group", "scope")) {
            same("spec." + fixed, released.path(fixed), next.path(fixed));
        }
        for (String name : List.of("kind", "plural", "singular")) {
            same("spec.names." + name, released.at("/names/" + name), next.at("/names/" + name));
        }
        keeps("spec.names.shortNames", released.at("/names/shortNames"), next.at("/names/shortNames"));
        keeps("spec.names.categories", released.at("/names/categories"), next.at("/names/categories"));
        for (JsonNode version : released.path("versions")) {
            String name = version.path("name").asText();
            JsonNode successor = byName(next.path("versions"), name);
            if (successor.isMissingNode() || !successor.path("served").asBoolean()) {
                breaks.add("version " + name + " is no longer served");
            } else {
                version(name, version, successor);
            }
        }
    }

    private void version(String name, JsonNode released, JsonNode next) {
        keeps(name + ".selectableFields", released.path("selectableFields"), next.path("selectableFields"));
        same(name + ".subresources", released.path("subresources"), next.path("subresources"));
        schema(name, released.at("/schema/openAPIV3Schema"), next.at("/schema/openAPIV3Schema"));
    }

    private void schema(String path, JsonNode released, JsonNode next) {
        for (String keyword : SchemaKeywords.FIXED) {
            if (keyword.equals("default") && path.endsWith(".status") && !released.has(keyword)) {
                continue; // What was never reported: no user relies on its absence.
            }
            same(path + "." + keyword, released.path(keyword), next.path(keyword));
        }
        for (String keyword : SchemaKeywords.AT_MOST) {
            bound(path, keyword, released, next, -1);
        }
        for (String keyword : SchemaKeywords.AT_LEAST) {
            bound(path, keyword, released, next, 1);
        }
        for (String keyword : SchemaKeywords.REMOVABLE) {
            if (next.has(keyword)) {
                same(path + "." + keyword, released.path(keyword), next.path(keyword));
            }
        }
        values(path, released.path("enum"), next.path("enum"));
        adds(path + ".required", texts(released.path("required")), texts(next.path("required")));
        adds(path + ".x-kubernetes-validations", rules(released), rules(next));
        children(path, released, next);
    }

    private void children(String path, JsonNode released, JsonNode next) {
        released.path("properties").properties().forEach(property -> {
            String inner = path + "." + property.getKey();
            JsonNode successor = next.path("properties").path(property.getKey());
            if (successor.isMissingNode()) {
                breaks.add(inner + " is gone");
            } else {
                schema(inner, property.getValue(), successor);
            }
        });
        for (String keyword : List.of("items", "additionalProperties")) {
            if (released.has(keyword) && next.has(keyword)) {
                schema(path + "." + keyword, released.get(keyword), next.get(keyword));
            } else {
                same(path + "." + keyword, released.path(keyword), next.path(keyword));
            }
        }
    }

    /** @param direction 1 if a greater number accepts less, -1 if a smaller one does */
    private void bound(String path, String keyword, JsonNode released, JsonNode next, int direction) {
        if (!next.has(keyword)) {
            return;
        }
        double now = next.get(keyword).asDouble();
        if (!released.has(keyword) || Math.signum(now - released.get(keyword).asDouble()) == direction) {
            breaks.add(path + "." + keyword + " is narrower: " + text(released.path(keyword)) + ", now "
                    + text(next.get(keyword)));
        }
    }

    private void values(String path, JsonNode released, JsonNode next) {
        if (next.isMissingNode()) {
            return;
        }
        if (released.isMissingNode()) {
            breaks.add(path + ".enum is new: " + next);
        }
        keeps(path + ".enum", released, next);
    }

    private void keeps(String path, JsonNode released, JsonNode next) {
        Set<String> lost = texts(released);
        lost.removeAll(texts(next));
        lost.forEach(one -> breaks.add(path + " no longer has " + one));
    }

    private void adds(String path, Set<String> released, Set<String> next) {
        Set<String> added = new HashSet<>(next);
        added.removeAll(released);
        added.forEach(one -> breaks.add(path + " requires more: " + one));
    }

    private void same(String path, JsonNode released, JsonNode next) {
        if (!released.equals(next)) {
            breaks.add(path + " was " + text(released) + ", now " + text(next));
        }
    }

    private static Set<String> rules(JsonNode schema) {
        Set<String> rules = new HashSet<>();
        schema.path("x-kubernetes-validations")
                .forEach(rule -> rules.add(rule.path("rule").asText()));
        return rules;
    }

    private static JsonNode byName(JsonNode versions, String name) {
        for (JsonNode version : versions) {
            if (version.path("name").asText().equals(name)) {
                return version;
            }
        }
        return versions.path("none");
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new HashSet<>();
        list.forEach(entry -> texts.add(text(entry)));
        return texts;
    }

    private static String text(JsonNode node) {
        return node.isMissingNode() ? "absent" : node.isTextual() ? node.asText() : node.toString();
    }
}
