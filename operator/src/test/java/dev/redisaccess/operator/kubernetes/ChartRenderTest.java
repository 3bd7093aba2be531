package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart as rendered by helm, without a cluster. */
class ChartRenderTest {

    private static final String CLIENT_ID = "azure.clientId=00000000-0000-0000-0000-0000000000aa";
    private static final String TENANT_ID = "azure.tenantId=00000000-0000-0000-0000-0000000000bb";

    private final Chart chart = Chart.withHelmOrSkip();

    @Test
    void passesTheStrictLint() {
        assertThat(chart.lint(CLIENT_ID)).contains("0 chart(s) failed");
    }

    @Test
    void rendersWithTheValuesForAks() {
        Tool.Run run = chart.renderWith(ChartReadme.CHART.resolve("values-aks.yaml"), CLIENT_ID);

        assertThat(run.succeeded()).as(run.text()).isTrue();
        assertThat(run.text()).contains("key: CriticalAddonsOnly", "topologyKey: topology.kubernetes.io/zone");
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesValuesThatCannotWork(String value, String message) {
        Tool.Run run = chart.render(CLIENT_ID, value);

        assertThat(run.succeeded()).as("rendered with " + value).isFalse();
        assertThat(run.text()).contains(message);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("replica=2", "additional properties 'replica' not allowed"),
                Arguments.of("traces.endpoint=grpc://collector:4317", "'/traces/endpoint'"),
                Arguments.of("traces.endpoint=http://me:secret@collector:4318", "'/traces/endpoint'"),
                Arguments.of("replicas=-1", "'/replicas': minimum: got -1, want 0"),
                Arguments.of("image.digest=latest", "'/image/digest'"),
                Arguments.of("image.pullPolicy=Sometimes", "'/image/pullPolicy'"),
                Arguments.of("azure.clientId=redis-access-operator", "'/azure/clientId'"),
                Arguments.of("azure.credential=secret", "'/azure/credential'"),
                Arguments.of("azure.authorityHost=http://login.example", "'/azure/authorityHost'"),
                Arguments.of("azure.clientId=", "azure.clientId must be set: the client ID of the operator's own"),
                Arguments.of("azure.federatedToken=Projected", "azure.tenantId must be set"),
                Arguments.of("azure.credential=managed-identity", "azure.tenantId must be set"),
                Arguments.of("watchNamespaces={shop}", "tokenRequests.scope Cluster reaches beyond watchNamespaces"),
                Arguments.of("watchNamespaces={Shop}", "'/watchNamespaces/0'"),
                Arguments.of("tokenRequests.scope=Everything", "'/tokenRequests/scope'"),
                Arguments.of("tokenRequests.scope=Namespaces", "tokenRequests.namespaces must name at least one"),
                Arguments.of(
                        "tokenRequests.scope=ServiceAccounts", "tokenRequests.serviceAccounts must name at least one"),
                Arguments.of("tokenRequests.namespaces={shop}", "tokenRequests.namespaces has no effect unless"),
                Arguments.of(
                        "tokenRequests.serviceAccounts[0].namespace=shop",
                        "'/tokenRequests/serviceAccounts/0': missing property 'name'"),
                Arguments.of("serviceAccount.create=false", "serviceAccount.name must be set"),
                Arguments.of(
                        "azure.credential=developer,azure.tenantId=00000000-0000-0000-0000-0000000000bb,azure.federatedToken=Projected",
                        "azure.federatedToken has no effect unless azure.credential is workload-identity or identity-binding"),
                Arguments.of(
                        "azure.credential=identity-binding",
                        "azure.credential identity-binding requires identityBindings.enabled"),
                Arguments.of(
                        "identityBindings.enabled=true", "the token that the webhook mounts is for the token proxy"),
                Arguments.of(
                        "identityBindings.enabled=true,azure.credential=identity-binding,identityBindings.tokenProxy.url=https://api.example,identityBindings.tokenProxy.caConfigMapName=ca",
                        "the token that the webhook mounts is not for the token proxy"),
                Arguments.of(
                        "identityBindings.tokenProxy.url=https://api.example",
                        "identityBindings.tokenProxy has no effect unless identityBindings.enabled is true"),
                Arguments.of(
                        "identityBindings.enabled=true,identityBindings.tokenProxy.serverName=a.ests.aks",
                        "identityBindings.tokenProxy.url must be set together with"),
                Arguments.of(
                        "identityBindings.enabled=true,identityBindings.tokenProxy.url=https://api.example",
                        "identityBindings.tokenProxy.caConfigMapName must be set together with its url"),
                Arguments.of(
                        "identityBindings.tokenProxy.url=http://api.example", "'/identityBindings/tokenProxy/url'"),
                Arguments.of(
                        "networkPolicy.azureTo[0].ipBlock.cidr=10.0.0.0/8",
                        "networkPolicy.azureTo has no effect while port 443 is open to anywhere for the API server"),
                Arguments.of(
                        "extraEnv[0].name=REDIS_ACCESS_WATCH_NAMESPACES",
                        "extraEnv must not set REDIS_ACCESS_WATCH_NAMESPACES: the chart sets it from its values"),
                Arguments.of("networkPolicy.metricsFrom[0].namespace=monitoring", "'/networkPolicy/metricsFrom/0'"),
                Arguments.of(
                        "networkPolicy.monitoringNamespaces={Monitoring}", "'/networkPolicy/monitoringNamespaces/0'"),
                Arguments.of("metricsPort=8080", "metricsPort must differ from healthPort"),
                Arguments.of("azure.ownerId=short", "'/azure/ownerId'"),
                Arguments.of(
                        "tokenRequests.audiences={https://kubernetes.default.svc}", "'/tokenRequests/audiences/0'"),
                Arguments.of("admissionPolicies.exemptUsers={a'b}", "'/admissionPolicies/exemptUsers/0'"),
                Arguments.of("proxy.httpsProxy=http://proxy.example", "'/proxy/httpsProxy'"),
                Arguments.of("proxy.httpsProxy=http://user:password@proxy.example:3128", "'/proxy/httpsProxy'"),
                Arguments.of("proxy.noProxy=.example", "proxy.noProxy has no effect unless proxy.httpsProxy is set"),
                Arguments.of(
                        "proxy.httpsProxy=http://proxy.example:3128,extraEnv[0].name=HTTPS_PROXY",
                        "extraEnv must not set HTTPS_PROXY: the chart sets it from its values"),
                Arguments.of("podMonitor.interval=often", "'/podMonitor/interval'"),
                Arguments.of("caBundle.key=a/b", "'/caBundle/key'"),
                Arguments.of("terminationGracePeriodSeconds=1", "'/terminationGracePeriodSeconds'"),
                Arguments.of("healthPort=80", "'/healthPort'"),
                Arguments.of("log.level=VERBOSE", "'/log/level'"),
                Arguments.of("resources.limits.memory=lots", "'/resources/limits/memory'"));
    }

