package dev.redisaccess.kubernetes;

import static dev.redisaccess.kubernetes.ResourceKind.builtIn;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.kubernetes.ResourceKind.GroupVersion;
import dev.redisaccess.kubernetes.ResourceKind.Names;
import dev.redisaccess.kubernetes.ResourceKind.Traits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The kinds that are served now: the built-in ones, and those of the stored CustomResourceDefinitions. */
final class KindRegistry {
    private static final GroupVersion CORE = new GroupVersion("", "v1");
    private static final GroupVersion RBAC = new GroupVersion("rbac.authorization.k8s.io", "v1");
    private static final List<Column> PLAIN = List.of(Column.NAME, Column.AGE);

    static final ResourceKind NAMESPACE = builtIn(
            CORE,
            Names.of("Namespace", "namespaces", "ns"),
            Traits.CLUSTER_WITH_STATUS,
            List.of(Column.NAME, Column.of("Status", ".status.phase"), Column.AGE));
    static final ResourceKind SERVICE_ACCOUNT =
            builtIn(CORE, Names.of("ServiceAccount", "serviceaccounts", "sa"), Traits.NAMESPACED, PLAIN);
    static final ResourceKind DEFINITION = builtIn(
            new GroupVersion("apiextensions.k8s.io", "v1"),
            Names.of("CustomResourceDefinition", "customresourcedefinitions", "crd", "crds"),
            new Traits(false, true, true, false),
            List.of(Column.NAME, new Column("Created At", "string", ".metadata.creationTimestamp", 0)));

    static final ResourceKind CLUSTER_ROLE =
            builtIn(RBAC, Names.of("ClusterRole", "clusterroles"), Traits.CLUSTER, PLAIN);
    static final ResourceKind CLUSTER_ROLE_BINDING =
            builtIn(RBAC, Names.of("ClusterRoleBinding", "clusterrolebindings"), Traits.CLUSTER, PLAIN);

    private static final List<ResourceKind> BUILT_IN = List.of(
            NAMESPACE,
            SERVICE_ACCOUNT,
            DEFINITION,
            builtIn(
                    CORE,
                    Names.of("ConfigMap", "configmaps", "cm"),
                    Traits.NAMESPACED,
                    List.of(Column.NAME, new Column("Data", "count", ".data", 0), Column.AGE)),
            builtIn(
                    CORE,
                    Names.of("Secret", "secrets"),
                    Traits.NAMESPACED,
                    List.of(
                            Column.NAME,
                            Column.of("Type", ".type"),
                            new Column("Data", "count", ".data", 0),
                            Column.AGE)),
            builtIn(
                    CORE,
                    Names.of("Event", "events", "ev"),
                    Traits.NAMESPACED,
                    List.of(
                            new Column("Last Seen", "date", ".lastTimestamp", 0),
                            Column.of("Type", ".type"),
                            Column.of("Reason", ".reason"),
                            Column.of("Kind", ".involvedObject.kind"),
                            Column.of("Object", ".involvedObject.name"),
                            Column.of("Message", ".message"))),
            builtIn(CORE, Names.of("Pod", "pods", "po"), Traits.WORKLOAD, PLAIN),
            builtIn(
                    new GroupVersion("coordination.k8s.io", "v1"),
                    Names.of("Lease", "leases"),
                    Traits.NAMESPACED,
                    List.of(Column.NAME, Column.of("Holder", ".spec.holderIdentity"), Column.AGE)),
            builtIn(
                    new GroupVersion("apps", "v1"),
                    Names.of("Deployment", "deployments", "deploy"),
                    Traits.WORKLOAD,
                    PLAIN),
            builtIn(RBAC, Names.of("Role", "roles"), Traits.NAMESPACED, PLAIN),
            builtIn(RBAC, Names.of("RoleBinding", "rolebindings"), Traits.NAMESPACED, PLAIN),
            CLUSTER_ROLE,
            CLUSTER_ROLE_BINDING);

    private final ObjectStore store;

    KindRegistry(ObjectStore store) {
        this.store = store;
    }

    List<ResourceKind> all() {
        List<ResourceKind> kinds = new ArrayList<>(BUILT_IN);
        store.list(DEFINITION, "").forEach(definition -> {
            for (JsonNode version : definition.path("spec").path("versions")) {
                if (version.path("served").asBoolean()) {
                    kinds.add(ResourceKind.ofDefinition(definition, version));
                }
            }
        });
        return kinds;
    }

    Optional<ResourceKind> find(ApiPath path) {
        GroupVersion wanted = new GroupVersion(path.group(), path.version());
        return all().stream()
                .filter(kind -> kind.groupVersion().equals(wanted)
                        && kind.names().plural().equals(path.plural()))
                .findFirst();
    }

    Optional<ResourceKind> find(ObjectKey key) {
        return all().stream().filter(key::isOf).findFirst();
    }
}
