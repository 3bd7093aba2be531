package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * What the login that proved access saw.
 *
 * @param user the user name that Redis answered
 * @param redisVersion the server's version
 * @param latencyMillis how long each step of that login took
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VerificationStatus(
        @JsonPropertyDescription("The user that Redis named (ACL WHOAMI).")
        String user,

        @JsonPropertyDescription("The version that the server told.")
        String redisVersion,

        @JsonPropertyDescription("How long each step took in the check that made the condition True.")
        LatencyMillis latencyMillis) {}