    @Test
    void refusesAClusterThatIsTooOld() {
        Tool.Run run = chart.renderFor("1.30.9", CLIENT_ID);

        assertThat(run.succeeded()).isFalse();
        assertThat(run.text()).contains("chart requires kubeVersion: >=1.31.0-0");
    }

    /** As an extra variable, each would be there twice. */
    @Test
    void listsEveryVariableThatItSets() throws IOException {
        String template = Files.readString(ChartReadme.CHART.resolve("templates/deployment.yaml"));
        String helpers = Files.readString(ChartReadme.CHART.resolve("templates/_helpers.tpl"));

        assertThat(Pattern.compile("- name: ([A-Z_]+)\n")
                        .matcher(template)
                        .results()
                        .map(set -> set.group(1)))
                .hasSize(22)
                .allSatisfy(variable -> assertThat(helpers).contains("\n- " + variable + "\n"));
    }

    @Test
    void givesThePodWhatTheOperatorReads() {
        Deployment deployment = chart.one(
                Deployment.class,
                CLIENT_ID,
                TENANT_ID,
                "azure.federatedToken=Projected",
                "azure.authorityHost=https://login.microsoftonline.us",
                "azure.resourceManagerEndpoint=https://management.usgovcloudapi.net",
                "azure.ownerId=cluster-of-2026",
                "caBundle.configMapName=ca",
                "proxy.httpsProxy=http://proxy.example:3128",
                "proxy.noProxy=.internal.example",
                "watchNamespaces={shop,billing}",
                "tokenRequests.scope=Namespaces");

        List<EnvVar> env = deployment
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getEnv();
        assertThat(env)
                .extracting(variable -> variable.getName() + "=" + variable.getValue())
                .containsExactly(
                        "POD_NAME=null",
                        "POD_NAMESPACE=null",
                        "POD_SERVICE_ACCOUNT=null",
                        "REDIS_ACCESS_CREDENTIAL=workload-identity",
                        "AZURE_CLIENT_ID=00000000-0000-0000-0000-0000000000aa",
                        "AZURE_TENANT_ID=00000000-0000-0000-0000-0000000000bb",
                        "AZURE_AUTHORITY_HOST=https://login.microsoftonline.us",
                        "AZURE_FEDERATED_TOKEN_FILE=/var/run/secrets/redis-access/entra/token",
                        "REDIS_ACCESS_RESOURCE_MANAGER_ENDPOINT=https://management.usgovcloudapi.net",
                        "REDIS_ACCESS_OWNER_ID=cluster-of-2026",
                        "REDIS_ACCESS_CA_BUNDLE=/etc/redis-access/ca/ca.crt",
                        "REDIS_ACCESS_WATCH_NAMESPACES=shop,billing",
                        "REDIS_ACCESS_HEALTH_PORT=8080",
                        "REDIS_ACCESS_METRICS_PORT=8081",
                        "HTTPS_PROXY=http://proxy.example:3128",
                        "NO_PROXY=.internal.example,kubernetes.default.svc,$(KUBERNETES_SERVICE_HOST)",
                        "REDIS_ACCESS_LOG_FORMAT=json",
                        "REDIS_ACCESS_LOG_LEVEL=info");
    }

