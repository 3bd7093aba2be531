package dev.redisaccess.operator;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.http.ProxyRules;
import dev.redisaccess.operator.kubernetes.SmallResponses;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the operator talks to the API server.
 *
 * <p>By itself (fabric8 7.6) the client tries a failed call ten times more, at doubling intervals, for over a minute.
 * Renewing the Lease is such a call: a replica that is cut off would take itself for the leader long after another one
 * leads. And a pass would hold one of few threads. So a call is tried once more, for a connection that was idle too long;
 * all else is tried again by those who know what it is for.
 *
 * <p>What is read is read sparingly, because the operator may see tens of thousands of objects: of the kinds that it watches
 * only what it reads ({@link SmallResponses}), all else without managed fields, and with equal texts as one String.
 */
public final class KubernetesConnection {

    private static final Duration CALL = Duration.ofSeconds(5);
    private static final int RETRIES = 1;

    /**
     * What an event of a watch can hold; {@link Status} is how a watch tells that it ends. All else is read as the type that
     * was asked for, as are ServiceAccounts and namespaces, which come as their metadata only. Without this list (fabric8 7.6) the client loads all of its 500 kinds at the first event; and a custom
     * resource is read twice, first as a map.
     */
    private static final List<Class<? extends KubernetesResource>> WATCHED = List.of(
            RedisAccessBinding.class,
            RedisDatabase.class,
            ConfigMap.class,
            Namespace.class,
            ServiceAccount.class,
            Status.class);

    private KubernetesConnection() {}

    /** For a client; nothing is sent yet. */
    public static KubernetesClientBuilder builder(Config config) {
        config.setRequestTimeout(Math.toIntExact(CALL.toMillis()));
        config.setRequestRetryBackoffLimit(RETRIES);
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new FewThreads())
                .withHttpClientBuilderConsumer(
                        http -> http.addOrReplaceInterceptor("small-responses", new SmallResponses()))
                .withKubernetesSerialization(serialization());
    }

    /**
     * The proxy by the rules that hold for Azure too. fabric8 (7.6) refuses a proxy URL without a port, and a {@code NO_PROXY} with
     * an entry such as {@code *}, also where there is no proxy.
     */
    public static Config through(ProxyRules proxy, Config config) {
        if (proxy.isEmpty() && config.getHttpsProxy() != null) {
            return config; // of the kubeconfig
        }
        Optional<InetSocketAddress> way = proxy.proxyFor(URI.create(config.getMasterUrl()));
        config.setHttpProxy(null);
        config.setHttpsProxy(way.map(address -> "http://" + address.getHostString() + ":" + address.getPort())
                .orElse(null));
        config.setNoProxy(new String[0]);
        way.flatMap(used -> proxy.credentials()).ifPresent(credentials -> {
            config.setProxyUsername(credentials.getUserName());
            config.setProxyPassword(String.valueOf(credentials.getPassword()));
        });
        return config;
    }

    private static KubernetesSerialization serialization() {
        ObjectMapper mapper = new ObjectMapper();
        mapper.addMixIn(ObjectMeta.class, WithoutManagedFields.class);
        mapper.registerModule(new SimpleModule().addDeserializer(String.class, new SharedStringDeserializer()));
        var serialization = new KubernetesSerialization(mapper, false);
        WATCHED.forEach(serialization::registerKubernetesResource);
        return serialization;
    }

    /** A third of what the API server sends of an object. Nothing here asks who wrote what. */
    @JsonIgnoreProperties("managedFields")
    private interface WithoutManagedFields {}

    /** By itself the client has a thread for each answer that comes in. */
    private static final class FewThreads extends JdkHttpClientFactory {
        @Override
        protected void additionalConfig(HttpClient.Builder builder) {
            builder.executor(Threads.bounded("kubernetes-http", Threads.HTTP));
        }
    }
}
