package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.NotEmulated;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.testing.LocalAzure;
import java.util.ArrayList;
import java.util.List;

/** Calls of ARM as the owner, with one api-version. */
record ArmCalls(LocalAzure azure, String apiVersion) {

    Response send(String method, String path, String body) {
        return azure.arm(method, path + (path.contains("?") ? "&" : "?") + "api-version=" + apiVersion, body);
    }

    int status(String method, String path, String body) {
        return send(method, path, body).status();
    }

    JsonNode get(String path) {
        return json(send("GET", path, ""));
    }

    /** The error code of a refusal. */
    String code(String method, String path, String body) {
        return json(send(method, path, body)).at("/error/code").asText();
    }

    /** Whether the refusal is marked as not emulated. */
    boolean notEmulated(String method, String path, String body) {
        return send(method, path, body).headers().containsKey(NotEmulated.HEADER);
    }

    /** The names of the items of a list. */
    List<String> names(String path) {
        List<String> names = new ArrayList<>();
        get(path).path("value").forEach(each -> names.add(each.path("name").asText()));
        return names;
    }

    static JsonNode json(Response response) {
        return Json.parseObject(response.body()).orElse(Json.object());
    }
}
