package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;

/**
 * How long the steps of one check took, in milliseconds.
 *
 * @param token from asking Kubernetes for a token to having Entra's
 * @param connect DNS, TCP and TLS
 * @param authenticate HELLO with the token
 * @param command ACL WHOAMI and PING
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LatencyMillis(
        @Min(0) @JsonPropertyDescription("From asking Kubernetes for a token to having Entra's.")
        Long token,

        @Min(0) @JsonPropertyDescription("DNS, TCP and TLS.")
        Long connect,

        @Min(0) @JsonPropertyDescription("HELLO with the token.")
        Long authenticate,

        @Min(0) @JsonPropertyDescription("ACL WHOAMI and PING.")
        Long command) {}
