package dev.redisaccess.benchmark.core;

import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.port.EnvironmentPublisher;
import dev.redisaccess.operator.publish.ConfigMapPublisher;
import dev.redisaccess.operator.publish.PublishedConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The operator's own publisher, with a cache that has every ConfigMap: it compares, and writes nothing. */
final class CachedConfigMaps implements EnvironmentPublisher {

    private final Map<String, ConfigMap> cache = new ConcurrentHashMap<>();

    /** Without a client: an unexpected write ends the measurement. */
    private final ConfigMapPublisher publisher =
            new ConfigMapPublisher(null, (namespace, name) -> Optional.ofNullable(cache.get(name)));

    @Override
    public Result<Boolean> publish(Publication publication) {
        cache.computeIfAbsent(publication.configMapName(), any -> PublishedConfigMap.of(publication));
        return publisher.publish(publication);
    }

    @Override
    public boolean isCurrent(Publication publication) {
        return publisher.isCurrent(publication);
    }

    @Override
    public Result<Boolean> withdraw(Publication publication, String formerName) {
        throw new IllegalStateException("At rest nothing is deleted.");
    }

    @Override
    public Set<String> strays(Publication publication) {
        return publisher.strays(publication);
    }
}
