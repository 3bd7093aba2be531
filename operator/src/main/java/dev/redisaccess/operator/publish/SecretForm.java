package dev.redisaccess.operator.publish;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Problem;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** How a Secret holds what is published: in base64, under a type that never changes. Pure. */
final class SecretForm implements ObjectForm<Secret> {

    /** The entries as a Secret holds them. */
    static Map<String, String> encoded(Map<String, String> entries) {
        Map<String, String> data = new TreeMap<>();
        entries.forEach((name, value) ->
                data.put(name, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return data;
    }

    @Override
    public Map<String, String> entries(Secret object) {
        return Optional.ofNullable(object.getData()).orElse(Map.of());
    }

    @Override
    public Map<String, String> content(Secret object) {
        Map<String, String> content = new TreeMap<>();
        entries(object)
                .forEach((name, value) ->
                        content.put(name, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        return content;
    }

    @Override
    public Secret with(Map<String, String> entries) {
        return new SecretBuilder()
                .withNewMetadata()
                .endMetadata()
                .withData(entries)
                .build();
    }

    @Override
    public boolean immutable(Secret object) {
        return Boolean.TRUE.equals(object.getImmutable());
    }

    @Override
    public boolean sameType(Secret found, Secret wanted) {
        return Objects.equals(found.getType(), wanted.getType());
    }

    @Override
    public Problem notOwned(Secret found) {
        return Problem.of(
                Reason.SECRET_NOT_OWNED,
                "Secret `" + found.getMetadata().getName() + "` already exists and " + ObjectOwnership.described(found)
                        + ". Delete it, or set `spec.environment.serviceBinding` to `Disabled`.");
    }
}
