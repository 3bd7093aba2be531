package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.state.AuditFields;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** {@code createdOn}, {@code updatedOn}, {@code createdBy} and {@code updatedBy} of roles. */
final class WrittenFields {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);

    private WrittenFields() {}

    static void render(ObjectNode properties, Optional<AuditFields> written) {
        properties.put(
                "createdOn", TIME.format(written.map(AuditFields::createdOn).orElse(Instant.EPOCH)));
        properties.put(
                "updatedOn", TIME.format(written.map(AuditFields::updatedOn).orElse(Instant.EPOCH)));
        properties.put("createdBy", written.map(AuditFields::createdBy).orElse(null));
        properties.put("updatedBy", written.map(AuditFields::updatedBy).orElse(null));
    }
}
