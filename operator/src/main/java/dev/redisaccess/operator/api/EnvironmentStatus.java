package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * What is published.
 *
 * @param configMapName the ConfigMap, in the binding's namespace
 */
public record EnvironmentStatus(
        @JsonPropertyDescription("The ConfigMap, in this namespace.")
        String configMapName) {}
