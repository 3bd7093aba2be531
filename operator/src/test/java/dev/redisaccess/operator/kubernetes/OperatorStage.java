package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redisaccess.emulator.Emulator;
import dev.redisaccess.emulator.config.ConfigException;
import dev.redisaccess.emulator.config.ConfigFile;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.Assignment;
import dev.redisaccess.emulator.state.Database;
import dev.redisaccess.emulator.state.FederatedCredential;
import dev.redisaccess.emulator.state.OperationFate;
import dev.redisaccess.emulator.state.Principal.ManagedIdentity;
import dev.redisaccess.emulator.state.StartedBy;
import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Everything that an operator needs: the chart's permissions on the API server, an emulated Azure that verifies that
 * server's real signatures, a namespace with a ServiceAccount, and a database that admits it.
 */
public final class OperatorStage implements AutoCloseable {

    /** The binding that most tests make. */
    public static final String NAME = "orders-cache";

    /** Much more than anything takes: a loaded machine must not fail a test. */
    public static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final String SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000001";
    private static final String OPERATOR_CLIENT = "00000000-0000-0000-0000-0000000000aa";
    public static final String WORKLOAD_CLIENT = "00000000-0000-0000-0000-0000000000a1";
    public static final String WORKLOAD_OBJECT = "00000000-0000-0000-0000-0000000000b1";
    private static final String TENANT = "00000000-0000-0000-0000-0000000000ff";

    private final ApiServer api;
    private final Path home;
    private final InstalledChart chart;
    private final Emulator azure;
    private final List<UnpackagedOperator> operators = new ArrayList<>();
    private final Federation federation;
    public final String shop;

    public OperatorStage(ApiServer api, String... values) {
        this(api, Federation.DIRECT, values);
    }

    /** @param federation how the identities of the workload and of the operator are federated, and in no other way */
    public OperatorStage(ApiServer api, Federation federation, String... values) {
        this.api = api;
        this.federation = federation;
        this.shop = api.newNamespace();
        this.chart = new InstalledChart(api);
        try {
            this.home = Files.createTempDirectory("operator-stage");
            this.azure = startAzure();
        } catch (IOException | GeneralSecurityException | ConfigException e) {
            throw new IllegalStateException(e);
        }
        List<String> all = new ArrayList<>(List.of(values));
        all.add("azure.clientId=" + OPERATOR_CLIENT);
        chart.apply(all.toArray(String[]::new));
        serviceAccount("orders", WORKLOAD_CLIENT);
        register(shop);
    }

    private Emulator startAzure() throws IOException, GeneralSecurityException, ConfigException {
        // The cluster's real keys: a token is accepted because of its signature.
        Path keys = Files.writeString(home.resolve("jwks.json"), api.kubectl().run("get", "--raw", "/openid/v1/jwks"));
        return Emulator.start(
                ConfigFile.parse("""
                        tenantId: %1$s
                        timing: fast
                        issuers: [{issuer: "%2$s", keys: "%3$s"}]
                        clusters:
                        - resourceId: %4$s/resourceGroups/shop/providers/Microsoft.Cache/redisEnterprise/orders
                          location: West US 2
                          sku: Balanced_B0
                          hostName: localhost
                          databases: [{name: default, port: 0, clusteringPolicy: NoCluster, accessKeysAuthentication: Disabled, shards: 1}]
                        identities:
                        - resourceId: %4$s/resourceGroups/shop/providers/Microsoft.ManagedIdentity/userAssignedIdentities/orders
                          clientId: %5$s
                          principalId: %6$s
                          federatedCredentials: %10$s
                        - resourceId: %4$s/resourceGroups/shop/providers/Microsoft.ManagedIdentity/userAssignedIdentities/operator
                          clientId: %8$s
                          principalId: 00000000-0000-0000-0000-0000000000bb
                          federatedCredentials: %11$s
                          roles: [{scope: %4$s, role: Redis Access Operator}]
                        """.formatted(
                                        TENANT,
                                        ApiServer.ISSUER,
                                        keys,
                                        SUBSCRIPTION,
                                        WORKLOAD_CLIENT,
                                        WORKLOAD_OBJECT,
                                        shop,
                                        OPERATOR_CLIENT,
                                        chart.namespace(),
                                        credentials(shop, "orders"),
                                        credentials(chart.namespace(), chart.namespace()))
                        + tokenProxy()),
                home.resolve("azure"));
    }

    private String credentials(String namespace, String account) {
        return federation == Federation.IDENTITY_BINDING
                ? "[]"
                : "[{name: federated, issuer: \"%s\", subject: \"system:serviceaccount:%s:%s\"}]"
                        .formatted(ApiServer.ISSUER, namespace, account);
    }

