package dev.redisaccess.kubectl;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.api.RedisAccessReport;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.binding.port.CauseChain;
import dev.redisaccess.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Reads from the API server, and says which right is missing where it refuses. It never writes. */
final class ClusterReader {

    private final KubernetesClient client;

    ClusterReader(KubernetesClient client) {
        this.client = client;
    }

    /** The namespace of the current context. */
    String namespace() {
        return Optional.ofNullable(client.getNamespace()).orElse("default");
    }

    Optional<RedisAccessBinding> binding(String namespace, String name) {
        return read(
                "get",
                "redisaccessbindings.redisaccess.dev",
                namespace,
                () -> Optional.ofNullable(client.resources(RedisAccessBinding.class)
                        .inNamespace(namespace)
                        .withName(name)
                        .get()));
    }

    /** Of a namespace; empty text: of all. */
    List<RedisAccessBinding> bindings(String namespace) {
        return read(
                "list",
                "redisaccessbindings.redisaccess.dev",
                namespace,
                () -> namespace.isEmpty()
                        ? client.resources(RedisAccessBinding.class)
                                .inAnyNamespace()
                                .list()
                                .getItems()
                        : client.resources(RedisAccessBinding.class)
                                .inNamespace(namespace)
                                .list()
                                .getItems());
    }

    /** The bindings of a database whose access is granted; empty: bindings could not be listed, which is no failure. */
    Optional<List<RedisAccessBinding>> granted(String database) {
        try {
            return Optional.of(bindings("").stream()
                    .filter(binding ->
                            database.equals(binding.getSpec().databaseRef().name()))
                    .filter(ClusterReader::isGranted)
                    .toList());
        } catch (CommandFailure refused) {
            return Optional.empty();
        }
    }

    private static boolean isGranted(RedisAccessBinding binding) {
        RedisAccessBindingStatus status = RedisAccessBindingStatus.of(binding);
        return status.identity() != null
                && status.identity().objectId() != null
                && Conditions.find(status.conditions(), ConditionType.ACCESS_GRANTED)
                        .filter(condition -> "True".equals(condition.getStatus()))
                        .isPresent();
    }

    Optional<RedisDatabase> database(String name) {
        return read("get", "redisdatabases.redisaccess.dev", "", () -> {
            RedisDatabase found =
                    client.resources(RedisDatabase.class).withName(name).get();
            if (found == null) {
                requireServed();
            }
            return Optional.ofNullable(found);
        });
    }

    /** The client finds nothing, both where an object is missing and where its kind is. */
    private void requireServed() {
        try {
            client.resources(RedisDatabase.class)
                    .list(new ListOptionsBuilder().withLimit(1L).build());
        } catch (KubernetesClientException refused) {
            if (refused.getCode() == 404) {
                throw refused;
            }
        }
    }

    List<RedisDatabase> databases() {
        return read("list", "redisdatabases.redisaccess.dev", "", () -> client.resources(RedisDatabase.class)
                .list()
                .getItems());
    }

    /** The pages of a database; empty text: of all. */
    List<RedisAccessReport> reports(String database) {
        List<RedisAccessReport> all = read(
                "list",
                "redisaccessreports.redisaccess.dev",
                "",
                () -> database.isEmpty()
                        ? client.resources(RedisAccessReport.class).list().getItems()
                        : client.resources(RedisAccessReport.class)
                                .withField("report.database", database)
                                .list()
                                .getItems());
        return all.stream()
                .filter(report -> report.getReport() != null)
                .filter(report ->
                        database.isEmpty() || database.equals(report.getReport().database()))
                .toList();
    }

    Optional<ServiceAccount> serviceAccount(String namespace, String name) {
        return read(
                "get",
                "serviceaccounts",
                namespace,
                () -> Optional.ofNullable(client.serviceAccounts()
                        .inNamespace(namespace)
                        .withName(name)
                        .get()));
    }

