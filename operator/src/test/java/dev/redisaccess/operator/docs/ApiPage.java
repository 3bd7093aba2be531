package dev.redisaccess.operator.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.redisaccess.operator.kubernetes.Repository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Generates docs/reference/api.md from the CRDs, which are generated from the API types. */
final class ApiPage {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final List<String> BOUNDS = List.of("minLength", "maxLength", "minimum", "maximum", "maxItems");

    private ApiPage() {}

    static String text() throws IOException {
        return "# API reference\n\n"
                + GeneratedFile.notice("crds/")
                + "\nGroup `redisaccess.dev`, version `v1alpha1`. `kubectl explain rab.spec` prints the same.\n"
                + kind("crds/redisdatabases.redisaccess.dev-v1.yml")
                + kind("crds/redisaccessbindings.redisaccess.dev-v1.yml")
                + kind("crds/redisaccessreports.redisaccess.dev-v1.yml");
    }

    private static String kind(String file) throws IOException {
        JsonNode definition = YAML.readTree(Repository.file(file).toFile()).path("spec");
        JsonNode names = definition.path("names");
        JsonNode schema = definition.path("versions").path(0).path("schema").path("openAPIV3Schema");
        StringBuilder text = new StringBuilder("\n## " + names.path("kind").asText() + "\n\n")
                .append(schema.path("description").asText())
                .append("\n\n")
                .append(definition.path("scope").asText().equals("Cluster") ? "Cluster-scoped" : "Namespaced")
                .append("; short name `")
                .append(names.path("shortNames").path(0).asText())
                .append("`.\n\n| field | type | meaning | rules |\n|---|---|---|---|\n");
        for (String part : List.of("spec", "status", "report")) {
            JsonNode own = schema.path("properties").path(part);
            if (own.isObject()) {
                rows(part, own, !part.equals("status"), text);
            }
        }
        return text.toString();
    }

    private static void rows(String path, JsonNode schema, boolean required, StringBuilder text) {
        text.append("| `")
                .append(path)
                .append("` | ")
                .append(type(schema))
                .append(" | ")
                .append(cell(schema.path("description").asText()))
                .append(" | ")
                .append(cell(rules(schema, required)))
                .append(" |\n");
        JsonNode object = schema.path("type").asText().equals("array") ? schema.path("items") : schema;
        String prefix = path + (object == schema ? "." : "[].");
        List<String> mandatory = StreamSupport.stream(object.path("required").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        object.path("properties")
                .properties()
                .forEach(field ->
                        rows(prefix + field.getKey(), field.getValue(), mandatory.contains(field.getKey()), text));
    }

    private static String type(JsonNode schema) {
        String type = schema.path("type").asText();
        return type.equals("array")
                ? "list of " + schema.path("items").path("type").asText()
                : schema.has("additionalProperties") ? "map" : type;
    }

    private static String rules(JsonNode schema, boolean required) {
        List<String> rules = new ArrayList<>();
        if (required) {
            rules.add("required");
        }
        if (schema.has("default")) {
            rules.add("default `" + schema.path("default") + "`");
        }
        JsonNode values = schema.has("enum") ? schema : schema.path("items");
        if (values.has("enum")) {
            rules.add(StreamSupport.stream(values.path("enum").spliterator(), false)
                    .map(value -> "`" + value.asText() + "`")
                    .collect(Collectors.joining(", ")));
        }
        BOUNDS.stream()
                .filter(schema::has)
                .map(bound -> bound + " " + schema.path(bound).asLong())
                .forEach(rules::add);
        schema.path("x-kubernetes-validations")
                .forEach(rule -> rules.add(rule.path("message").asText()));
        return String.join("; ", rules);
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
