package dev.redisaccess.systemtest.scenario;

import dev.redisaccess.emulator.http.RequestLog;
import dev.redisaccess.emulator.redis.RedisFront;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.Assignment;
import dev.redisaccess.emulator.state.AzureState;
import dev.redisaccess.emulator.state.Cluster;
import dev.redisaccess.emulator.state.Database;
import dev.redisaccess.emulator.state.FederatedCredential;
import dev.redisaccess.emulator.state.OperationFate;
import dev.redisaccess.emulator.state.Principal.ManagedIdentity;
import dev.redisaccess.emulator.state.ProvisioningState;
import dev.redisaccess.emulator.state.RoleAssignment;
import dev.redisaccess.emulator.state.RoleDefinition;
import dev.redisaccess.emulator.state.StartedBy;
import dev.redisaccess.kubernetes.EmbeddedKubernetes;
import dev.redisaccess.launcher.OperatorEnvironment;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.api.Retention;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One test's own part of the platform: a namespace, a resource group, and in them what the test makes. The names of
 * objects of different tenants differ, so that nothing that one test does concerns another.
 */
public final class Tenant {

    /** Less than the definition admits, which the embedded API does not check: so a resync comes soon. */
    static final int RESYNC_SECONDS = 2;

    private static final StartedBy SOMEBODY = new StartedBy(UUID.randomUUID().toString(), OperationFate.COMPLETES);

    private final LocalPlatform platform;
    private final String name;
    private final String subscription;

    /** Read by other threads while a test moves the cluster. */
    private volatile String group;

