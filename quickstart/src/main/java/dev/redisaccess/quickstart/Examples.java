package dev.redisaccess.quickstart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.kubernetes.json.Json;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The files that the quickstart applies, as they are in the repository. */
record Examples(
        List<GenericKubernetesResource> definitions,
        GenericKubernetesResource database,
        GenericKubernetesResource serviceAccount,
        GenericKubernetesResource binding) {

    static final String API_VERSION = "redisaccess.dev/v1alpha1";

    /** Reads them from the class path. */
    static Examples load() {
        return new Examples(
                List.of(
                        read("/crds/redisdatabases.redisaccess.dev-v1.yml"),
                        read("/crds/redisaccessreports.redisaccess.dev-v1.yml"),
                        read("/crds/redisaccessbindings.redisaccess.dev-v1.yml")),
                read("/examples/database.yaml"),
                read("/examples/serviceaccount.yaml"),
                read("/examples/binding.yaml"));
    }

    private static GenericKubernetesResource read(String name) {
        try (InputStream in = Examples.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in quickstart.jar. Build it again.");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Serialization.unmarshal(text, GenericKubernetesResource.class);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    static ObjectNode tree(GenericKubernetesResource resource) {
        return Json.parseObject(Serialization.asJson(resource));
    }

    /** The Azure resource ID of the example, for the emulator's configuration. */
    String clusterId() {
        return tree(database).path("spec").path("resourceId").asText();
    }

    String subscriptionId() {
        return clusterId().split("/")[2];
    }

    String clientId() {
        return serviceAccount.getMetadata().getAnnotations().get("azure.workload.identity/client-id");
    }

    String namespace() {
        return binding.getMetadata().getNamespace();
    }
}