    @Test
    void requestsATokenOfTheWebhookUnlessItMountsOne() {
        assertThat(podLabels(CLIENT_ID)).containsEntry("azure.workload.identity/use", "true");
        assertThat(podLabels(CLIENT_ID, TENANT_ID, "azure.federatedToken=Projected"))
                .doesNotContainKey("azure.workload.identity/use");
    }

    @Test
    void requestsTheTokenProxyOfTheWebhookUnlessItIsGiven() {
        String[] byWebhook = {CLIENT_ID, "identityBindings.enabled=true", "azure.credential=identity-binding"};
        String[] given = {
            CLIENT_ID,
            TENANT_ID,
            "identityBindings.enabled=true",
            "azure.credential=identity-binding",
            "azure.federatedToken=Projected",
            "identityBindings.tokenProxy.url=https://api.example",
            "identityBindings.tokenProxy.serverName=a.ests.aks",
            "identityBindings.tokenProxy.caConfigMapName=cluster"
        };
        String annotation = "azure.workload.identity/use-identity-binding";

        assertThat(podAnnotations(CLIENT_ID)).doesNotContainKey(annotation);
        assertThat(podAnnotations(byWebhook)).containsEntry(annotation, "true");
        assertThat(podLabels(byWebhook)).containsEntry("azure.workload.identity/use", "true");
        assertThat(podAnnotations(given)).doesNotContainKey(annotation);
        assertThat(podLabels(given)).doesNotContainKey("azure.workload.identity/use");
        assertThat(chart.one(Deployment.class, given)
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getEnv())
                .extracting(variable -> variable.getName() + "=" + variable.getValue())
                .contains(
                        "AZURE_KUBERNETES_TOKEN_PROXY=https://api.example",
                        "AZURE_KUBERNETES_SNI_NAME=a.ests.aks",
                        "AZURE_KUBERNETES_CA_FILE=/etc/redis-access/token-proxy/ca.crt",
                        "REDIS_ACCESS_CREDENTIAL=identity-binding");
    }

