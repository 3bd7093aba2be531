package dev.redisaccess.quickstart;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The objects that the quickstart creates in the cluster. It removes those, and no others. */
final class ClusterObjects implements AutoCloseable {
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("quickstart")
            .withForce(true)
            .build();

    private final KubernetesClient client;
    private final Duration limit;
    private final Deque<HasMetadata> made = new ArrayDeque<>();

    /** @param limit how long the removal of one object may take */
    ClusterObjects(KubernetesClient client, Duration limit) {
        this.client = client;
        this.limit = limit;
    }

    /**
     * An existing installation would be served by two operators, one of them with an emulated Azure, and a namespace of a team
     * could have objects of the same names.
     *
     * @throws StepFailure if the cluster has one of the namespaces or definitions, before anything is changed
     */
    void requireUnused(List<String> namespaces, List<? extends HasMetadata> definitions) {
        List<String> found = new ArrayList<>();
        namespaces.stream()
                .filter(name -> client.namespaces().withName(name).get() != null)
                .forEach(name -> found.add("namespace `" + name + "`"));
        definitions.stream()
                .filter(this::exists)
                .forEach(definition -> found.add(
                        "CustomResourceDefinition `" + definition.getMetadata().getName() + "`"));
        if (!found.isEmpty()) {
            throw new StepFailure(
                    "Kubernetes API",
                    "The cluster already has the " + String.join(", the ", found)
                            + ". Nothing was changed. Use a cluster without them, or omit `--kubeconfig`.");
        }
    }

    void namespace(String name) {
        apply(new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build());
    }

    void serviceAccount(ServiceAccountName account) {
        apply(new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(account.namespace())
                .withName(account.name())
                .endMetadata()
                .build());
    }

    /** The permission to use an identity by its identity binding, as examples/identity-binding.yaml has it. */
    void identityBindingUser(ServiceAccountName account, String clientId) {
        String role = "use-mi-" + clientId;
        apply(new ClusterRoleBuilder()
                .withNewMetadata()
                .withName(role)
                .endMetadata()
                .addNewRule()
                .withApiGroups("cid.wi.aks.azure.com")
                .withResources(clientId)
                .withVerbs("use-managed-identity")
                .endRule()
                .build());
        apply(new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(role)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                .addNewSubject(null, "ServiceAccount", account.name(), account.namespace())
                .build());
    }

    /** Applies the definitions and waits until they are served. */
    void definitions(List<GenericKubernetesResource> definitions) {
        definitions.forEach(this::apply);
        definitions.forEach(definition -> client.resource(definition)
                .waitUntilCondition(ClusterObjects::isEstablished, limit.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static boolean isEstablished(HasMetadata definition) {
        return definition != null
                && Conditions.of(Examples.tree((GenericKubernetesResource) definition))
                        .isTrue("Established");
    }

    synchronized void apply(HasMetadata object) {
        Resource<HasMetadata> resource = client.resource(object);
        if (resource.get() == null) {
            made.push(object);
        }
        resource.patch(APPLY, object);
    }

    /** Deletes, without waiting. */
    void delete(HasMetadata object) {
        client.resource(object).delete();
    }

    boolean exists(HasMetadata object) {
        return client.resource(object).get() != null;
    }

    /** Removes the created objects, the last one first. An object that remains after the limit loses its finalizers. */
    @Override
    public synchronized void close() {
        while (!made.isEmpty()) {
            HasMetadata object = made.pop();
            Resource<HasMetadata> resource = client.resource(object);
            if (resource.get() != null) {
                resource.delete();
                waitForEnd(resource);
            }
        }
    }

    private void waitForEnd(Resource<HasMetadata> resource) {
        try {
            resource.waitUntilCondition(java.util.Objects::isNull, limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (io.fabric8.kubernetes.client.KubernetesClientTimeoutException e) {
            // The operator, which would remove them, has ended; the emulated Azure ends with this run.
            client.resource(resource.get()).edit(object -> {
                object.getMetadata().setFinalizers(List.of());
                return object;
            });
        }
    }
}
