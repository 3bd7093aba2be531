package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/**
 * What the Service Binding specification reads: it allows no other field here.
 *
 * @param name the Secret, in the binding's namespace
 */
public record ServiceBindingStatus(
        @Size(max = 253) @JsonPropertyDescription("The Secret of type servicebinding.io/redis, in this namespace.")
        String name) {}
