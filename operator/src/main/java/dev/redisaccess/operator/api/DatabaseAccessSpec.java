package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * How much access bindings get.
 *
 * @param full whether a binding without a profile gets full access; null: it does
 * @param profiles what bindings can choose instead of full access; null: nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatabaseAccessSpec(
        @Default("Allowed")
        @JsonPropertyDescription(
                "Whether a binding without `accessProfile` gets full access (`+@all ~*`)."
                        + " `Forbidden`: every binding must name a profile; a binding that has full access keeps it until it does.")
        FullAccess full,

        @Size(max = 16)
        @JsonPropertyDescription("What bindings can choose instead of full access."
                + " A changed profile changes the access of all bindings that use it, without a reconnect.")
        List<AccessProfileSpec> profiles) {}
