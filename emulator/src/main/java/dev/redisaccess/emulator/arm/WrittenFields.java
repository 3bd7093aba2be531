package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.state.Written;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** {@code createdOn}, {@code updatedOn}, {@code createdBy} and {@code updatedBy} of roles. */
final class WrittenFields {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);

    private WrittenFields() {}

    static void render(ObjectNode properties, Optional<Written> written) {
        properties.put("createdOn", TIME.format(written.map(Written::createdOn).orElse(Instant.EPOCH)));
        properties.put("updatedOn", TIME.format(written.map(Written::updatedOn).orElse(Instant.EPOCH)));
        properties.put("createdBy", written.map(Written::createdBy).orElse(null));
        properties.put("updatedBy", written.map(Written::updatedBy).orElse(null));
    }
}
