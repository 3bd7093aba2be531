package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The objects of Kubernetes that passes read, from caches: no call is made. */
public interface ClusterView {

    /** Whether bindings of all namespaces are seen. If not, another installation may have bindings that this one can't see. */
    boolean isWhole();

    /** A registered database. */
    Optional<RedisDatabase> database(String name);

    /** Every registration of the database: several RedisDatabases may register the same one. */
    List<RedisDatabase> registrations(DatabaseId database);

    /** A ServiceAccount. */
    Optional<ServiceAccount> serviceAccount(ServiceAccountKey key);

    /** A ServiceAccount's annotation. */
    default Optional<String> annotation(ServiceAccountKey key, String name) {
        return serviceAccount(key)
                .map(account -> account.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(name));
    }

    /** A namespace's labels; empty if they are not known: no such namespace, or more labels than are kept. */
    Optional<Map<String, String>> namespaceLabels(String namespace);

    /** The bindings that refer to a registered database. */
    List<RedisAccessBinding> bindingsOf(String databaseName);

    /** The bindings of a ServiceAccount. */
    List<RedisAccessBinding> bindingsOf(ServiceAccountKey serviceAccount);
}
