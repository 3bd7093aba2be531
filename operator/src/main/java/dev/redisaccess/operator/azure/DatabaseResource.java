package dev.redisaccess.operator.azure;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * A database as JSON. The model of SDK 1.0.0 has no {@code accessKeysAuthentication}; read it through the SDK when it
 * has it. Missing fields are null.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record DatabaseResource(@JsonProperty("properties") Properties properties) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Properties(
            @JsonProperty("port") Integer port,
            @JsonProperty("clientProtocol") String clientProtocol,
            @JsonProperty("clusteringPolicy") String clusteringPolicy,
            @JsonProperty("accessKeysAuthentication") String accessKeysAuthentication,
            @JsonProperty("provisioningState") String provisioningState,
            @JsonProperty("resourceState") String resourceState) {}

    DatabaseDescription describe() {
        Properties found = properties == null ? new Properties(null, null, null, null, null, null) : properties;
        return new DatabaseDescription(
                Optional.ofNullable(found.port()),
                text(found.clientProtocol()),
                text(found.clusteringPolicy()),
                text(found.accessKeysAuthentication()),
                new DatabaseDescription.State(text(found.resourceState()), text(found.provisioningState())));
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
