package dev.redisaccess.operator.kubernetes;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.http.ProxyRules;
import dev.redisaccess.operator.threads.Threads;
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
 * The client of the API server.
 *
 * <p>By default (fabric8 7.6) the client retries a failed call ten times, at doubling intervals, for over a minute. The renewal
 * of the Lease is such a call: a replica without a connection would consider itself the leader long after another one leads.
 * And a pass would hold one of few threads. So a call is retried once, for a connection that was idle too long; all other
 * retries are the callers'.
 *
 * <p>Little is kept of responses, because the operator may see tens of thousands of objects: of watched kinds only the fields
 * that are read ({@link SmallResponses}), no managed fields of others, and one instance of equal strings.
 */
public final class KubernetesConnection {

    private static final Duration CALL = Duration.ofSeconds(5);
    private static final int RETRIES = 1;

    /**
     * The kinds in events of watches; {@link Status} is the last event of one. All else is read as the requested type. Without
     * this list (fabric8 7.6) the client loads all of its 500 kinds at the first event, and reads a custom resource twice,
     * first as a map.
     */
    private static final List<Class<? extends KubernetesResource>> WATCHED = List.of(
            RedisAccessBinding.class,
            RedisDatabase.class,
            ConfigMap.class,
            Namespace.class,
            ServiceAccount.class,
            Status.class);

    private KubernetesConnection() {}

    /** Of a client; sends nothing. */
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
     * The configuration with the same proxy as for Azure. fabric8 (7.6) refuses a proxy URL without a port, and a {@code NO_PROXY} with
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
        var serialization = new JsonSerialization(mapper);
        WATCHED.forEach(serialization::registerKubernetesResource);
        return serialization;
    }

    /** Nothing reads them. Those of an event of a watch are cut out before. */
    @JsonIgnoreProperties("managedFields")
    private interface WithoutManagedFields {}

    /** By default the client has a thread for each response that arrives. */
    private static final class FewThreads extends JdkHttpClientFactory {
        @Override
        protected void additionalConfig(HttpClient.Builder builder) {
            builder.executor(Threads.bounded("kubernetes-http", Threads.HTTP));
        }
    }
}
