package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/**
 * What the login that proved access saw.
 *
 * @param user the user name that Redis answered
 * @param redisVersion the server's version
 * @param latencyMillis how long each step of that login took
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VerificationStatus(
        @Size(max = 256) @JsonPropertyDescription("The user that Redis named (ACL WHOAMI).")
        String user,

        @Size(max = 64) @JsonPropertyDescription("The version that the server told.")
        String redisVersion,

        @JsonPropertyDescription("How long each step took in the check that made the condition True.")
        LatencyMillis latencyMillis) {}
