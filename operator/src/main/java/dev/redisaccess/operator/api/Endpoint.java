package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * Where a database is reached.
 *
 * @param host the DNS name, as ARM reports it
 * @param port the TCP port, 1 to 65535
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Endpoint(
        @JsonPropertyDescription("The DNS name, as Azure reports it.")
        String host,

        @JsonPropertyDescription("The TCP port.") Integer port) {

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
