package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redisaccess.operator.api.ApiGroup;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A release through its life: install, upgrade, uninstall, install again. In this order, on one server. */
@OnApiServer
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChartInstallTest {

    private static final String RELEASE = "install-test";
    private static final String NAMESPACE = "install-test";

    private final ApiServer api;
    private final Tool helm;

    ChartInstallTest(ApiServer api) {
        this.api = api;
        this.helm = api.helm();
    }

    @Test
    @Order(1)
    void installsIntoARestrictedNamespace() {
        api.client()
                .namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();

        String said = helm("install", "--take-ownership", "--set", "replicas=2");

        assertThat(said).contains("rollout status deployment/", "kubectl get rab -A");
        // The API server itself judges the pods: one that is not restricted would not be there.
        await().atMost(Duration.ofMinutes(1)).until(() -> pods().size() == 2);
    }

    @Test
    @Order(2)
    void upgradesTheCrds() {
        api.client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("redisaccessbindings." + ApiGroup.NAME)
                .edit(crd -> {
                    crd.getSpec().getNames().setShortNames(List.of());
                    return crd;
                });

        helm("upgrade", "--reuse-values", "--set", "log.level=debug");

        assertThat(api.kubectl().run("get", "crd", "redisaccessbindings." + ApiGroup.NAME, "-o", "yaml"))
                .contains("- rab\n");
    }

    @Test
    @Order(3)
    void keepsCrdsAndObjectsOnUninstall() {
        GenericKubernetesResource database =
                api.client().resource(Specimens.database("{}")).create();

        helm.run("uninstall", RELEASE, "-n", NAMESPACE, "--wait");

        assertThat(api.client().resource(database).get()).isNotNull();
        assertThat(api.kubectl()
                        .run("get", "clusterroles,clusterrolebindings,validatingadmissionpolicies", "-o", "name"))
                .doesNotContain(RELEASE);
        assertThat(api.kubectl().run("get", "all,sa,role,rolebinding,networkpolicy,pdb", "-n", NAMESPACE, "-o", "name"))
                .doesNotContain(RELEASE + "-redis");
    }

    @Test
    @Order(4)
    void installsAgainOverTheCrdsThatStayed() {
        helm("install");

        assertThat(helm.run("list", "-n", NAMESPACE)).contains(RELEASE, "deployed");
        helm.run("uninstall", RELEASE, "-n", NAMESPACE, "--wait");
    }

    private List<Pod> pods() {
        return api.client().pods().inNamespace(NAMESPACE).list().getItems();
    }

    private String helm(String action, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                action,
                RELEASE,
                ChartReadme.CHART.toString(),
                "-n",
                NAMESPACE,
                "-f",
                Path.of(ChartReadme.CHART.toString(), "ci", "minimal-values.yaml")
                        .toString()));
        arguments.addAll(List.of(more));
        return helm.run(arguments.toArray(String[]::new));
    }
}
