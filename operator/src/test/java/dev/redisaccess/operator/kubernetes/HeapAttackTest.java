package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a user with the role {@code edit} in one namespace can do to the operator's heap, which has the size of the
 * chart's. An OutOfMemoryError ends the process, as in the image. The objects are created by an administrator: the
 * chart's policy refuses the label to all other users, and this holds without it.
 */
@OnApiServer
class HeapAttackTest {

    /** 76 ConfigMaps were enough. */
    private static final int OBJECTS = "all".equals(System.getProperty("faults")) ? 500 : 100;

    /** Minutes: the machine may have other work, and the duration is not tested. */
    private static final int PATIENCE = 4;

    private static final String MEGABYTE = "x".repeat(1_000_000);
    private static final String ANNOTATION = "x".repeat(250_000);
    private static final Pattern FLAG = Pattern.compile("<jvmFlag>(.*?)</jvmFlag>");
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    /**
     * Up to a gigabyte goes into etcd and to the operator, twice: on a busy machine that takes longer than other tests
     * may.
     */
    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void othersAreServedWhateverATenantStores() throws IOException {
        // A server of its own: half a gigabyte would slow down every other test.
        try (ApiServer api = ApiServer.start(Assets.fromEnvironment().orElseThrow());
                OperatorStage stage = new OperatorStage(api)) {
            String tenant = api.newNamespace();
            create(api.client(), number -> configMap(tenant, number));
            create(api.client(), number -> serviceAccount(tenant, number));
            create(api.client(), number -> binding(tenant, stage.shop, number));

            serve(stage, OperatorStage.NAME);

            // Each is an event of a watch.
            create(api.client(), number -> configMap(tenant, OBJECTS + number));
            touch(api.client(), tenant);
            serve(stage, "second");

            stage.unbind("second");
            assertThat(running.log()).doesNotContain("OutOfMemoryError");
        }
    }

    private UnpackagedOperator running;

    /**
     * Until another team's binding is Ready. On a busy machine the operator may lose its Lease; then it is started
     * again, as by the kubelet. It may not run out of memory even once.
     */
    private void serve(OperatorStage stage, String name) throws IOException {
        stage.bind(name);
        for (int attempt = 1; ; attempt++) {
            if (running == null || !running.isAlive()) {
                running = stage.startOperator(imageFlags(), "operator-0");
            }
            try {
                stage.awaitReady(name);
                return;
            } catch (AssertionError late) {
                if (attempt == PATIENCE || running.log().contains("OutOfMemoryError")) {
                    throw late;
                }
            }
        }
    }

    /** The chart's memory limit, and the flags of its image. */
    private static List<String> imageFlags() throws IOException {
        List<String> flags = new ArrayList<>();
        JsonNode values = Specimens.yaml(Files.readString(ChartReadme.CHART.resolve("values.yaml")));
        flags.add("-XX:MaxRAM=" + values.at("/resources/limits/memory").asText().replace("Mi", "m"));
        Matcher flag = FLAG.matcher(Files.readString(Repository.file("operator/pom.xml")));
        while (flag.find()) {
            if (!flag.group(1).contains("AOT")) {
                flags.add(flag.group(1));
            }
        }
        assertThat(flags).contains("-XX:+ExitOnOutOfMemoryError", "-XX:MaxRAMPercentage=28");
        return flags;
    }

    /**
     * A call that was tried again because its response came late finds that the first attempt has created the object.
     */
    private static void create(KubernetesClient client, IntFunction<HasMetadata> object) {
        IntStream.range(0, OBJECTS).parallel().forEach(number -> {
            try {
                client.resource(object.apply(number)).create();
            } catch (KubernetesClientException refused) {
                if (refused.getCode() != 409) {
                    throw refused;
                }
            }
        });
    }

    private static void touch(KubernetesClient client, String tenant) {
        String patch = "{\"metadata\":{\"annotations\":{\"touched\":\"1\"}}}";
        IntStream.range(0, OBJECTS).parallel().forEach(number -> {
            client.configMaps().inNamespace(tenant).withName("c-" + number).patch(MERGE, patch);
            client.serviceAccounts().inNamespace(tenant).withName("s-" + number).patch(MERGE, patch);
        });
    }

    private static HasMetadata configMap(String namespace, int number) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("c-" + number)
                .addToLabels("app.kubernetes.io/managed-by", "redis-access-operator")
                .addToLabels("redisaccess.dev/binding", "forged")
                .endMetadata()
                .addToData("REDIS_HOSTNAME", MEGABYTE)
                .build();
    }

    private static HasMetadata serviceAccount(String namespace, int number) {
        return new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("s-" + number)
                .addToAnnotations("azure.workload.identity/client-id", ANNOTATION)
                .endMetadata()
                .build();
    }

    private static HasMetadata binding(String namespace, String database, int number) {
        var binding = Specimens.binding("databaseRef: {name: " + database + "}");
        binding.getMetadata().setGenerateName(null);
        binding.getMetadata().setName("b-" + number);
        binding.getMetadata().setNamespace(namespace);
        binding.getMetadata().setAnnotations(Map.of("notes", ANNOTATION));
        return binding;
    }
}
