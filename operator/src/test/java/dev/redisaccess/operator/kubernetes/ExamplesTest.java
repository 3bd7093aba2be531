package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisDatabase;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example is accepted unchanged, and means what its author wrote. */
@OnApiServer
class ExamplesTest {

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private final ApiServer api;

    ExamplesTest(ApiServer api) {
        this.api = api;
    }

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Repository.file("examples"))) {
            List<Path> examples = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            assertThat(examples).isNotEmpty();
            return examples;
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isAppliedAndKeptAsWritten(Path example) throws IOException {
        api.kubectl().run("apply", "-f", example.toString());
        try {
            // What the API server fills in is no drift to a GitOps tool: `diff` ends with 1 if another apply would
            // change anything.
            api.kubectl().run("diff", "-f", example.toString());
            // Once more with the other kind of apply: nothing in it depends on the first.
            api.kubectl().run("apply", "--server-side", "--force-conflicts", "-f", example.toString());
            api.kubectl().run("diff", "--server-side", "--force-conflicts", "-f", example.toString());
            assertThat(readBack(RedisDatabase.class, example)).isPositive();
            assertThat(readBack(RedisAccessBinding.class, example)).isPositive();
        } finally {
            api.kubectl().run("delete", "--wait=false", "--ignore-not-found", "-f", example.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void beginsWithWhatItIsFor(Path example) throws IOException {
        assertThat(Files.readString(example)).startsWith("# ");
    }

    /** How many there are; each must have the fields that were written, and read by the Java types be the same. */
    private <T extends HasMetadata> int readBack(Class<T> type, Path example) throws IOException {
        int count = 0;
        for (JsonNode written : Specimens.documents(Files.readString(example))) {
            if (!written.path("kind").asText().equals(HasMetadata.getKind(type))) {
                continue;
            }
            count++;
            HasMetadata typed = SERIALIZATION.convertValue(written, type);
            T stored = api.client().resource(type.cast(typed)).get();
            JsonNode spec = SERIALIZATION.convertValue(stored, JsonNode.class).get("spec");
            written.get("spec").properties().forEach(field -> {
                if (field.getValue().isValueNode()) {
                    assertThat(spec.get(field.getKey())).isEqualTo(field.getValue());
                } else {
                    field.getValue().properties().forEach(inner -> assertThat(
                                    spec.get(field.getKey()).get(inner.getKey()))
                            .isEqualTo(inner.getValue()));
                }
            });
        }
        return count;
    }
}
