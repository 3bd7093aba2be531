package dev.redisaccess.operator.publish;

import dev.redisaccess.operator.api.ApiGroup;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.port.Answer;
import dev.redisaccess.operator.binding.port.EnvironmentPublisher;
import dev.redisaccess.operator.status.KubernetesWords;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Publishes with server-side apply: what others put into the metadata stays, what an earlier version of us put goes. */
public final class ConfigMapPublisher implements EnvironmentPublisher {

    private final KubernetesClient kubernetes;
    private final ConfigMapLookup cache;

    /**
     * @param kubernetes writes
     * @param cache the ConfigMaps with our label; it may lag behind
     */
    public ConfigMapPublisher(KubernetesClient kubernetes, ConfigMapLookup cache) {
        this.kubernetes = kubernetes;
        this.cache = cache;
    }

    @Override
    public Answer<Boolean> publish(Publication publication) {
        try {
            Optional<ConfigMap> found = find(publication, publication.configMapName());
            if (found.isPresent() && !PublishedConfigMap.owned(found.get(), publication)) {
                return Answer.failed(notOwned(publication, found.get()));
            }
            if (found.filter(map -> PublishedConfigMap.upToDate(map, publication))
                    .isPresent()) {
                return Answer.ok(false);
            }
            ConfigMap applied = apply(publication);
            Set<String> foreign = PublishedConfigMap.foreignKeys(applied, publication);
            if (!foreign.isEmpty()) {
                removeKeys(publication, foreign);
            }
            return Answer.ok(true);
        } catch (KubernetesClientException e) {
            return Answer.failed(refused(publication, publication.configMapName(), "publish", e));
        }
    }

    @Override
    public boolean isCurrent(Publication publication) {
        return cache.find(publication.binding().namespace(), publication.configMapName())
                .filter(found -> PublishedConfigMap.upToDate(found, publication))
                .isPresent();
    }

    @Override
    public Answer<Boolean> withdraw(Publication publication, String formerName) {
        try {
            Optional<ConfigMap> ours =
                    find(publication, formerName).filter(map -> PublishedConfigMap.owned(map, publication));
            ours.ifPresent(map -> resource(publication, formerName).delete());
            return Answer.ok(ours.isPresent());
        } catch (KubernetesClientException e) {
            return Answer.failed(refused(publication, formerName, "withdraw", e));
        }
    }

    @Override
    public Set<String> strays(Publication publication) {
        return cache.ownedBy(publication.binding()).stream()
                .filter(map -> PublishedConfigMap.owned(map, publication))
                .map(map -> map.getMetadata().getName())
                .filter(name -> !name.equals(publication.configMapName()))
                .collect(Collectors.toSet());
    }

    /** From the cache, else from the API server: the cache has neither what others made nor what was made just now. */
    private Optional<ConfigMap> find(Publication publication, String name) {
        return cache.find(publication.binding().namespace(), name)
                .or(() -> Optional.ofNullable(resource(publication, name).get()));
    }

    private ConfigMap apply(Publication publication) {
        return kubernetes
                .resource(PublishedConfigMap.of(publication))
                .fieldManager(ApiGroup.FIELD_MANAGER)
                .forceConflicts()
                .serverSideApply();
    }

    /** An apply removes its own fields only; null in a merge patch (RFC 7386) removes anybody's. */
    private void removeKeys(Publication publication, Set<String> keys) {
        String nulls = keys.stream().map(key -> "\"" + key + "\":null").collect(Collectors.joining(","));
        resource(publication, publication.configMapName())
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{" + nulls + "}}");
    }

    private Resource<ConfigMap> resource(Publication publication, String name) {
        return kubernetes
                .configMaps()
                .inNamespace(publication.binding().namespace())
                .withName(name);
    }

    private static Problem notOwned(Publication publication, ConfigMap found) {
        return Problem.of(
                Reason.CONFIG_MAP_NOT_OWNED,
                "ConfigMap `" + publication.configMapName() + "` is there already and " + Ownership.described(found)
                        + ": delete it, or set `spec.environment.configMapName` to another name");
    }

    private static Problem refused(Publication publication, String name, String what, KubernetesClientException e) {
        String said = KubernetesWords.of(e);
        if (e.getCode() == 403) {
            return Problem.of(
                    Reason.PUBLISH_FORBIDDEN,
                    "the operator may not " + what + " ConfigMap `" + name + "`. A Role in namespace `"
                            + publication.binding().namespace() + "`, bound to the operator's ServiceAccount, must have"
                            + " the rule {apiGroups: [\"\"], resources: [\"configmaps\"], verbs: [\"get\", \"list\","
                            + " \"watch\", \"create\", \"patch\", \"delete\"]}. Kubernetes says: " + said);
        }
        return Problem.of(Reason.PUBLISH_FAILED, "could not " + what + " ConfigMap `" + name + "`: " + said);
    }
}
