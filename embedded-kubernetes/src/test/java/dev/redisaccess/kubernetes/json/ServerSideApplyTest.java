package dev.redisaccess.kubernetes.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.kubernetes.json.ServerSideApply.Change;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServerSideApplyTest {
    private static final JsonNode SCHEMA = Json.parseObject("""
            properties:
              status:
                properties:
                  conditions: {x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [type]}
              spec:
                properties:
                  names: {x-kubernetes-list-type: set}
                  atomic: {type: array}
                  labels: {additionalProperties: {type: string}}
            """);

    static Stream<Arguments> changes() {
        return Stream.of(
                row(
                        "sets fields and leaves those of others",
                        "spec: {a: 1}",
                        "{}",
                        "spec: {b: 2}",
                        "spec: {a: 1, b: 2}"),
                row(
                        "removes what the manager leaves out now",
                        "spec: {a: 1, b: 2}",
                        "spec: {a: 1}",
                        "spec: {c: 3}",
                        "spec: {b: 2, c: 3}"),
                row(
                        "removes an object that it set alone",
                        "spec: {o: {x: 1}}",
                        "spec: {o: {x: 1}}",
                        "spec: {c: 3}",
                        "spec: {c: 3}"),
                row(
                        "keeps members that others added to its object",
                        "spec: {o: {x: 1, y: 2}}",
                        "spec: {o: {x: 1}}",
                        "spec: {}",
                        "spec: {o: {y: 2}}"),
                row(
                        "replaces an atomic list",
                        "spec: {atomic: [1, 2]}",
                        "spec: {atomic: [1, 2]}",
                        "spec: {atomic: [3]}",
                        "spec: {atomic: [3]}"),
                row(
                        "unites a set",
                        "spec: {names: [a, b]}",
                        "spec: {names: [b]}",
                        "spec: {names: [c]}",
                        "spec: {names: [a, c]}"),
                row(
                        "unites finalizers",
                        "metadata: {finalizers: [x]}",
                        "{}",
                        "metadata: {finalizers: [y]}",
                        "metadata: {finalizers: [x, y]}"),
                row(
                        "removes its own finalizer only",
                        "metadata: {finalizers: [x, y]}",
                        "metadata: {finalizers: [y]}",
                        "metadata: {}",
                        "metadata: {finalizers: [x]}"),
                row(
                        "merges conditions by type",
                        "status: {conditions: [{type: A, status: 'True', since: 1}, {type: B, status: 'False'}]}",
                        "status: {conditions: [{type: A, status: 'True'}]}",
                        "status: {conditions: [{type: A, status: 'False'}]}",
                        "status: {conditions: [{type: A, status: 'False', since: 1}, {type: B, status: 'False'}]}"),
                row(
                        "keeps the applied order, not that of the default",
                        "status: {conditions: [{type: Ready, status: Unknown}]}",
                        "{}",
                        "status: {conditions: [{type: A}, {type: Ready, status: 'True'}]}",
                        "status: {conditions: [{type: A}, {type: Ready, status: 'True'}]}"),
                row(
                        "leaves the condition of others before the one that it was before",
                        "status: {conditions: [{type: C}, {type: X}, {type: B}]}",
                        "status: {conditions: [{type: C}, {type: B}]}",
                        "status: {conditions: [{type: A}, {type: B}, {type: C}]}",
                        "status: {conditions: [{type: X}, {type: A}, {type: B}, {type: C}]}"),
                row(
                        "removes a condition that it leaves out",
                        "status: {conditions: [{type: A}, {type: B}]}",
                        "status: {conditions: [{type: A}, {type: B}]}",
                        "status: {conditions: [{type: B}]}",
                        "status: {conditions: [{type: B}]}"),
                row(
                        "keeps the owner references of others",
                        "metadata: {ownerReferences: [{uid: u1}]}",
                        "{}",
                        "metadata: {ownerReferences: [{uid: u2}]}",
                        "metadata: {ownerReferences: [{uid: u1}, {uid: u2}]}"));
    }

    private static Arguments row(String... columns) {
        return Arguments.of((Object[]) columns);
    }

    @DisplayName("server-side apply")
    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void merges(String rule, String live, String before, String applied, String result) {
        Change change = new Change(Json.parseObject(live), Json.parseObject(before), Json.parseObject(applied));
        assertThat(ServerSideApply.apply(change, SCHEMA)).as(rule).isEqualTo(Json.parseObject(result));
    }
}
