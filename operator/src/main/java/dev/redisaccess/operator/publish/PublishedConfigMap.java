package dev.redisaccess.operator.publish;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.port.EnvironmentPublisher.Publication;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The ConfigMap of a publication. Pure. */
public final class PublishedConfigMap {

    private PublishedConfigMap() {}

    /** How it is created. */
    public static ConfigMap of(Publication publication) {
        return new ConfigMapBuilder()
                .withMetadata(ObjectOwnership.metadata(
                        publication.binding(), publication.uid(), publication.configMapName(), publication.variables()))
                .withData(new TreeMap<>(publication.variables()))
                .build();
    }

    static final ObjectForm<ConfigMap> FORM = new ObjectForm<>() {
        @Override
        public Map<String, String> entries(ConfigMap object) {
            return object.getData();
        }

        @Override
        public Map<String, String> content(ConfigMap object) {
            return Optional.ofNullable(object.getData()).orElse(Map.of());
        }

        @Override
        public ConfigMap with(Map<String, String> entries) {
            return new ConfigMapBuilder()
                    .withNewMetadata()
                    .endMetadata()
                    .withData(entries)
                    .build();
        }

        @Override
        public boolean immutable(ConfigMap object) {
            return Boolean.TRUE.equals(object.getImmutable());
        }

        @Override
        public boolean sameType(ConfigMap found, ConfigMap wanted) {
            return true;
        }

        @Override
        public Problem notOwned(ConfigMap found) {
            return Problem.of(
                    Reason.CONFIG_MAP_NOT_OWNED,
                    "ConfigMap `" + found.getMetadata().getName() + "` already exists and "
                            + ObjectOwnership.described(found)
                            + ". Delete it, or set `spec.environment.configMapName` to another name.");
        }
    };
}
