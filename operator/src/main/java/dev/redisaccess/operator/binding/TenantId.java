package dev.redisaccess.operator.binding;

import java.util.Optional;

/**
 * An Entra tenant.
 *
 * @param value a GUID in lower case
 */
public record TenantId(String value) {

    /** @throws IllegalArgumentException if the value is not a GUID */
    public TenantId {
        value = Guid.require(value);
    }

    /** Parses text from outside; empty if it is not a GUID. */
    public static Optional<TenantId> parse(String text) {
        return Guid.parse(text).map(TenantId::new);
    }

    @Override
    public String toString() {
        return value;
    }
}
