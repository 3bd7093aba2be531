package dev.redisaccess.operator.binding;

import java.util.Optional;

/**
 * The application (client) ID of an identity: what a workload is configured with.
 *
 * @param value a GUID in lower case
 */
public record ClientId(String value) {

    /** @throws IllegalArgumentException if the value is not a GUID */
    public ClientId {
        value = Guid.require(value);
    }

    /** Parses text from outside; empty if it is not a GUID. */
    public static Optional<ClientId> parse(String text) {
        return Guid.parse(text).map(ClientId::new);
    }

    @Override
    public String toString() {
        return value;
    }
}
