package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the API server refuses, and its message. */
@OnApiServer
class AdmissionTest {

    private final ApiServer api;

    /** Kubernetes 1.33 writes it before a duplicate value. */
    private static final String TYPE_OF_OLD_SERVERS = "map[string]interface {}";

    AdmissionTest(ApiServer api) {
        this.api = api;
    }

    static Stream<Refusal> refusals() {
        return Stream.concat(Refusal.bindings(), Refusal.databases());
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesWithASentenceThatSaysWhatMustHold(Refusal refusal) {
        List<StatusCause> causes = refused(() -> create(refusal.object()));

        assertThat(causes).anySatisfy(cause -> {
            assertThat(cause.getField()).isEqualTo(refusal.field());
            assertThat(cause.getMessage().replace(TYPE_OF_OLD_SERVERS, "")).endsWith(refusal.message());
        });
        assertThat(causes).as("nothing else is wrong with it").allSatisfy(cause -> assertThat(cause.getField())
                .isIn(refusal.field(), "<nil>"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void refusesAChangeOfWhatIsImmutable(Refusal change) {
        GenericKubernetesResource created =
                create(change.kind() == Refusal.Kind.BINDING ? Specimens.binding("{}") : Specimens.database("{}"));
        GenericKubernetesResource changed = change.object();
        changed.setMetadata(created.getMetadata());

        List<StatusCause> causes = refused(
                () -> api.client().resource(changed).inNamespace("default").update());

        assertThat(causes).anySatisfy(cause -> {
            assertThat(cause.getField()).isEqualTo(change.field());
            assertThat(cause.getMessage()).endsWith(change.message());
        });
    }

    static Stream<Refusal> changes() {
        return Refusal.changes();
    }

    @Test
    void everyRuleOfTheCrdsIsTried() throws IOException {
        List<String> tried =
                Stream.concat(refusals(), changes()).map(Refusal::message).toList();

        List<String> untried = messages().stream()
                .filter(message -> tried.stream().noneMatch(message::equals))
                .toList();

        assertThat(untried).isEmpty();
    }

    private static List<String> messages() throws IOException {
        List<String> messages = new ArrayList<>();
        try (Stream<Path> files = Files.list(Repository.file("crds"))) {
            for (Path file : files.toList()) {
                JsonNode crd = Specimens.yaml(Files.readString(file));
                crd.findValues("x-kubernetes-validations")
                        .forEach(rules -> rules.forEach(
                                rule -> messages.add(rule.get("message").asText())));
            }
        }
        assertThat(messages).hasSizeGreaterThan(5);
        return messages;
    }

    private GenericKubernetesResource create(GenericKubernetesResource object) {
        return api.client().resource(object).inNamespace("default").create();
    }

    private static List<StatusCause> refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
        KubernetesClientException refusal = catchThrowableOfType(KubernetesClientException.class, action);
        assertThat(refusal).as("the API server accepted it").isNotNull();
        assertThat(refusal.getCode()).isEqualTo(422);
        return refusal.getStatus().getDetails().getCauses();
    }
}
