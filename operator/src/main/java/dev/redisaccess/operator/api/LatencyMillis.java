package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;

/**
 * The durations of one verification, in milliseconds.
 *
 * @param token from the request to Kubernetes to Entra's token
 * @param connect DNS, TCP and TLS
 * @param authenticate HELLO with the token
 * @param command ACL WHOAMI and PING
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LatencyMillis(
        @Min(0) @JsonPropertyDescription("The requests to Kubernetes and to Entra for a token.")
        Long token,

        @Min(0) @JsonPropertyDescription("DNS, TCP and TLS together.")
        Long connect,

        @Min(0) @JsonPropertyDescription("The login: HELLO with the token.")
        Long authenticate,

        @Min(0) @JsonPropertyDescription("ACL WHOAMI and PING together.")
        Long command) {}
