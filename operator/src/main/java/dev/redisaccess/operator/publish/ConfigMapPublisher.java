package dev.redisaccess.operator.publish;

import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.port.EnvironmentPublisher;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;

/** Publishes the ConfigMap; {@link PublishedObjects} says how it is written, and what of it is compared. */
public final class ConfigMapPublisher implements EnvironmentPublisher {

    private final ConfigMapLookup cache;
    private final PublishedObjects<ConfigMap> objects;

    /**
     * @param kubernetes writes
     * @param cache the ConfigMaps with our label; it may lag behind
     */
    public ConfigMapPublisher(KubernetesClient kubernetes, ConfigMapLookup cache) {
        this(kubernetes, cache, Clock.systemUTC());
    }

    ConfigMapPublisher(KubernetesClient kubernetes, ConfigMapLookup cache, Clock clock) {
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
    public Result<Boolean> withdraw(Publication publication, String formerName) {
        try {
            return objects.withdraw(publication.binding().namespace(), formerName, publication.uid());
        } catch (KubernetesClientException e) {
            return Result.failed(refused(publication, formerName, "withdrawn", e));
        }
    }

    @Override
    public Set<String> strays(Publication publication) {
        return cache.ownedBy(publication.binding()).stream()
                .filter(map -> Ownership.isOf(publication.uid(), map))
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