    /**
     * @param subscription of Azure; ARM counts requests and throttles by it, and so does the operator
     */
    Tenant(LocalPlatform platform, String name, String subscription) {
        this.platform = platform;
        this.name = name;
        this.subscription = subscription;
        this.group = name;
        platform.apply("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: %s}
                """.formatted(name));
    }

    /** The name of the namespace, the resource group of all that is made, the cluster and the registration. */
    public String name() {
        return name;
    }

    // Azure

    /** The present resource group of the cluster. */
    public ArmId cluster() {
        return clusterIn(group);
    }

    private ArmId clusterIn(String resourceGroup) {
        return new ArmId("/subscriptions/" + subscription + "/resourceGroups/" + resourceGroup
                + "/providers/Microsoft.Cache/redisEnterprise/" + name);
    }

    public ArmId database() {
        return cluster().child("databases", "default");
    }

    /** Puts a database into Azure that runs, with the operator's role on it. */
    public Tenant withDatabase() {
        allowOperator();
        return withDatabase(ProvisioningState.Succeeded);
    }

    /** Like {@link #withDatabase()}, with the clustering policy OSSCluster. */
    public Tenant withShards(int shards) {
        allowOperator();
        return withDatabase(ProvisioningState.Succeeded, "OSSCluster", shards);
    }

    /** Puts a database into Azure, or changes its state. */
    public Tenant withDatabase(ProvisioningState state) {
        return withDatabase(state, "NoCluster", 1);
    }

    private Tenant withDatabase(ProvisioningState state, String clusteringPolicy, int shards) {
        azure().subscriptions().ensureFor(cluster(), "westus2");
        azure().redis()
                .restore(new Cluster(
                        cluster(), "West US 2", "Balanced_B0", "localhost", Map.of(), ProvisioningState.Succeeded));
        int port = azure().redis().database(database()).map(Database::port).orElse(0);
        azure().redis().restore(new Database(database(), port, clusteringPolicy, false, shards, "VolatileLRU", state));
        platform.azure().clock().advance(Duration.ZERO); // lets the Redis side come up now
        return this;
    }

    /** Deletes the cluster in Azure, with all that is in it. */
    public void removeDatabase() {
        azure().redis().deleteCluster(cluster(), SOMEBODY);
        BindingView.patiently("the cluster gone")
                .until(() -> azure().redis().cluster(cluster()).isEmpty());
    }

    /** Moves the cluster, with all that is in it, to another resource group; waits for what Azure is doing there. */
    public void moveDatabase(String resourceGroup) {
        ArmId there = clusterIn(resourceGroup);
        azure().subscriptions().ensureFor(there, "westus2");
        BindingView.patiently("the cluster moved").until(() -> azure().redis().move(cluster(), there));
        group = resourceGroup;
        platform.azure().clock().advance(Duration.ZERO); // lets the Redis side follow now
    }

    /** Gives the operator its role on the cluster. */
    public Tenant allowOperator() {
        return allowOperator(RoleDefinition.REDIS_ACCESS_OPERATOR);
    }

    /** Gives the operator another role on the cluster. */
    public Tenant allowOperator(RoleDefinition role) {
        azure().subscriptions().ensureFor(cluster(), "westus2");
        azure().accessControl()
                .assign(new RoleAssignment(UUID.randomUUID().toString(), cluster(), platform.operatorObjectId(), role));
        return this;
    }

    /** A managed identity without any federated credential. */
    public ManagedIdentity identity(String identityName) {
        ArmId id = new ArmId("/subscriptions/" + subscription + "/resourceGroups/" + name
                + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/" + identityName);
        var identity = new ManagedIdentity(
                id, "westus2", UUID.randomUUID().toString(), UUID.randomUUID().toString(), List.of());
        azure().subscriptions().ensureFor(id, "westus2");
        azure().directory().put(identity);
        return identity;
    }

    /** Lets the identity trust a ServiceAccount of this namespace. */
    public void federate(ManagedIdentity identity, String serviceAccount) {
        federate(identity, EmbeddedKubernetes.ISSUER, "system:serviceaccount:" + name + ":" + serviceAccount);
    }

    /** Lets a ServiceAccount of this namespace use the identity by an identity binding of the cluster. */
    public void bindIdentity(ManagedIdentity identity, String serviceAccount) {
        platform.azure().bind(identity.clientId());
        authorizeIdentityBinding(identity, serviceAccount);
    }

    /** Gives the ServiceAccount, and it alone, the permission to use the identity by an identity binding. */
    public void authorizeIdentityBinding(ManagedIdentity identity, String serviceAccount) {
        platform.apply("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: %s}
                rules: [{apiGroups: [cid.wi.aks.azure.com], resources: ["%s"], verbs: [use-managed-identity]}]
                """.formatted(permissionOf(identity), identity.clientId()));
        platform.apply("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: %1$s}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: %1$s}
                subjects: [{kind: ServiceAccount, namespace: %2$s, name: %3$s}]
                """.formatted(permissionOf(identity), name, serviceAccount));
    }

    /** Takes that permission away. */
    public void forbidIdentityBinding(ManagedIdentity identity) {
        platform.client()
                .rbac()
                .clusterRoleBindings()
                .withName(permissionOf(identity))
                .delete();
    }

    private static String permissionOf(ManagedIdentity identity) {
        return "use-mi-" + identity.clientId();
    }

    void federate(ManagedIdentity identity, String issuer, String subject) {
        String credential = Integer.toHexString((issuer + subject).hashCode());
        azure().directory()
                .putCredential(
                        identity.id(),
                        new FederatedCredential(credential, issuer, subject, List.of(OperatorEnvironment.AUDIENCE)));
    }

    /** Creates an assignment as another client would, and waits for its end. */
    public void assignedByOthers(String assignment, String objectId, Optional<String> accessString) {
        ArmId id = database().child("accessPolicyAssignments", assignment);
        azure().redis().putAssignment(id, objectId, accessString, SOMEBODY);
        BindingView.patiently("the assignment of another client")
                .until(() -> azure().redis().assignment(id).orElseThrow().state() == ProvisioningState.Succeeded);
    }

    /** Writes an assignment as another client would, which Azure takes, and ends as Failed. */
    public void failedByOthers(String assignment, String objectId, Optional<String> accessString) {
        ArmId id = database().child("accessPolicyAssignments", assignment);
        azure().redis()
                .putAssignment(id, objectId, accessString, new StartedBy(SOMEBODY.objectId(), OperationFate.FAILS));
        BindingView.patiently("the assignment of others ended as Failed")
                .until(() -> azure().redis().assignment(id).orElseThrow().state() == ProvisioningState.Failed);
    }

    /** Begins to create an assignment as another client would. */
    public void assignedByOthersSoon(String assignment, String objectId) {
        azure().redis()
                .putAssignment(
                        database().child("accessPolicyAssignments", assignment), objectId, Optional.empty(), SOMEBODY);
    }

    /** Deletes an assignment as another client would, and waits for its end. */
    public void unassignedByOthers(String assignment) {
        ArmId id = database().child("accessPolicyAssignments", assignment);
        azure().redis().deleteAssignment(id, SOMEBODY);
        BindingView.patiently("the assignment gone")
                .until(() -> azure().redis().assignment(id).isEmpty());
    }

    /** The assignments as Azure has them. */
    public List<Assignment> assignments() {
        return azure().redis().assignments(database());
    }

    public List<String> grantedObjectIds() {
        return assignments().stream().map(Assignment::objectId).toList();
    }

    /** The requests to ARM about the cluster and what is in it. */
    public List<RequestLog.Entry> armRequests() {
        return platform.armRequests(cluster().text());
    }

    /** Requests that would change something. */
    public List<RequestLog.Entry> armWrites() {
        return armRequests().stream()
                .filter(entry -> !entry.method().equals("GET"))
                .toList();
    }

    /** The Redis that the database runs on. */
    public RedisFront redis() {
        return platform.azure().redis(database().text()).orElseThrow();
    }

    private AzureState azure() {
        return platform.azure().state();
    }

    // Kubernetes

    /** A ServiceAccount with an identity that trusts it: all that a workload needs. */
    public ManagedIdentity workload(String serviceAccount) {
        ManagedIdentity identity = identity(serviceAccount);
        federate(identity, serviceAccount);
        serviceAccount(serviceAccount, identity.clientId());
        return identity;
    }

    /** A ServiceAccount, with the annotation; applied again, it changes. */
    public void serviceAccount(String account, String clientId) {
        platform.apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata:
                  name: %s
                  namespace: %s
                  annotations: {azure.workload.identity/client-id: "%s"}
                """.formatted(account, name, clientId));
    }

