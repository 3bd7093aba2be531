package dev.redisaccess.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.redisaccess.operator.kubernetes.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** crds/ accepts each object that a baseline accepts. The second half shows that the comparison can fail. */
class CrdBaselinesTest {

    private static final Path ROOT = Repository.file("");
    private static final Path BASELINES = ROOT.resolve("operator/src/test/resources/crd-baselines");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private static final String SPEC = "/spec/versions/0/schema/openAPIV3Schema/properties/spec";

    @ParameterizedTest
    @MethodSource("baselines")
    void takesWhatTheBaselineTakes(Path file) throws IOException {
        Path next = ROOT.resolve("crds").resolve(file.getFileName());

        assertThat(next).exists();
        assertThat(CrdCompatibility.breaks(yaml(file), yaml(next)))
                .as(
                        "crds/%s would break users of %s: see %s",
                        next.getFileName(), file.getParent().getFileName(), BASELINES.resolve("README.md"))
                .isEmpty();
    }

    static Stream<Path> baselines() throws IOException {
        try (Stream<Path> files = Files.walk(BASELINES)) {
            return files.filter(file -> file.toString().endsWith(".yml")).sorted().toList().stream();
        }
    }

    @Test
    void mayTakeMore() throws IOException {
        JsonNode next = binding();
        at(next, SPEC + "/properties").putObject("note").put("type", "string").put("maxLength", 64);
        at(next, SPEC + "/properties/environment/properties/prefix")
                .put("maxLength", 64)
                .remove("x-kubernetes-validations");
        list(next, SPEC + "/properties/deletionPolicy/enum").add("RetainOnFailure");
        at(next, SPEC).put("description", "Other words.");
        list(next, "/spec/names/shortNames").add("rabs");

        assertThat(CrdCompatibility.breaks(binding(), next)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("narrower")
    void findsWhatWouldBreak(Consumer<JsonNode> change, String sentence) throws IOException {
        JsonNode next = binding();
        change.accept(next);

        assertThat(CrdCompatibility.breaks(binding(), next))
                .singleElement()
                .asString()
                .contains(sentence);
    }

    static Stream<Arguments> narrower() {
        return Stream.of(
                change(crd -> at(crd, SPEC + "/properties").remove("clientId"), "spec.clientId is gone"),
                change(
                        crd -> at(crd, SPEC + "/properties/clientId").put("type", "integer"),
                        "clientId.type was string, now integer"),
                change(crd -> list(crd, SPEC + "/required").add("clientId"), "spec.required requires more: clientId"),
                change(
                        crd -> list(crd, SPEC + "/properties/deletionPolicy/enum")
                                .remove(1),
                        "enum no longer has Retain"),
                change(
                        crd -> at(crd, SPEC + "/properties/clientId")
                                .putArray("enum")
                                .add("one"),
                        "clientId.enum is new"),
                change(
                        crd -> at(crd, SPEC + "/properties/environment/properties/prefix")
                                .put("maxLength", 8),
                        "prefix.maxLength is narrower: 32, now 8"),
                change(
                        crd -> at(crd, SPEC + "/properties/clientId").put("minLength", 1),
                        "clientId.minLength is narrower: absent, now 1"),
                change(
                        crd -> at(crd, SPEC + "/properties/clientId").put("pattern", "^a$"),
                        "clientId.pattern was absent, now ^a$"),
                change(
                        crd -> at(crd, SPEC + "/properties/deletionPolicy").put("default", "Retain"),
                        "deletionPolicy.default was Delete, now Retain"),
                change(
                        crd -> at(crd, SPEC + "/properties/environment/properties/profiles")
                                .put("x-kubernetes-list-type", "atomic"),
                        "x-kubernetes-list-type was set, now atomic"),
                change(
                        crd -> list(crd, SPEC + "/properties/clientId/x-kubernetes-validations")
                                .addObject()
                                .put("rule", "self != ''"),
                        "requires more: self != ''"),
                change(
                        crd -> at(crd, SPEC + "/properties/environment/properties/profiles/items")
                                .put("maxLength", 4),
                        "profiles.items.maxLength is narrower"),
                change(
                        crd -> list(crd, "/spec/versions/0/selectableFields").remove(0),
                        "selectableFields no longer has"),
                change(crd -> at(crd, "/spec/versions/0").remove("subresources"), "subresources was"),
                change(crd -> at(crd, "/spec/versions/0").put("served", false), "version v1alpha1 is no longer served"),
                change(crd -> at(crd, "/spec/versions/0").put("name", "v1"), "version v1alpha1 is no longer served"),
                change(crd -> list(crd, "/spec/names/shortNames").removeAll(), "shortNames no longer has rab"),
                change(crd -> at(crd, "/spec").put("scope", "Cluster"), "spec.scope was Namespaced, now Cluster"));
    }

    private static Arguments change(Consumer<JsonNode> change, String sentence) {
        return Arguments.of(Named.of(sentence, change), sentence);
    }

    private static ObjectNode at(JsonNode crd, String pointer) {
        return (ObjectNode) crd.at(pointer);
    }

    private static ArrayNode list(JsonNode crd, String pointer) {
        return (ArrayNode) crd.at(pointer);
    }

    private static JsonNode binding() throws IOException {
        return yaml(ROOT.resolve("crds/redisaccessbindings.redisaccess.dev-v1.yml"));
    }

    private static JsonNode yaml(Path file) throws IOException {
        return YAML.readTree(file.toFile());
    }
}
