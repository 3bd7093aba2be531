package dev.redisaccess.emulator.arm;

import dev.redisaccess.emulator.http.Handler;
import dev.redisaccess.emulator.http.Request;
import dev.redisaccess.emulator.http.Response;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/** Adds the headers that every response of ARM has. */
final class Envelope implements Handler {

    private static final DateTimeFormatter ROUTING_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Handler next;
    private final Clock clock;

    Envelope(Handler next, Clock clock) {
        this.next = next;
        this.clock = clock;
    }

    @Override
    public Response handle(Request request) {
        Response response = next.handle(request);
        String id = UUID.randomUUID().toString();
        String correlation = request.header("x-ms-correlation-request-id").orElse(id);
        boolean write = !request.method().equals("GET") && !request.method().equals("HEAD");
        Response counted = write ? response.withDefault("x-ms-throttling-version", "v2") : response;
        return counted.withDefault("Cache-Control", "no-cache")
                .withDefault("x-cache", "CONFIG_NOCACHE")
                .withDefault("Pragma", "no-cache")
                .withDefault("Expires", "-1")
                .withDefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
                .withDefault("X-Content-Type-Options", "nosniff")
                .withDefault("x-ms-request-id", id)
                .withDefault("x-ms-correlation-request-id", correlation)
                .withDefault("x-ms-routing-request-id", "WESTUS2:" + ROUTING_TIME.format(clock.instant()) + ":" + id);
    }
}