    /** What kubelet projects into a pod of the ServiceAccount for the exchange at Entra. */
    public String federatedToken(String account) {
        return platform.federatedToken(name, account);
    }

    /** Registers the database for this namespace. */
    public Tenant registered() {
        register(cluster().text(), "{names: [" + name + "]}");
        return this;
    }

    public void register(String resourceId, String allowedNamespaces) {
        register(resourceId, allowedNamespaces, Retention.FORBIDDEN, RESYNC_SECONDS);
    }

    /** Registers the database for this namespace, and lets a binding's {@code deletionPolicy: Retain} have an effect. */
    public Tenant registeredWithRetention() {
        register(cluster().text(), "{names: [" + name + "]}", Retention.ALLOWED, RESYNC_SECONDS);
        return this;
    }

    /**
     * Registers the database for this namespace with a limited access; applied again, it changes.
     *
     * @param access the field {@code spec.access}, as YAML in one line
     */
    public Tenant registeredWithAccess(String access) {
        register(cluster().text(), "{names: [" + name + "]}\n  access: " + access, Retention.FORBIDDEN, RESYNC_SECONDS);
        return this;
    }

    /** Registers the database for this namespace, and lets Azure be read as seldom as in production. */
    Tenant registeredWithRareResync() {
        register(cluster().text(), "{names: [" + name + "]}", Retention.FORBIDDEN, 300);
        return this;
    }

    private void register(String resourceId, String allowedNamespaces, Retention retention, int resyncSeconds) {
        platform.apply("""
                apiVersion: redisaccess.dev/v1alpha1
                kind: RedisDatabase
                metadata: {name: %s}
                spec:
                  resourceId: "%s"
                  allowedNamespaces: %s
                  resyncPeriodSeconds: %d
                  retention: %s
                """.formatted(
                        name,
                        resourceId,
                        allowedNamespaces,
                        resyncSeconds,
                        retention == Retention.ALLOWED ? "Allowed" : "Forbidden"));
    }

    /** Requests the registration's deletion, which may have to wait for bindings. */
    void unregister() {
        registration().delete();
    }

    void awaitUnregistered() {
        BindingView.patiently("the registration gone")
                .until(() -> registration().get() == null);
    }

    public Resource<RedisDatabase> registration() {
        return platform.client().resources(RedisDatabase.class).withName(name);
    }

    /** Binds a ServiceAccount to the registered database. */
    public BindingView bind(String binding, String serviceAccount) {
        return bind(binding, serviceAccount, "");
    }

    /**
     * Applies a binding.
     *
     * @param more further fields of the spec, each on a line of its own
     */
    public BindingView bind(String binding, String serviceAccount, String more) {
        platform.apply("""
                apiVersion: redisaccess.dev/v1alpha1
                kind: RedisAccessBinding
                metadata: {name: %s, namespace: %s}
                spec:
                  databaseRef: {name: %s}
                  serviceAccountName: %s
                %s
                """.formatted(binding, name, name, serviceAccount, more.indent(2)));
        return new BindingView(platform.client(), name, binding);
    }
}
