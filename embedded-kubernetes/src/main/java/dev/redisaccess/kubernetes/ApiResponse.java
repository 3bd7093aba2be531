package dev.redisaccess.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;

/** A response of the API: an HTTP status and a JSON document (a plain text for the health paths). */
record ApiResponse(int code, String mediaType, String body) {
    static ApiResponse json(int code, JsonNode body) {
        return new ApiResponse(code, "application/json", body.toString());
    }

    static ApiResponse ok(JsonNode body) {
        return json(200, body);
    }

    static ApiResponse text(String body) {
        return new ApiResponse(200, "text/plain", body);
    }
}
