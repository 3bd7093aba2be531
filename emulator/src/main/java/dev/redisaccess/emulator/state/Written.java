package dev.redisaccess.emulator.state;

import java.time.Instant;

/**
 * The times at which a resource was written, and the principals that did.
 *
 * @param createdBy object id
 * @param updatedBy object id
 */
public record Written(Instant createdOn, String createdBy, Instant updatedOn, String updatedBy) {

    public static Written first(Instant now, String by) {
        return new Written(now, by, now, by);
    }

    /** The same, written once more. */
    public Written again(Instant now, String by) {
        return new Written(createdOn, createdBy, now, by);
    }
}
