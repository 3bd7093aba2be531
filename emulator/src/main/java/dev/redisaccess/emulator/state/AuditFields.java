package dev.redisaccess.emulator.state;

import java.time.Instant;
import java.util.Optional;

/**
 * The times at which a resource was written, and the principals that wrote it.
 *
 * @param createdBy object id
 * @param updatedBy object id
 */
public record AuditFields(Instant createdOn, String createdBy, Instant updatedOn, String updatedBy) {

    /**
     * AuditFields now.
     *
     * @param before empty when it is created
     */
    public static AuditFields by(String writer, Instant now, Optional<AuditFields> before) {
        return before.map(each -> new AuditFields(each.createdOn, each.createdBy, now, writer))
                .orElseGet(() -> new AuditFields(now, writer, now, writer));
    }
}
