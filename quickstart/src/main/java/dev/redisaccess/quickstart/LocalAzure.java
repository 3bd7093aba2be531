package dev.redisaccess.quickstart;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.kubernetes.json.Json;
import dev.redisaccess.launcher.ChildProcess;
import dev.redisaccess.launcher.JavaProgram;
import dev.redisaccess.launcher.Launch;
import dev.redisaccess.launcher.OperatorEnvironment;
import dev.redisaccess.launcher.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The emulator, with the Azure resources of the examples: their database, the workload's identity, and the
 * operator's, which trust the cluster's ServiceAccounts.
 */
final class LocalAzure {
    /** For a slow, busy machine: it creates two RSA keys and starts Redis servers. If it ends, the wait ends at once. */
    private static final Duration START = Duration.ofSeconds(120);

    private final String tenantId = UUID.randomUUID().toString();
    private final String operatorClientId = UUID.randomUUID().toString();
    private final ToolsPrincipal tools = new ToolsPrincipal(UUID.randomUUID().toString(), "for-local-use-only");
    private final Examples examples;
    private final Path directory;

    LocalAzure(Examples examples, Path directory) {
        this.examples = examples;
        this.directory = directory;
    }

    String tenantId() {
        return tenantId;
    }

    String operatorClientId() {
        return operatorClientId;
    }

    ToolsPrincipal tools() {
        return tools;
    }

    /** A service principal that owns the subscription: for az, Terraform and SDKs in addition to the operator. */
    record ToolsPrincipal(String clientId, String secret) {}

    /** The federation of the identities: issuer, keys and ServiceAccount. */
    record Trust(String issuer, Path keys, ServiceAccountName workload, ServiceAccountName operator) {}

    Endpoints start(Programs programs, Options options, Trust trust) {
        Path config = directory.resolve("emulator.yaml");
        Path state = directory.resolve("azure");
        try {
            Files.createDirectories(state);
            Files.writeString(config, Json.yaml(configuration(options, trust)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ChildProcess emulator = programs.start(Launch.of(
                "emulator",
                JavaProgram.small(
                        options.jars().emulator(), "--config", config.toString(), "--state", state.toString()),
                Map.of()));
        return new Patience("local Azure", START, List.of(emulator))
                .until("the emulator's endpoints.json", () -> Endpoints.read(state.resolve("endpoints.json")));
    }

    private ObjectNode configuration(Options options, Trust trust) {
        ObjectNode root = Json.object()
                .put("tenantId", tenantId)
                .put("timing", options.timing().name())
                .put("redisTokenLifetimeSeconds", (int) SampleTokens.LIFETIME.toSeconds());
        root.putArray("issuers")
                .addObject()
                .put("issuer", trust.issuer())
                .put("keys", trust.keys().toString());
        root.putArray("clusters")
                .addObject()
                .put("resourceId", examples.clusterId())
                .put("location", "West US 2")
                .put("sku", "Balanced_B0")
                .put("hostName", "localhost")
                .putArray("databases")
                .addObject()
                .put("name", "default")
                .put("port", 0)
                .put("clusteringPolicy", "NoCluster")
                .put("accessKeysAuthentication", "Disabled");
        ArrayNode identities = root.putArray("identities");
        identity(identities, "orders", examples.clientId(), federated(trust, trust.workload()));
        identity(identities, "redis-access-operator", operatorClientId, federated(trust, trust.operator()))
                .putArray("roles")
                .add(role("Redis Access Operator"));
        if (options.federation() == Options.Federation.identity_binding) {
            ObjectNode proxy = root.putObject("tokenProxy");
            proxy.putArray("identityBindings").add(examples.clientId());
            proxy.putArray("authorization")
                    .addObject()
                    .put("clientId", examples.clientId())
                    .putArray("subjects")
                    .add(trust.workload().subject());
        }
        root.putArray("servicePrincipals")
                .addObject()
                .put("clientId", tools.clientId())
                .put("objectId", UUID.randomUUID().toString())
                .put("clientSecret", tools.secret())
                .putArray("roles")
                .add(role("Owner"));
        return root;
    }

    private ObjectNode role(String name) {
        return Json.object()
                .put("scope", "/subscriptions/" + examples.subscriptionId())
                .put("role", name);
    }

    private ObjectNode identity(ArrayNode identities, String name, String clientId, ObjectNode credential) {
        ObjectNode identity = identities
                .addObject()
                .put(
                        "resourceId",
                        "/subscriptions/" + examples.subscriptionId()
                                + "/resourceGroups/shop/providers/Microsoft.ManagedIdentity/userAssignedIdentities/"
                                + name)
                .put("clientId", clientId)
                .put("principalId", UUID.randomUUID().toString());
        identity.putArray("federatedCredentials").add(credential);
        return identity;
    }

    private static ObjectNode federated(Trust trust, ServiceAccountName account) {
        ObjectNode credential = Json.object()
                .put("name", account.name())
                .put("issuer", trust.issuer())
                .put("subject", account.subject());
        credential.putArray("audiences").add(OperatorEnvironment.AUDIENCE);
        return credential;
    }
}