    Optional<ConfigMap> configMap(String namespace, String name) {
        return read(
                "get",
                "configmaps",
                namespace,
                () -> Optional.ofNullable(client.configMaps()
                        .inNamespace(namespace)
                        .withName(name)
                        .get()));
    }

    Optional<Pod> pod(String namespace, String name) {
        return read(
                "get",
                "pods",
                namespace,
                () -> Optional.ofNullable(
                        client.pods().inNamespace(namespace).withName(name).get()));
    }

    /** About one object, the oldest first. */
    List<Event> events(String namespace, String kind, String name) {
        return read("list", "events", namespace, () -> client
                .v1()
                .events()
                .inNamespace(namespace)
                .withFields(Map.of("involvedObject.kind", kind, "involvedObject.name", name))
                .list()
                .getItems()
                .stream()
                .filter(event -> kind.equals(event.getInvolvedObject().getKind())
                        && name.equals(event.getInvolvedObject().getName()))
                .sorted((a, b) -> text(a.getLastTimestamp()).compareTo(text(b.getLastTimestamp())))
                .toList());
    }

    /** The labels of a namespace; empty: not readable, which is no failure: only selectors need them. */
    Optional<Map<String, String>> namespaceLabels(String name) {
        try {
            return Optional.ofNullable(client.namespaces().withName(name).get())
                    .map(Namespace::getMetadata)
                    .map(metadata -> Optional.ofNullable(metadata.getLabels()).orElse(Map.of()));
        } catch (KubernetesClientException refused) {
            return Optional.empty();
        }
    }

    private static String text(String time) {
        return Optional.ofNullable(time).orElse("");
    }

    private <T> T read(String verb, String resource, String namespace, Supplier<T> call) {
        try {
            return call.get();
        } catch (KubernetesClientException refused) {
            String where = namespace.isEmpty() ? "in the whole cluster" : "in namespace `" + namespace + "`";
            if (refused.getCode() == 403) {
                throw new CommandFailure(
                        ExitCode.FORBIDDEN,
                        "You may not `" + verb + "` `" + resource + "` " + where + ". Ask for a role with that rule: "
                                + (namespace.isEmpty()
                                        ? "the chart's ClusterRole `…-auditor`, bound in the whole cluster, has it."
                                        : "Kubernetes' ClusterRole `view`, bound in that namespace, has it."));
            }
            if (refused.getCode() == 401) {
                throw new CommandFailure(
                        ExitCode.FORBIDDEN,
                        "The API server `" + client.getMasterUrl()
                                + "` does not accept the credentials of this context (401). Log in again.");
            }
            if (refused.getCode() == 404) {
                throw new CommandFailure(
                        ExitCode.NOT_READ,
                        "The cluster does not serve `" + resource + "`. Install the operator's CRDs first.");
            }
            throw new CommandFailure(ExitCode.NOT_READ, unread(CauseChain.of(refused)));
        }
    }

    /** The JDK's exceptions for a server that can't be reached have no message. */
    private String unread(CauseChain causes) {
        String server = "The API server `" + client.getMasterUrl() + "` ";
        String other = " Start it, or use another context (`--context`) or kubeconfig.";
        if (causes.has(UnresolvedAddressException.class, UnknownHostException.class)) {
            return server + "has a host name that is not known." + other;
        }
        if (causes.has(HttpTimeoutException.class, TimeoutException.class)) {
            return server + "does not respond in time." + other;
        }
        if (causes.has(ConnectException.class)) {
            return server + "does not accept connections." + other;
        }
        String last = causes.deepestFirst().stream()
                .filter(cause -> cause.getMessage() != null)
                .findFirst()
                .map(cause -> cause.getClass().getSimpleName() + ": " + cause.getMessage())
                .orElseGet(() -> causes.rootCause().getClass().getSimpleName() + ".");
        return "The cluster could not be read: " + Texts.safe(last);
    }
}
