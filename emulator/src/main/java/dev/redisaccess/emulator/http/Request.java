package dev.redisaccess.emulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request, read completely.
 *
 * @param method in upper case
 * @param target path and query as sent, percent-encoded
 * @param rawPath as sent, percent-encoded, without the query
 * @param query decoded; the last of several values wins
 * @param headers by lower-case name
 * @param body as sent
 * @param attributes values that interceptors leave for handlers, by their type
 */
public record Request(
        String method,
        String target,
        String rawPath,
        Map<String, String> query,
        Map<String, String> headers,
        byte[] body,
        Map<Class<?>, Object> attributes) {

    public Request {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
        attributes = Map.copyOf(attributes);
    }

    /**
     * Parses a request target as sent. A path that begins with two slashes is a path: {@code java.net.URI} parses its
     * first segment as a host, and clients that join {@code https://host/} and {@code /path} send such paths.
     *
     * @param target in origin form, or absolute as a proxy gets it
     */
    public static Request of(String method, String target, Map<String, String> headers, byte[] body) {
        String origin = target.startsWith("http://") || target.startsWith("https://") ? withoutHost(target) : target;
        int question = origin.indexOf('?');
        String path = question < 0 ? origin : origin.substring(0, question);
        String query = question < 0 ? "" : origin.substring(question + 1);
        return new Request(method, origin, path, parseForm(query), headers, body, Map.of());
    }

    private static String withoutHost(String url) {
        int slash = url.indexOf('/', url.indexOf("://") + 3);
        return slash < 0 ? "/" : url.substring(slash);
    }

    /** The path, decoded; used for matching and for resource ids. */
    public String path() {
        return "/" + String.join("/", segments());
    }

    /** The decoded segments of the path; empty ones are omitted. */
    public List<String> segments() {
        return Arrays.stream(rawPath.split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
    }

    /** The value of a header, by its name in any case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The value of a query parameter, if it is present and not empty. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
    }

    /** The body as a form ({@code application/x-www-form-urlencoded}). */
    public Map<String, String> form() {
        return parseForm(new String(body, StandardCharsets.UTF_8));
    }

    /** The body as a JSON object, or empty if it is not one. */
    public Optional<JsonNode> json() {
        return Json.parseObject(body);
    }

    /** A copy with {@code value} as attribute of its class. */
    public Request with(Object value) {
        Map<Class<?>, Object> more = new HashMap<>(attributes);
        more.put(value.getClass(), value);
        return new Request(method, target, rawPath, query, headers, body, more);
    }

    /** A copy with another method. */
    public Request as(String otherMethod) {
        return new Request(otherMethod, target, rawPath, query, headers, body, attributes);
    }

    /** A copy with another target. */
    public Request at(String otherTarget) {
        Request other = of(method, otherTarget, headers, body);
        return new Request(method, other.target, other.rawPath, other.query, headers, body, attributes);
    }

    /** The attribute of that class. */
    public <T> Optional<T> attribute(Class<T> type) {
        return Optional.ofNullable(type.cast(attributes.get(type)));
    }

    /** The server's URL as the client uses it, {@code scheme://host[:port]}, for absolute links in responses. */
    public String base(String scheme) {
        return scheme + "://" + header("host").orElse("localhost");
    }

    static Map<String, String> parseForm(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                values.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Without the query, the headers and the body, because all three can have secrets. */
    @Override
    public String toString() {
        return method + " " + rawPath;
    }
}
