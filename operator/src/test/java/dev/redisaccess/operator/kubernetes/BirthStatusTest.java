package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.RedisAccessBinding;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Both kinds are in progress from the first moment, with the operator down: kstatus, Flux and Argo CD read that. */
@OnApiServer
class BirthStatusTest {

    private static final String REPORT = """
            apiVersion: redisaccess.dev/v1alpha1
            kind: RedisAccessBinding
            metadata: {name: %s}
            status:
              observedGeneration: 1
              conditions:
              - {type: DatabaseResolved, status: "False", reason: DatabaseNotFound, message: Missing., lastTransitionTime: "2026-11-28T00:00:00Z"}
              - {type: Ready, status: "False", reason: DatabaseNotFound, message: Missing., lastTransitionTime: "2026-11-28T00:00:00Z"}
            """;

    private final ApiServer api;

    BirthStatusTest(ApiServer api) {
        this.api = api;
    }

    @Test
    void aBindingIsInProgressUntilTheOperatorReports() {
        String namespace = api.newNamespace();
        String name = create(Specimens.binding("{}"), namespace);

        assertThat(conditions(namespace, name)).singleElement().satisfies(ready -> {
            assertThat(ready.getType()).isEqualTo("Ready");
            assertThat(ready.getStatus()).isEqualTo("Unknown");
            assertThat(ready.getReason()).isEqualTo("NotAttempted");
        });
        assertThat(api.kubectl().run("get", "rab", name, "-n", namespace)).contains("Unknown", "NotAttempted");
        api.kubectl().run("wait", "--for=condition=Ready=Unknown", "rab/" + name, "-n", namespace, "--timeout=5s");

        api.kubectl()
                .runWith(
                        REPORT.formatted(name),
                        "apply",
                        "--server-side",
                        "--subresource=status",
                        "--field-manager=redis-access-operator",
                        "-n",
                        namespace,
                        "-f",
                        "-");

        assertThat(conditions(namespace, name))
                .as("the default leaves nothing behind")
                .extracting(Condition::getType, Condition::getReason)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("DatabaseResolved", "DatabaseNotFound"),
                        org.assertj.core.groups.Tuple.tuple("Ready", "DatabaseNotFound"));
    }

    @Test
    void aDatabaseIsInProgressUntilTheOperatorReports() {
        String name = create(Specimens.database("{}"), null);
        try {
            api.kubectl().run("wait", "--for=condition=Ready=Unknown", "redisdb/" + name, "--timeout=5s");
        } finally {
            api.kubectl().run("delete", "redisdb", name);
        }
    }

    /** A backup that has a status, or a user that sends one: the main endpoint ignores it. */
    @Test
    void aStatusThatIsSentAtCreationIsDropped() {
        String namespace = api.newNamespace();
        GenericKubernetesResource binding = Specimens.binding("{}");
        binding.setAdditionalProperty(
                "status",
                Map.of(
                        "conditions",
                        List.of(Map.of(
                                "type", "Ready",
                                "status", "True",
                                "reason", "Ready",
                                "message", "",
                                "lastTransitionTime", "2026-01-01T00:00:00Z"))));

        String name = create(binding, namespace);

        assertThat(conditions(namespace, name)).singleElement().satisfies(ready -> assertThat(ready.getStatus())
                .isEqualTo("Unknown"));
    }

    private String create(GenericKubernetesResource object, String namespace) {
        object.getMetadata().setNamespace(namespace);
        return api.client().resource(object).create().getMetadata().getName();
    }

    private List<Condition> conditions(String namespace, String name) {
        return api.client()
                .resources(RedisAccessBinding.class)
                .inNamespace(namespace)
                .withName(name)
                .get()
                .getStatus()
                .conditions();
    }
}
