package dev.redisaccess.emulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One HTTP response.
 *
 * @param status the status code
 * @param headers one value per name; names compare without case
 * @param body the bytes; empty for none
 * @param delivery what happens to the connection
 */
public record Response(int status, Map<String, String> headers, byte[] body, Delivery delivery) {

    /** How a response reaches the client. */
    public enum Delivery {
        /** Completely. */
        WHOLE,
        /** The connection is closed after half of the body. */
        CUT_IN_BODY,
        /** The connection is closed before the status line. */
        NOTHING
    }

    public Response {
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        headers = Collections.unmodifiableMap(sorted);
    }

    public static Response empty(int status) {
        return new Response(status, Map.of(), new byte[0], Delivery.WHOLE);
    }

    public static Response json(int status, JsonNode tree) {
        return new Response(
                status, Map.of("Content-Type", "application/json; charset=utf-8"), Json.bytes(tree), Delivery.WHOLE);
    }

    public static Response text(int status, String contentType, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Response(status, Map.of("Content-Type", contentType), bytes, Delivery.WHOLE);
    }

    /** A copy with that header set. */
    public Response with(String name, String value) {
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(name, value);
        return new Response(status, more, body, delivery);
    }

    /** A copy with that header set, unless it is set already. */
    public Response withDefault(String name, String value) {
        return headers.containsKey(name) ? this : with(name, value);
    }

    public Response deliveredAs(Delivery other) {
        return new Response(status, headers, body, other);
    }

    /** Without headers and body, because a response can have a token. */
    @Override
    public String toString() {
        return "HTTP " + status;
    }
}
