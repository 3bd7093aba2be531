package dev.redisaccess.emulator.control;

import dev.redisaccess.emulator.config.ConfigException;
import dev.redisaccess.emulator.config.ConfigFile;
import dev.redisaccess.emulator.config.RedisFaultRequest;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Request;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.redis.RedisFront;
import dev.redisaccess.emulator.tls.CertificateAuthority;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** The part of the control API that is about the Redis side of one database. */
public final class RedisControl {

    private final Function<String, Optional<RedisFront>> fronts;
    private final CertificateAuthority authority;

    /**
     * @param fronts by resource id; empty while a database does not run
     * @param authority signs the wrong certificates
     */
    public RedisControl(Function<String, Optional<RedisFront>> fronts, CertificateAuthority authority) {
        this.fronts = fronts;
        this.authority = authority;
    }

    /** Adds a fault to those in force. */
    Response add(Request request) {
        try {
            String text = new String(request.body(), StandardCharsets.UTF_8);
            RedisFaultRequest wanted = ConfigFile.parse(text, RedisFaultRequest.class, "fault");
            Optional<RedisFront> front = fronts.apply(wanted.database());
            if (front.isEmpty()) {
                return notThere(wanted.database());
            }
            front.get().fault(wanted.toFault(authority, "localhost"));
            return Response.empty(204);
        } catch (ConfigException | IllegalArgumentException e) {
            return error(400, e.getMessage());
        }
    }

    /** Ends every fault of a database. */
    Response clear(Request request) {
        return on(request, RedisFront::clearFaults);
    }

    /** Cuts every connection to a database, as maintenance does. */
    Response cut(Request request) {
        return on(request, RedisFront::cutConnections);
    }

    private Response on(Request request, java.util.function.Consumer<RedisFront> action) {
        String database = request.parameter("database").orElse("");
        Optional<RedisFront> front = fronts.apply(database);
        front.ifPresent(action);
        return front.isPresent() ? Response.empty(204) : notThere(database);
    }

    private static Response notThere(String database) {
        return error(404, "there is no database '" + database + "' that runs");
    }

    private static Response error(int status, String message) {
        return Response.json(status, Json.object().put("error", message));
    }
}
