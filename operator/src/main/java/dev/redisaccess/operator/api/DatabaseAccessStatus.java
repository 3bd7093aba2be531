package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;

/**
 * How many assignments a database has, by kind, as of the last review. All counts are from 0; null: not known.
 *
 * @param total all of them
 * @param bound created by this installation, and needed by a binding
 * @param adopted created by others, for the identity of a binding
 * @param acknowledged approved in the spec
 * @param leftover created by this installation, and needed by no binding
 * @param unmanaged everything else
 * @param installation the owner mark of the installation whose counts these are
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatabaseAccessStatus(
        @Min(0) @JsonPropertyDescription("How many access policy assignments the database has.")
        Integer total,

        @Min(0) @JsonPropertyDescription("How many this installation created that a binding needs.")
        Integer bound,

        @Min(0) @JsonPropertyDescription("How many others created for the identity of a binding.")
        Integer adopted,

        @Min(0) @JsonPropertyDescription("How many are acknowledged in `spec.access.acknowledged`.")
        Integer acknowledged,

        @Min(0)
        @JsonPropertyDescription("How many assignments this installation created that no binding needs."
                + " As of the last reading of Azure; absent while it is not known.")
        Integer leftover,

        @Min(0) @JsonPropertyDescription("How many others created that nothing explains.")
        Integer unmanaged,

        @Size(max = 16)
        @JsonPropertyDescription(
                "The owner mark of the installation that wrote these counts: each installation sees the bindings"
                        + " of its own namespaces only.")
        String installation) {}
