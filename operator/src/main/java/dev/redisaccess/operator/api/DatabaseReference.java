package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * Names a RedisDatabase.
 *
 * @param name its {@code metadata.name}
 */
public record DatabaseReference(
        @Required
        @Size(min = 1, max = 253)
        @ValidationRule(
                value = "self.matches('" + RedisAccessBindingSpec.DNS_SUBDOMAIN + "')",
                message =
                        "`spec.databaseRef.name` must be a Kubernetes object name: lower case letters, digits, `-` and `.`,"
                                + " with a letter or digit at both ends.")
        @JsonPropertyDescription("The name of the RedisDatabase.")
        String name) {}