    private java.util.Map<String, String> podAnnotations(String... values) {
        return chart.one(Deployment.class, values)
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations();
    }

    private java.util.Map<String, String> podLabels(String... values) {
        return chart.one(Deployment.class, values)
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getLabels();
    }

    @Test
    void pinsTheImageByDigest() {
        String digest = "sha256:" + "0a".repeat(32);

        Deployment deployment = chart.one(Deployment.class, CLIENT_ID, "image.digest=" + digest, "image.tag=ignored");

        assertThat(deployment.getSpec().getTemplate().getSpec().getContainers())
                .singleElement()
                .satisfies(container ->
                        assertThat(container.getImage()).isEqualTo("redisaccess/redis-access-operator@" + digest));
    }

    @Test
    void limitsItselfToTheWatchedNamespaces() {
        List<HasMetadata> objects =
                chart.objects(CLIENT_ID, "watchNamespaces={shop,billing}", "tokenRequests.scope=Namespaces");

        assertThat(of(RoleBinding.class, objects))
                .extracting(binding -> binding.getMetadata().getNamespace() + "/"
                        + binding.getRoleRef().getName())
                .containsExactlyInAnyOrder(
                        "shop/redis-access-operator-bindings",
                        "billing/redis-access-operator-bindings",
                        "shop/redis-access-operator-tokens",
                        "billing/redis-access-operator-tokens",
                        "default/redis-access-operator-events",
                        "redis-access-system/redis-access-operator-lease");
        assertThat(of(ClusterRoleBinding.class, objects))
                .extracting(binding -> binding.getRoleRef().getName())
                .containsExactly("redis-access-operator-cluster");
    }

    @Test
    void namesServiceAccountsOneByOne() {
        List<HasMetadata> objects = chart.objects(
                CLIENT_ID,
                "tokenRequests.scope=ServiceAccounts",
                "tokenRequests.serviceAccounts[0].namespace=shop",
                "tokenRequests.serviceAccounts[0].name=web",
                "tokenRequests.serviceAccounts[1].namespace=shop",
                "tokenRequests.serviceAccounts[1].name=orders",
                "tokenRequests.serviceAccounts[2].namespace=billing",
                "tokenRequests.serviceAccounts[2].name=invoices");

        assertThat(of(Role.class, objects))
                .filteredOn(role -> role.getMetadata().getName().endsWith("-tokens"))
                .extracting(role -> role.getMetadata().getNamespace() + ":"
                        + role.getRules().get(0).getResourceNames())
                .containsExactlyInAnyOrder("shop:[orders, web]", "billing:[invoices]");
    }

