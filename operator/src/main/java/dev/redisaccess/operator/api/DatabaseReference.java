package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * Names a RedisDatabase.
 *
 * @param name its {@code metadata.name}
 */
public record DatabaseReference(
        @Required
        @Size(min = 1, max = 253)
        @Pattern(RedisAccessBindingSpec.DNS_SUBDOMAIN)
        @JsonPropertyDescription("The name of the RedisDatabase.")
        String name) {}
