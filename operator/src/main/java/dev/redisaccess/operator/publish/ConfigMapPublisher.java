package dev.redisaccess.operator.publish;

import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.port.EnvironmentPublisher;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Publishes the ConfigMap, as described in {@link PublishedObjects}. */
public final class ConfigMapPublisher implements EnvironmentPublisher {

    /** The informer's cache of the ConfigMaps that have our label. */
    @FunctionalInterface
    public interface Cache {

        /** A ConfigMap that the cache has; it may exist without being there. */
        Optional<ConfigMap> find(String namespace, String name);

        /** Those that the cache has and that may belong to a binding of this name: their owners decide. */
        default Collection<ConfigMap> ownedBy(BindingKey binding) {
            return List.of();
        }
    }

    private final Cache cache;
    private final PublishedObjects<ConfigMap> objects;

    /**
     * @param kubernetes for writes
     * @param cache may lag behind
     */
    public ConfigMapPublisher(KubernetesClient kubernetes, Cache cache) {
        this(kubernetes, cache, Clock.systemUTC());
    }

    ConfigMapPublisher(KubernetesClient kubernetes, Cache cache, Clock clock) {
        this.cache = cache;
        this.objects = new PublishedObjects<>(kubernetes, PublishedConfigMap.FORM, new RewriteDelays(clock));
    }

    @Override
    public Result<Boolean> publish(Publication publication) {
        String name = publication.configMapName();
        try {
            return objects.publish(
                    PublishedConfigMap.of(publication),
                    cache.find(publication.binding().namespace(), name),
                    publication.binding().name());
        } catch (KubernetesClientException e) {
            return Result.failed(refused(publication, name, "published", e));
        }
    }

    @Override
    public boolean isCurrent(Publication publication) {
        return cache.find(publication.binding().namespace(), publication.configMapName())
                .filter(found -> objects.upToDate(found, PublishedConfigMap.of(publication)))
                .isPresent();
    }

    @Override
    public Result<Boolean> remove(Publication publication, String formerName) {
        try {
            return objects.remove(publication.binding().namespace(), formerName, publication.uid());
        } catch (KubernetesClientException e) {
            return Result.failed(refused(publication, formerName, "removed", e));
        }
    }

    @Override
    public Set<String> strays(Publication publication) {
        return cache.ownedBy(publication.binding()).stream()
                .filter(map -> ObjectOwnership.isOf(publication.uid(), map))
                .map(map -> map.getMetadata().getName())
                .filter(name -> !name.equals(publication.configMapName()))
                .collect(Collectors.toSet());
    }

    private static Problem refused(Publication publication, String name, String what, KubernetesClientException e) {
        String failed = "ConfigMap `" + name + "` could not be " + what + ".";
        String rule = " A Role in namespace `" + publication.binding().namespace()
                + "`, bound to the operator's ServiceAccount, must have the rule `{apiGroups: [\"\"],"
                + " resources: [\"configmaps\"], verbs: [\"get\", \"list\", \"watch\", \"create\","
                + " \"patch\", \"delete\"]}`.";
        return PublishedObjects.refused(e, failed, rule);
    }
}
