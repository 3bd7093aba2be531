package dev.redisaccess.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;

/** What the API says to a request: an HTTP status and a JSON document (a plain text for the health paths). */
record Answer(int code, String mediaType, String body) {
    static Answer json(int code, JsonNode body) {
        return new Answer(code, "application/json", body.toString());
    }

    static Answer ok(JsonNode body) {
        return json(200, body);
    }

    static Answer text(String body) {
        return new Answer(200, "text/plain", body);
    }
}
