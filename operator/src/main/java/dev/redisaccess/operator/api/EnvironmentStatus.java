package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/**
 * What is published.
 *
 * @param configMapName the ConfigMap, in the binding's namespace
 */
public record EnvironmentStatus(
        @Size(max = 253) @JsonPropertyDescription("The ConfigMap, in this namespace.")
        String configMapName) {}
