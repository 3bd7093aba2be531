package dev.redisaccess.emulator.state;

import java.time.Instant;
import java.util.Optional;

/**
* The times at which a resource was written, and the principals that wrote it.
 *
 * @param createdBy object id
 * @param updatedBy object id
 */
public record Written(Instant createdOn, String createdBy, Instant updatedOn, String updatedBy) {

    /**
     * Written now.
     *
     * @param before empty when it is created
     */
    public static Written by(String writer, Instant now, Optional<Written> before) {
        return before.map(each -> new Written(each.createdOn, each.createdBy, now, writer))
                .orElseGet(() -> new Written(now, writer, now, writer));
    }
}
