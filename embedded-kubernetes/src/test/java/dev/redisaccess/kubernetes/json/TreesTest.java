package dev.redisaccess.kubernetes.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // the examples of RFC 7386, appendix A
                "{a: b} | {a: c} | {a: c}",
                "{a: b} | {b: c} | {a: b, b: c}",
                "{a: b} | {a: null} | {}",
                "{a: b, b: c} | {a: null} | {b: c}",
                "{a: [b]} | {a: c} | {a: c}",
                "{a: c} | {a: [b]} | {a: [b]}",
                "{a: {b: c}} | {a: {b: d, c: null}} | {a: {b: d}}",
                "{a: [{b: c}]} | {a: [1]} | {a: [1]}",
                "{e: null} | {a: 1} | {e: null, a: 1}",
                "{} | {a: {bb: {ccc: null}}} | {a: {bb: {}}}"
            })
    void mergePatchFollowsTheRfc(String target, String patch, String result) {
        assertThat(MergePatch.apply(yaml(target), yaml(patch))).isEqualTo(yaml(result));
    }

    @Test
    void directivesOfAStrategicPatchGo() {
        assertThat(MergePatch.withoutDirectives(
                        yaml("{'$setElementOrder/x': [1], metadata: {'$retainKeys': [a], a: 1}}")))
                .isEqualTo(yaml("{metadata: {a: 1}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | {d: {mode: Full, n: 1}}",
                "{d: {}} | {d: {mode: Full}}",
                "{d: {mode: Off}} | {d: {mode: Off}}",
                "{d: {mode: null}} | {d: {mode: Full}}",
                "{o: {}} | {o: {}, d: {mode: Full, n: 1}}",
                "{list: [{}, {x: 2}]} | {list: [{x: 7}, {x: 2}], d: {mode: Full, n: 1}}",
                "{map: {k: {}}} | {map: {k: {x: 7}}, d: {mode: Full, n: 1}}"
            })
    void defaultsAreFilledWhereTheParentIsThere(String object, String result) {
        JsonNode schema = yaml(
                "{properties: {d: {default: {n: 1}, properties: {mode: {default: Full}}}, o: {properties: {p: {properties: {q:"
                        + " {default: 1}}}}}, list: {items: {properties: {x: {default: 7}}}}, map: {additionalProperties:"
                        + " {properties: {x: {default: 7}}}}}}");
        assertThat(SchemaDefaults.apply((com.fasterxml.jackson.databind.node.ObjectNode) yaml(object), schema))
                .isEqualTo(yaml(result));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ".spec.name | one",
                ".spec.ports[1] | 20",
                ".metadata.annotations['a.b/c'] | x",
                ".metadata.annotations.a\\.b/c | x",
                ".status.conditions[?(@.type==\"Ready\")].status | True",
                ".status.conditions[?(@.type=='Ready')].status | True"
            })
    void readsPathsOfPrinterColumns(String path, String value) {
        assertThat(JsonPaths.read(object(), path)).map(JsonNode::asText).contains(value);
    }

    @ParameterizedTest
    @CsvSource({".spec.missing", ".spec.nothing", ".status.conditions[?(@.type=='Gone')].status", ".spec.ports[9]"})
    void aPathToNothingIsEmpty(String path) {
        assertThat(JsonPaths.read(object(), path)).isEmpty();
    }

    @Test
    void refusesAPathThatItDoesNotKnow() {
        assertThatThrownBy(() -> JsonPaths.read(object(), ".spec..name")).isInstanceOf(IllegalArgumentException.class);
    }

    private static JsonNode object() {
        return yaml("{spec: {name: one, ports: [10, 20], nothing: null}, metadata: {annotations: {a.b/c: x}},"
                + " status: {conditions: [{type: Other, status: 'False'}, {type: Ready, status: 'True'}]}}");
    }

    private static JsonNode yaml(String text) {
        return Json.parseDocuments(text).get(0);
    }
}
