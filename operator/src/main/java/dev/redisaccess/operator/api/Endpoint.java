package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;

/**
 * The address of a database.
 *
 * @param host the DNS name, as ARM reports it
 * @param port the TCP port, 1 to 65535
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Endpoint(
        @Size(max = 253) @JsonPropertyDescription("The DNS name, as Azure reports it.")
        String host,

        @Min(1) @Max(65535) @JsonPropertyDescription("The TCP port.")
        Integer port) {

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
