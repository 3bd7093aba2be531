package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/**
 * The login that verified access.
 *
 * @param user the user that Redis reported
 * @param redisVersion the server's version
 * @param latencyMillis the durations of its steps
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VerificationStatus(
        @Size(max = 256) @JsonPropertyDescription("The user that Redis reported (ACL WHOAMI).")
        String user,

        @Size(max = 64) @JsonPropertyDescription("The version that the server reported.")
        String redisVersion,

        @JsonPropertyDescription("The durations of the verification that made the condition `True`.")
        LatencyMillis latencyMillis) {}
