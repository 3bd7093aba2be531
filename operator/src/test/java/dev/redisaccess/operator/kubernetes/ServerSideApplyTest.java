package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.ApiGroup;
import dev.redisaccess.operator.api.RedisAccessBinding;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.Test;

/** A user and the operator each apply their own part of an object. */
@OnApiServer
class ServerSideApplyTest {

    private static final String SPEC = """
            apiVersion: redisaccess.dev/v1alpha1
            kind: RedisAccessBinding
            metadata: {name: orders-cache}
            spec: {databaseRef: {name: orders-cache}, serviceAccountName: orders}
            """;

    private final ApiServer api;
    private final String namespace;

    ServerSideApplyTest(ApiServer api) {
        this.api = api;
        this.namespace = api.newNamespace();
    }

    @Test
    void aPersonsApplyLeavesTheOperatorsFinalizerAndStatus() {
        api.kubectl().runWith(SPEC, "apply", "-n", namespace, "-f", "-");
        applyAsOperator("metadata: {name: orders-cache, finalizers: [redisaccess.dev/access]}", false);
        applyAsOperator("""
                metadata: {name: orders-cache}
                status:
                  observedGeneration: 1
                  conditions:
                  - {type: Ready, status: "True", reason: Ready, message: "", lastTransitionTime: "2026-11-23T10:00:00Z"}
                """, true);

        api.kubectl()
                .runWith(
                        SPEC.replace("orders}", "orders, deletionPolicy: Retain}"),
                        "apply",
                        "-n",
                        namespace,
                        "-f",
                        "-");

        RedisAccessBinding binding = binding();
        assertThat(binding.getFinalizers()).containsExactly(ApiGroup.FINALIZER);
        assertThat(binding.getStatus().conditions())
                .extracting(Condition::getType)
                .containsExactly("Ready");
        assertThat(binding.getMetadata().getGeneration()).isEqualTo(2);
    }

    /** The first update of an object also stores the status that the API server has shown by default since its creation. */
    @Test
    void theSameApplyAgainChangesNothing() {
        api.kubectl().runWith(SPEC, "apply", "--server-side", "-n", namespace, "-f", "-");
        api.kubectl().runWith(SPEC, "apply", "--server-side", "-n", namespace, "-f", "-");
        String before = binding().getMetadata().getResourceVersion();

        api.kubectl().runWith(SPEC, "apply", "--server-side", "-n", namespace, "-f", "-");

        assertThat(binding().getMetadata().getResourceVersion()).isEqualTo(before);
    }

    @Test
    void eachConditionBelongsToTheManagerThatAppliedIt() {
        api.kubectl().runWith(SPEC, "apply", "--server-side", "-n", namespace, "-f", "-");
        applyAsOperator("""
                metadata: {name: orders-cache}
                status:
                  conditions:
                  - {type: Ready, status: "True", reason: Ready, message: "", lastTransitionTime: "2026-11-23T10:00:00Z"}
                """, true);
        api.kubectl()
                .runWith(
                        """
                        apiVersion: redisaccess.dev/v1alpha1
                        kind: RedisAccessBinding
                        metadata: {name: orders-cache}
                        status:
                          conditions:
                          - {type: example.com/Audited, status: "True", reason: Done, message: "", lastTransitionTime: "2026-11-23T10:00:00Z"}
                        """,
                        "apply",
                        "--server-side",
                        "--subresource=status",
                        "--field-manager=auditor",
                        "-n",
                        namespace,
                        "-f",
                        "-");

        assertThat(binding().getStatus().conditions())
                .extracting(Condition::getType)
                .containsExactlyInAnyOrder("Ready", "example.com/Audited");
    }

    @Test
    void twoTeamsEachAdmitTheirOwnNamespaces() {
        String name = "apply-" + namespace;
        String database = """
                apiVersion: redisaccess.dev/v1alpha1
                kind: RedisDatabase
                metadata: {name: %s}
                spec: {resourceId: %s, allowedNamespaces: {names: [%s]}}
                """;
        for (String team : new String[] {"shop", "billing"}) {
            api.kubectl()
                    .runWith(
                            database.formatted(name, Specimens.RESOURCE_ID, team),
                            "apply",
                            "--server-side",
                            "--field-manager=" + team,
                            "-f",
                            "-");
        }

        assertThat(api.kubectl().run("get", "redisdb", name, "-o", "jsonpath={.spec.allowedNamespaces.names[*]}"))
                .isEqualTo("shop billing");
    }

    @Test
    void aFieldOfAnotherManagerIsAConflictThatNamesIt() {
        api.kubectl().runWith(SPEC, "apply", "--server-side", "--field-manager=argocd", "-n", namespace, "-f", "-");

        Tool.Run run = api.kubectl()
                .call(
                        SPEC.replace("orders}", "orders, verification: {mode: Disabled}, deletionPolicy: Retain}"),
                        "apply",
                        "--server-side",
                        "--field-manager=kubectl",
                        "-n",
                        namespace,
                        "-f",
                        "-");
        assertThat(run.succeeded()).as("a default has no manager").isTrue();

        Tool.Run conflict = api.kubectl()
                .call(
                        SPEC.replace("orders}", "orders, deletionPolicy: Delete}"),
                        "apply",
                        "--server-side",
                        "--field-manager=argocd",
                        "-n",
                        namespace,
                        "-f",
                        "-");
        assertThat(conflict.succeeded()).isFalse();
        assertThat(conflict.text()).contains("conflict with \"kubectl\"", ".spec.deletionPolicy");
    }

    private void applyAsOperator(String part, boolean status) {
        GenericKubernetesResource object = Specimens.object("RedisAccessBinding", part);
        object.getMetadata().setNamespace(namespace);
        PatchContext context = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(ApiGroup.FIELD_MANAGER)
                .withForce(true)
                .build();
        var resource = api.client().resource(object);
        if (status) {
            resource.subresource("status").patch(context);
        } else {
            resource.patch(context);
        }
    }

    private RedisAccessBinding binding() {
        return api.client()
                .resources(RedisAccessBinding.class)
                .inNamespace(namespace)
                .withName("orders-cache")
                .get();
    }
}
