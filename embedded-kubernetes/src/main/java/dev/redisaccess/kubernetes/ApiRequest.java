package dev.redisaccess.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.kubernetes.json.Json;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request, parsed as far as every part of the API needs it.
 *
 * @param path without the query
 * @param mediaType of the body, without parameters; empty when there is none
 */
record ApiRequest(String method, String path, Map<String, String> query, String accept, String mediaType, String body) {

    static ApiRequest of(RecordedRequest request) {
        String target = request.getPath();
        return new ApiRequest(
                request.getMethod(),
                pathOf(target),
                queryOf(target),
                Optional.ofNullable(request.getHeader("Accept")).orElse(""),
                Optional.ofNullable(request.getHeader("Content-Type"))
                        .orElse("")
                        .split(";")[0]
                        .strip(),
                Optional.ofNullable(request.getUtf8Body()).orElse(""));
    }

    /** A watch over plain HTTP: a GET without a body. */
    static ApiRequest watch(String target, String accept) {
        return new ApiRequest("GET", pathOf(target), queryOf(target), accept == null ? "" : accept, "", "");
    }

    private static String pathOf(String target) {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    private static Map<String, String> queryOf(String target) {
        Map<String, String> query = new LinkedHashMap<>();
        int question = target.indexOf('?');
        if (question < 0) {
            return query;
        }
        for (String pair : target.substring(question + 1).split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            query.put(
                    URLDecoder.decode(name, StandardCharsets.UTF_8), URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return query;
    }

    /** The body, which must be an object in JSON or YAML. */
    ObjectNode object() {
        if (mediaType.endsWith("protobuf") || mediaType.endsWith("cbor")) {
            throw ApiFailure.unsupportedMediaType("application/json, application/yaml");
        }
        try {
            return Json.parseObject(body);
        } catch (IllegalArgumentException e) {
            throw ApiFailure.badRequest("the body " + e.getMessage());
        }
    }

    String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    boolean flag(String name) {
        String value = parameter(name);
        return value.equals("true") || value.equals("1");
    }

    boolean isWatch() {
        return method.equals("GET") && flag("watch");
    }

    boolean isDryRun() {
        return parameter("dryRun").equals("All");
    }

    /** Whether the client requests lists and objects as a table, as {@code kubectl get} does. */
    boolean isTable() {
        return accept.contains("as=Table");
    }

    Selection selection() {
        return Selection.parse(parameter("labelSelector"), parameter("fieldSelector"));
    }
}
