package dev.redisaccess.testbed;

import dev.redisaccess.launcher.OperatorEnvironment;
import dev.redisaccess.operator.api.AllowedNamespaces;
import dev.redisaccess.operator.api.DatabaseReference;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingSpec;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.api.RedisDatabaseSpec;
import dev.redisaccess.operator.api.VerificationSpec;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Puts objects into the cluster, as a platform team and application teams do. */
final class Objects {

    private static final Duration DEFINITIONS = Duration.ofSeconds(60);
    private static final List<String> FILES = List.of(
            "/crds/redisdatabases.redisaccess.dev-v1.yml",
            "/crds/redisaccessbindings.redisaccess.dev-v1.yml",
            "/crds/redisaccessreports.redisaccess.dev-v1.yml");

    private final KubernetesClient client;

    Objects(KubernetesClient client) {
        this.client = client;
    }

    /** Applies the definitions and waits until they are served. */
    void definitions() {
        for (String file : FILES) {
            try (InputStream in = Objects.class.getResourceAsStream(file)) {
                client.load(in).serverSideApply();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        Waiting.of(DEFINITIONS, Duration.ofMillis(100)).until("the definitions to be served", this::served);
    }

    private boolean served() {
        try {
            client.resources(RedisDatabase.class).list();
            client.resources(RedisAccessBinding.class).inAnyNamespace().list();
            return true;
        } catch (io.fabric8.kubernetes.client.KubernetesClientException notYet) {
            return false;
        }
    }

    void operatorAccount() {
        namespace(OperatorEnvironment.NAMESPACE);
        serviceAccount(OperatorEnvironment.NAMESPACE, OperatorEnvironment.SERVICE_ACCOUNT, "");
    }

    void namespace(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    /** @param clientId for the annotation; empty for none */
    void serviceAccount(String namespace, String name, String clientId) {
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .withAnnotations(
                                clientId.isEmpty() ? Map.of() : Map.of("azure.workload.identity/client-id", clientId))
                        .endMetadata()
                        .build())
                .create();
    }

    /** Registers a database for the namespace of the same name. */
    void redisDatabase(String name, String resourceId, int resyncSeconds) {
        RedisDatabase database = new RedisDatabase();
        database.setMetadata(new ObjectMetaBuilder().withName(name).build());
        database.setSpec(new RedisDatabaseSpec(
                resourceId, new AllowedNamespaces(List.of(name), null), resyncSeconds, null, null));
        client.resource(database).create();
    }

    void binding(Bound bound, int verificationSeconds) {
        client.resource(resource(bound, verificationSeconds)).create();
    }

    void deleteBinding(Bound bound) {
        client.resources(RedisAccessBinding.class)
                .inNamespace(bound.namespace())
                .withName(bound.name())
                .delete();
    }

    private static RedisAccessBinding resource(Bound bound, int verificationSeconds) {
        RedisAccessBinding binding = new RedisAccessBinding();
        binding.setMetadata(new ObjectMetaBuilder()
                .withNamespace(bound.namespace())
                .withName(bound.name())
                .build());
        binding.setSpec(new RedisAccessBindingSpec(
                new DatabaseReference(bound.database()),
                bound.name(),
                null,
                null,
                new VerificationSpec(null, verificationSeconds, null),
                null,
                null,
                null));
        return binding;
    }

    /** The number of Ready RedisDatabases. */
    long readyDatabases() {
        return client.resources(RedisDatabase.class).list().getItems().stream()
                .filter(database -> database.getStatus() != null
                        && database.getStatus().conditions() != null
                        && database.getStatus().conditions().stream()
                                .anyMatch(condition -> condition.getType().equals("Ready")
                                        && condition.getStatus().equals("True")))
                .count();
    }

    /** Its condition Ready, for messages. */
    String readiness(Bound bound) {
        RedisAccessBinding binding = client.resources(RedisAccessBinding.class)
                .inNamespace(bound.namespace())
                .withName(bound.name())
                .get();
        if (binding == null || binding.getStatus() == null) {
            return "without any status";
        }
        return binding.getStatus().conditions().stream()
                .filter(condition -> condition.getType().equals("Ready"))
                .map(condition -> condition.getStatus() + ", " + condition.getReason() + ": " + condition.getMessage())
                .findFirst()
                .orElse("without a condition Ready");
    }

    /** Changes an irrelevant label. */
    void label(String namespace) {
        client.namespaces().withName(namespace).edit(object -> {
            object.getMetadata().setLabels(Map.of("redisaccess.dev/stirred", Long.toString(System.nanoTime())));
            return object;
        });
    }
}
