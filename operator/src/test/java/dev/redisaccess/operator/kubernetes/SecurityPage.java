package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.List;
import java.util.Map;

/** The table of permissions in docs/security.md, generated from the chart. */
public final class SecurityPage {

    private static final Map<String, String> WHY = Map.ofEntries(
            Map.entry("redisdatabases", "registered databases; `patch` for their finalizer"),
            Map.entry("redisdatabases/status", "conditions, and the database's state in Azure"),
            Map.entry(
                    "namespaces",
                    "their labels, for `allowedNamespaces.selector`; the UID of `kube-system`, for the owner ID"),
            Map.entry("selfsubjectrulesreviews", "once at start: a check of the permissions on the lease"),
            Map.entry("redisaccessbindings", "bindings; `patch` for their finalizer"),
            Map.entry("redisaccessbindings/status", "conditions"),
            Map.entry("redisaccessreports", "the access report; an admission policy lets only the operator write it"),
            Map.entry("serviceaccounts", "their annotations have the client ID; this gives no token"),
            Map.entry("configmaps", "the published environment of pods"),
            Map.entry("events", "transitions"),
            Map.entry("leases", "leader election"),
            Map.entry("serviceaccounts/token", "identification and verification as the workload; see below"));

    private SecurityPage() {}

    /** Whether the chart can be rendered on this machine. */
    public static boolean isAvailable() {
        return Chart.findHelm().isPresent();
    }

    /** The permissions, as the chart grants them. Skips the test where the chart cannot be rendered. */
    public static String table() {
        List<HasMetadata> objects =
                Chart.withHelmOrSkip().objects("azure.clientId=00000000-0000-0000-0000-0000000000aa");
        StringBuilder rows = new StringBuilder("\n| API | Resources | Verbs | Why | Where |\n|---|---|---|---|---|\n");
        for (HasMetadata object : objects) {
            if (object instanceof ClusterRoleBinding binding) {
                objects.stream()
                        .filter(ClusterRole.class::isInstance)
                        .map(ClusterRole.class::cast)
                        .filter(role -> role.getMetadata()
                                .getName()
                                .equals(binding.getRoleRef().getName()))
                        .forEach(role -> role.getRules().forEach(rule -> row(rule, "every namespace", rows)));
            } else if (object instanceof Role role) {
                role.getRules().forEach(rule -> row(rule, "its own namespace", rows));
            }
        }
        return rows.append("\n").toString();
    }

    private static void row(PolicyRule rule, String where, StringBuilder rows) {
        for (String resource : rule.getResources()) {
            assertThat(WHY).containsKey(resource);
            String group = rule.getApiGroups().get(0).isEmpty()
                    ? "core"
                    : rule.getApiGroups().get(0);
            boolean clusterScoped = resource.startsWith("redisdatabases")
                    || resource.equals("redisaccessreports")
                    || resource.equals("namespaces")
                    || resource.equals("selfsubjectrulesreviews");
            rows.append("| %s | `%s` | %s | %s | %s |%n"
                    .formatted(
                            group,
                            resource,
                            String.join(", ", rule.getVerbs()),
                            WHY.get(resource),
                            clusterScoped ? "cluster-scoped" : where));
        }
    }
}
