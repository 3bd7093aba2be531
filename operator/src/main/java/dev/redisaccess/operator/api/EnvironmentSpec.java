package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * What is published for pods to read.
 *
 * @param configMapName the ConfigMap; null: the binding's own name
 * @param profiles further names for the same values, for other samples and frameworks
 * @param prefix put before every variable's name, for two caches in one pod
 * @param serviceBinding whether there is a Secret of the Service Binding specification also; null: no
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EnvironmentSpec(
        @Size(min = 1, max = 253)
        @ValidationRule(
                value = "self.matches('" + RedisAccessBindingSpec.DNS_SUBDOMAIN + "')",
                message =
                        "`spec.environment.configMapName` must be a Kubernetes object name: lower case letters, digits, `-` and `.`,"
                                + " with a letter or digit at both ends.")
        @JsonPropertyDescription("The name of the ConfigMap for `envFrom`. If absent, the binding's name.")
        String configMapName,

        @Size(max = 6)
        @JsonPropertyDescription("Further names for the same values, as other samples and frameworks read them."
                + " docs/reference/environment.md lists them.")
        List<EnvironmentProfile> profiles,

        @Size(min = 1, max = 32)
        @ValidationRule(
                value = "self.matches('^[A-Z][A-Z0-9_]*$')",
                message =
                        "`spec.environment.prefix` must be upper case letters, digits and `_`, and start with a letter,"
                                + " such as `ORDERS_`.")
        @JsonPropertyDescription(
                "Put before the name of every variable, such as `ORDERS_`," + " for two caches in one pod.")
        String prefix,

        @Default("Disabled")
        @JsonPropertyDescription(
                "`Enabled`: a Secret of the Service Binding specification (servicebinding.io) is also published,"
                        + " with the binding's name and without a password.")
        ServiceBindingMode serviceBinding) {}