    /** Its authorization is reviewed by the API server, as AKS does it. */
    private String tokenProxy() throws IOException {
        if (federation != Federation.IDENTITY_BINDING) {
            return "";
        }
        String reviewer = "token-proxy-" + shop;
        api.kubectl().run("create", "serviceaccount", "token-proxy", "-n", shop);
        api.kubectl()
                .run(
                        "create",
                        "clusterrolebinding",
                        reviewer,
                        "--clusterrole=system:auth-delegator",
                        "--serviceaccount=" + shop + ":token-proxy");
        Path token = Files.writeString(
                home.resolve("reviewer-token"), api.kubectl().run("create", "token", "token-proxy", "-n", shop));
        return """
                tokenProxy:
                  identityBindings: [%s, %s]
                  kubernetes: {server: "%s", caFile: "%s", tokenFile: "%s"}
                """.formatted(WORKLOAD_CLIENT, OPERATOR_CLIENT, api.url(), api.caFile(), token);
    }

    /** Starts one as a pod of that name, with the token of the chart's ServiceAccount. */
    public UnpackagedOperator startOperator(String pod, String... variables) {
        return startOperator(UnpackagedOperator.QUICK, pod, variables);
    }

    /** The same, with these flags of the runtime. */
    UnpackagedOperator startOperator(List<String> flags, String pod, String... variables) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "KUBECONFIG",
                        chart.operatorKubeconfig(home.resolve(pod + ".kubeconfig"))
                                .toString(),
                "HOME", home.toString(),
                "POD_NAME", pod,
                "POD_NAMESPACE", chart.namespace(),
                "AZURE_TENANT_ID", TENANT,
                "AZURE_CLIENT_ID", OPERATOR_CLIENT,
                "AZURE_FEDERATED_TOKEN_FILE", federatedToken().toString(),
                "AZURE_AUTHORITY_HOST", azure.endpoints().authority(),
                "REDIS_ACCESS_RESOURCE_MANAGER_ENDPOINT", azure.endpoints().arm(),
                "REDIS_ACCESS_CA_BUNDLE", azure.endpoints().caFile()));
        Optional.ofNullable(azure.endpoints().tokenProxy())
                .ifPresent(proxy -> environment.putAll(Map.of(
                        "REDIS_ACCESS_CREDENTIAL", "identity-binding",
                        "AZURE_KUBERNETES_TOKEN_PROXY", proxy.url(),
                        "AZURE_KUBERNETES_SNI_NAME", proxy.serverName(),
                        "AZURE_KUBERNETES_CA_FILE", proxy.caFile())));
        environment.put("REDIS_ACCESS_HEALTH_PORT", "0");
        environment.put("REDIS_ACCESS_METRICS_PORT", "0");
        for (String variable : variables) {
            String[] parts = variable.split("=", 2);
            environment.put(parts[0], parts[1]);
        }
        UnpackagedOperator operator = UnpackagedOperator.start(flags, environment, home.resolve(pod + ".log"));
        operators.add(operator);
        return operator;
    }

    private Path federatedToken() {
        String token = api.kubectl()
                .run(
                        "create",
                        "token",
                        chart.namespace(),
                        "-n",
                        chart.namespace(),
                        "--audience=" + federation.audience())
                .strip();
        try {
            return Files.writeString(home.resolve("federated-token"), token);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public InstalledChart chart() {
        return chart;
    }

    public void apply(String yaml) {
        api.kubectl().runWith(yaml, "apply", "-f", "-");
    }

    /** Registers the same database once more. */
    public void register(String name) {
        apply("""
                apiVersion: redisaccess.dev/v1alpha1
                kind: RedisDatabase
                metadata: {name: %s}
                spec: {resourceId: %s/resourceGroups/shop/providers/Microsoft.Cache/redisEnterprise/orders, allowedNamespaces: {names: [%s]}}
                """.formatted(name, SUBSCRIPTION, shop));
    }

    /** Limits the access to the database: the field {@code spec.access}, as JSON. */
    void limit(String access) {
        api.kubectl().run("patch", "redisdb", shop, "--type=merge", "-p", "{\"spec\": {\"access\": " + access + "}}");
    }

    /** One more ServiceAccount, with an identity of its own that trusts it. */
    ManagedIdentity workload(String account) {
        var identity = new ManagedIdentity(
                new ArmId(SUBSCRIPTION
                        + "/resourceGroups/shop/providers/Microsoft.ManagedIdentity/userAssignedIdentities/" + account),
                "westus2",
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString(),
                List.of(new FederatedCredential(
                        "federated",
                        ApiServer.ISSUER,
                        "system:serviceaccount:" + shop + ":" + account,
                        List.of(federation.audience()))));
        azure.state().directory().put(identity);
        serviceAccount(account, identity.clientId());
        return identity;
    }

    private void serviceAccount(String account, String clientId) {
        apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: %s, namespace: %s, annotations: {azure.workload.identity/client-id: %s}}
                """.formatted(account, shop, clientId));
    }

    /** Logs in to Redis as the workload of {@link #NAME}. */
    WorkloadConnection connect() {
        Database database = azure.state().redis().databases().get(0);
        return WorkloadConnection.open(
                api.client(),
                azure.endpoints(),
                new ServiceAccountKey(shop, "orders"),
                WORKLOAD_CLIENT,
                WORKLOAD_OBJECT,
                azure.redis(database.id().text()).orElseThrow().port());
    }

    /** Binds the ServiceAccount. */
    public void bind(String name) {
        bind(name, "");
    }

    /** Binds it, with one more line in the spec. */
    public void bind(String name, String more) {
        bind(name, "orders", more);
    }

    /** Binds another one. */
    void bind(String name, String account, String more) {
        apply("""
                apiVersion: redisaccess.dev/v1alpha1
                kind: RedisAccessBinding
                metadata: {name: %s, namespace: %s}
                spec:
                  databaseRef: {name: %2$s}
                  serviceAccountName: %s
                  verification: {periodSeconds: 60}
                  %s
                """.formatted(name, shop, account, more));
    }

    /** Deletes a binding, and waits until it is gone. */
    public void unbind(String name) {
        api.kubectl().run("delete", "rab", name, "-n", shop, "--timeout=60s");
    }

    public Resource<RedisAccessBinding> binding(String name) {
        return api.client()
                .resources(RedisAccessBinding.class)
                .inNamespace(shop)
                .withName(name);
    }

    public void awaitCondition(String name, String type, String status, String reason) {
        try {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(condition(name, type)).hasValueSatisfying(condition -> {
                        assertThat(condition.getStatus()).isEqualTo(status);
                        assertThat(condition.getReason()).isEqualTo(reason);
                        // Of what was applied last.
                        assertThat(condition.getObservedGeneration())
                                .isEqualTo(binding(name).get().getMetadata().getGeneration());
                    }));
        } catch (org.awaitility.core.ConditionTimeoutException late) {
            throw new AssertionError(
                    late.getMessage() + "\n" + binding(name).get().getStatus() + "\n"
                            + String.join(
                                    "\n",
                                    operators.stream()
                                            .map(UnpackagedOperator::log)
                                            .toList()),
                    late);
        }
    }

    public void awaitReady(String name) {
        awaitCondition(name, "Ready", "True", "Ready");
    }

    public Optional<Condition> condition(String name, String type) {
        return Optional.ofNullable(binding(name).get())
                .map(RedisAccessBinding::getStatus)
                .map(status -> status.conditions())
                .flatMap(conditions -> conditions.stream()
                        .filter(condition -> condition.getType().equals(type))
                        .findFirst());
    }

    /** The object IDs that Azure admits. */
    public List<String> grantedInAzure() {
        var redis = azure.state().redis();
        return redis.databases().stream()
                .flatMap(database -> redis.assignments(database.id()).stream())
                .map(assignment -> assignment.objectId())
                .toList();
    }

    /** How much access Azure gives, by object ID. */
    Map<String, String> accessInAzure() {
        var redis = azure.state().redis();
        return redis.databases().stream()
                .flatMap(database -> redis.assignments(database.id()).stream())
                .collect(Collectors.toMap(Assignment::objectId, Assignment::effectiveAccessString));
    }

    /** Creates an assignment that others own, such as Terraform. */
    public void assignAsAnotherClient(String name, String objectId) {
        var redis = azure.state().redis();
        redis.putAssignment(
                redis.databases().get(0).id().child("accessPolicyAssignments", name),
                objectId,
                Optional.empty(),
                new StartedBy("terraform", OperationFate.COMPLETES));
    }

    /** The changes requested from Azure, each as method and path. */
    public List<String> changesInAzure() {
        return azure.requestLog().entries().stream()
                .filter(entry ->
                        entry.service().equals("arm") && !entry.method().equals("GET"))
                .map(entry -> entry.method() + " " + entry.path())
                .toList();
    }

    /** How often a change of an assignment was requested from Azure. */
    public long writesToAzure() {
        return changesInAzure().size();
    }

    @Override
    public void close() {
        operators.forEach(UnpackagedOperator::close);
        // Nothing else removes the finalizers.
        api.client()
                .resources(RedisAccessBinding.class)
                .inNamespace(shop)
                .list()
                .getItems()
                .forEach(binding ->
                        release("rab", "-n", shop, binding.getMetadata().getName()));
        release("redisdb", shop);
        azure.close();
        chart.close();
    }

    private void release(String kind, String... name) {
        List<String> delete = new ArrayList<>(List.of("delete", kind, "--wait=false", "--ignore-not-found"));
        delete.addAll(List.of(name));
        api.kubectl().call("", delete.toArray(String[]::new));
        List<String> patch =
                new ArrayList<>(List.of("patch", kind, "--type=merge", "-p", "{\"metadata\":{\"finalizers\":null}}"));
        patch.addAll(List.of(name));
        api.kubectl().call("", patch.toArray(String[]::new));
    }
}
