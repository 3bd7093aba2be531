package dev.redisaccess.operator.telemetry;

import java.util.Locale;
import java.util.Optional;

/**
 * The request line and the header fields of an HTTP request, as far as {@link SmallHttpServer} needs them.
 *
 * @param method such as {@code GET}
 * @param path without the query
 * @param persistent whether another request may follow on the connection: only with HTTP/1.1, without
 *     {@code Connection: close} and without a body
 */
record RequestHead(String method, String path, boolean persistent) {

    /** @return empty if the first line is not one of HTTP/1.0 or HTTP/1.1 */
    static Optional<RequestHead> parse(String head) {
        String[] lines = head.split("\r\n");
        String[] parts = lines[0].split(" ", -1);
        if (parts.length != 3 || !parts[1].startsWith("/") || !parts[2].matches("HTTP/1\\.[01]")) {
            return Optional.empty();
        }
        boolean persistent = parts[2].equals("HTTP/1.1");
        for (int i = 1; i < lines.length; i++) {
            persistent &= !endsConnection(lines[i].toLowerCase(Locale.ROOT));
        }
        int query = parts[1].indexOf('?');
        return Optional.of(new RequestHead(parts[0], query < 0 ? parts[1] : parts[1].substring(0, query), persistent));
    }

    private static boolean endsConnection(String field) {
        int colon = field.indexOf(':');
        if (colon < 0) {
            return true;
        }
        String value = field.substring(colon + 1).strip();
        return switch (field.substring(0, colon)) {
            case "connection" -> value.contains("close");
            case "content-length" -> !value.equals("0");
            case "transfer-encoding" -> true;
            default -> false;
        };
    }
}