    @Test
    void makesADisruptionBudgetOnlyWhereItCanBeKept() {
        assertThat(of(PodDisruptionBudget.class, chart.objects(CLIENT_ID))).isEmpty();
        assertThat(of(PodDisruptionBudget.class, chart.objects(CLIENT_ID, "replicas=2")))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "networkPolicy.enabled",
                "tokenRequests.audiencePolicy",
                "admissionPolicies.enabled",
                "aggregatedRoles.enabled",
                "injection.enabled"
            })
    void leavesOutWhatIsSwitchedOff(String value) {
        assertThat(chart.objects(CLIENT_ID, value + "=false"))
                .hasSizeLessThan(chart.objects(CLIENT_ID).size());
    }

    @Test
    void leavesOutInjectionWhereTheClusterHasNoMutatingAdmissionPolicies() {
        assertThat(chart.renderFor("1.36.1-aks", CLIENT_ID).text()).contains("kind: MutatingAdmissionPolicy");
        assertThat(chart.renderFor("1.35.4", CLIENT_ID).text())
                .contains("kind: Deployment")
                .doesNotContain("kind: MutatingAdmissionPolicy", "redisaccess.dev/env-from");
    }

    @Test
    void limitsInjectionToTheWatchedNamespaces() {
        assertThat(chart.objects(CLIENT_ID, "watchNamespaces={shop,billing}", "tokenRequests.scope=Namespaces"))
                .filteredOn(object -> object.getMetadata().getName().endsWith("-injection")
                        && object.getKind().endsWith("Binding"))
                .hasSize(2)
                .allSatisfy(binding -> assertThat(Serialization.asJson(binding))
                        .contains("\"namespaceSelector\"", "\"kubernetes.io/metadata.name\"", "\"shop\",\"billing\""));
    }

    /** A rule without peers admits every client. */
    @Test
    void closesMetricsToAllButTheListed() {
        assertThat(ingress(CLIENT_ID)).isEmpty();
        assertThat(ingress(
                        CLIENT_ID,
                        "networkPolicy.monitoringNamespaces={monitoring}",
                        "networkPolicy.metricsFrom[0].ipBlock.cidr=10.4.0.0/16"))
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.getPorts()).singleElement().satisfies(port -> assertThat(
                                    port.getPort().getStrVal())
                            .isEqualTo("metrics"));
                    assertThat(rule.getFrom()).hasSize(2);
                    assertThat(Serialization.asJson(rule.getFrom().get(0)))
                            .contains("kubernetes.io/metadata.name", "monitoring");
                    assertThat(rule.getFrom().get(1).getIpBlock().getCidr()).isEqualTo("10.4.0.0/16");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "http://collector.monitoring:4318, 4318",
        "https://collector.example, 443",
        "http://collector/v1/traces, 80",
        "http://[::1]:4319/v1/traces, 4319"
    })
    void opensThePortOfTheCollectorOfTraces(String endpoint, int port) {
        NetworkPolicy policy = chart.one(
                NetworkPolicy.class,
                CLIENT_ID,
                "traces.endpoint=" + endpoint,
                "networkPolicy.tracesTo[0].ipBlock.cidr=10.6.0.0/16");

        assertThat(policy.getSpec().getEgress())
                .filteredOn(rule -> rule.getTo().stream()
                        .anyMatch(peer -> peer.getIpBlock() != null
                                && "10.6.0.0/16".equals(peer.getIpBlock().getCidr())))
                .singleElement()
                .satisfies(rule -> assertThat(rule.getPorts()).singleElement().satisfies(opened -> assertThat(
                                opened.getPort().getIntVal())
                        .isEqualTo(port)));
    }

    private List<NetworkPolicyIngressRule> ingress(String... values) {
        return chart.one(NetworkPolicy.class, values).getSpec().getIngress();
    }

    /** Status and label are written by another installation in its namespaces. */
    @Test
    void limitsThePoliciesForTenantsToTheWatchedNamespaces() {
        assertThat(chart.objects(CLIENT_ID, "watchNamespaces={shop}", "tokenRequests.scope=Namespaces"))
                .filteredOn(object -> object.getKind().equals("ValidatingAdmissionPolicyBinding")
                        && object.getMetadata().getName().matches(".*-(status|label)"))
                .hasSize(2)
                .allSatisfy(binding ->
                        assertThat(Serialization.asJson(binding)).contains("\"namespaceSelector\"", "\"shop\""));
    }

    @Test
    void addsWhatIsSwitchedOn() {
        assertThat(chart.objects(CLIENT_ID, "podMonitor.enabled=true", "serviceBinding.enabled=true"))
                .hasSize(chart.objects(CLIENT_ID).size() + 2);
    }

    @Test
    void keepsCrdsOnUninstall() {
        assertThat(chart.objects(CLIENT_ID))
                .filteredOn(object -> "CustomResourceDefinition".equals(object.getKind()))
                .hasSize(3)
                .allSatisfy(crd -> assertThat(crd.getMetadata().getAnnotations())
                        .containsEntry("helm.sh/resource-policy", "keep"));
    }

    private static <T> List<T> of(Class<T> type, List<HasMetadata> objects) {
        return objects.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
