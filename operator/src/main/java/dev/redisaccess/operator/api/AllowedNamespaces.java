package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;

/**
 * The namespaces that may bind: those that are named, and those whose labels match. Absent or empty admits none; an empty selector
 * ({@code {}}) admits every namespace.
 *
 * @param names names of namespaces
 * @param selector labels of namespaces; null selects none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AllowedNamespaces(
        @JsonPropertyDescription("Names of namespaces that may bind.")
        @Size(max = 256)
        @ValidationRule(
                value = "self.all(n, n.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$'))",
                message =
                        "`spec.allowedNamespaces.names` must be names of namespaces: lower case letters, digits and `-`."
                                + " For every namespace set `spec.allowedNamespaces.selector` to `{}`.")
        List<@Size(min = 1, max = 63) String> names,

        @JsonPropertyDescription("Labels of namespaces that may bind. `{}` is every namespace; absent is none.")
        LabelSelector selector) {}
