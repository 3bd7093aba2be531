package dev.redisaccess.testbed;

import dev.redisaccess.emulator.Emulator;
import dev.redisaccess.emulator.config.ConfigException;
import dev.redisaccess.emulator.config.ConfigFile;
import dev.redisaccess.emulator.http.RequestLog;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.Cluster;
import dev.redisaccess.emulator.state.Database;
import dev.redisaccess.emulator.state.FederatedCredential;
import dev.redisaccess.emulator.state.Operation;
import dev.redisaccess.emulator.state.Principal.ManagedIdentity;
import dev.redisaccess.emulator.state.ProvisioningState;
import dev.redisaccess.launcher.OperatorEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** The emulated Azure, in this process, so that its state can be read without requests. */
public final class Azure implements AutoCloseable {

    private final String tenantId = UUID.randomUUID().toString();
    private final String subscription = "/subscriptions/" + UUID.randomUUID();
    private final String operatorClientId = UUID.randomUUID().toString();
    private final String issuer;
    private final Emulator emulator;

    private Azure(Setup.Pace pace, Issuer issuer, Path directory) {
        this.issuer = issuer.name();
        try {
            Path keys = Files.writeString(directory.resolve("jwks.json"), issuer.keys());
            this.emulator =
                    Emulator.start(ConfigFile.parse(configuration(pace, issuer, keys)), directory.resolve("azure"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | ConfigException e) {
            throw new IllegalStateException("The emulator does not start.", e);
        }
    }

    /**
     * The issuer of ServiceAccount tokens.
     *
     * @param name what the tokens name
     * @param keys a JWKS document
     * @param operatorSubject the operator's own ServiceAccount, as tokens name it
     */
    record Issuer(String name, String keys, String operatorSubject) {}

    static Azure start(Setup.Pace pace, Issuer issuer, Path directory) {
        return new Azure(pace, issuer, directory);
    }

    private String configuration(Setup.Pace pace, Issuer trusted, Path keys) {
        return """
                tenantId: TENANT
                timing: {assignmentCreateMillis: CREATE_MILLIS, assignmentUpdateMillis: CREATE_MILLIS, assignmentDeleteMillis: DELETE_MILLIS, propagationMillis: 0}
                issuers: [{issuer: "ISSUER", keys: "KEYS"}]
                identities:
                - resourceId: SUBSCRIPTION/resourceGroups/system/providers/Microsoft.ManagedIdentity/userAssignedIdentities/operator
                  clientId: CLIENT
                  principalId: PRINCIPAL
                  federatedCredentials: [{name: operator, issuer: "ISSUER", subject: "SUBJECT", audiences: ["AUDIENCE"]}]
                  roles: [{scope: SUBSCRIPTION, role: Redis Access Operator}]
                """.replace("TENANT", tenantId)
                .replace("CREATE_MILLIS", Integer.toString(pace.create()))
                .replace("DELETE_MILLIS", Integer.toString(pace.delete()))
                .replace("ISSUER", trusted.name())
                .replace("KEYS", keys.toString())
                .replace("SUBSCRIPTION", subscription)
                .replace("CLIENT", operatorClientId)
                .replace("PRINCIPAL", UUID.randomUUID().toString())
                .replace("SUBJECT", trusted.operatorSubject())
                .replace("AUDIENCE", OperatorEnvironment.AUDIENCE);
    }

    /** Adds a running database to Azure. Returns the resource ID of its cluster. */
    String database(String name) {
        ArmId cluster = clusterId(name);
        emulator.state().subscriptions().ensureFor(cluster, "westus2");
        emulator.state()
                .redis()
                .restore(new Cluster(
                        cluster, "West US 2", "Balanced_B0", "localhost", Map.of(), ProvisioningState.Succeeded));
        emulator.state()
                .redis()
                .restore(new Database(
                        cluster.child("databases", "default"),
                        0,
                        "NoCluster",
                        false,
                        1,
                        "VolatileLRU",
                        ProvisioningState.Succeeded));
        emulator.clock().advance(Duration.ZERO); // lets the Redis side come up now
        return cluster.text();
    }

    private ArmId clusterId(String name) {
        return new ArmId(subscription + "/resourceGroups/bench/providers/Microsoft.Cache/redisEnterprise/" + name);
    }

    /** Adds a managed identity to Azure that trusts the ServiceAccount. */
    Identity identity(String namespace, String account) {
        String name = namespace + "-" + account;
        ArmId id = new ArmId(subscription
                + "/resourceGroups/bench/providers/Microsoft.ManagedIdentity/userAssignedIdentities/" + name);
        String clientId = UUID.randomUUID().toString();
        String objectId = UUID.randomUUID().toString();
        emulator.state()
                .directory()
                .put(new ManagedIdentity(
                        id,
                        "westus2",
                        clientId,
                        objectId,
                        List.of(new FederatedCredential(
                                "kubernetes",
                                issuer,
                                "system:serviceaccount:" + namespace + ":" + account,
                                List.of(OperatorEnvironment.AUDIENCE)))));
        return new Identity(clientId, objectId);
    }

    /** A managed identity. */
    record Identity(String clientId, String objectId) {}

    String tenantId() {
        return tenantId;
    }

    String operatorClientId() {
        return operatorClientId;
    }

    /** The emulator, for its endpoints and faults. */
    public Emulator emulator() {
        return emulator;
    }

    /** Every started change of an assignment, as recorded by Azure. */
    public List<Operation> operations() {
        return emulator.state().redis().operations();
    }

    /** Whether Azure has an assignment for this identity on its database, in whatever state. */
    public boolean grants(Bound bound) {
        return emulator.state().redis().assignments(clusterId(bound.database()).child("databases", "default")).stream()
                .anyMatch(assignment -> assignment.objectId().equals(bound.objectId()));
    }

    /** Cuts every connection to a database, as maintenance does. */
    public void cutConnections(String database) {
        emulator.redis(clusterId(database).child("databases", "default").text())
                .ifPresent(front -> front.cutConnections());
    }

    void listen(Consumer<RequestLog.Entry> listener) {
        emulator.requestLog().listen(listener);
    }

    @Override
    public void close() {
        emulator.close();
    }
}
