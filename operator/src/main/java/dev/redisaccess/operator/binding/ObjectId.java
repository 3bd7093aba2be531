package dev.redisaccess.operator.binding;

import java.util.Optional;

/**
 * The object id of a principal: what an assignment grants to, and the name of the Redis user.
 *
 * @param value a GUID in lower case
 */
public record ObjectId(String value) {

    /** @throws IllegalArgumentException if the value is not a GUID */
    public ObjectId {
        value = Guid.require(value);
    }

    /** Parses text from outside; empty if it is not a GUID. */
    public static Optional<ObjectId> parse(String text) {
        return Guid.parse(text).map(ObjectId::new);
    }

    @Override
    public String toString() {
        return value;
    }
}
