package dev.redisaccess.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.kubernetes.json.Json;

/** A request that is refused, as the {@code Status} object that a Kubernetes client expects. */
final class ApiFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int code;
    private final String reason;

    private ApiFailure(int code, String reason, String message) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
    }

    static ApiFailure notFound(ResourceKind kind, String name) {
        return new ApiFailure(404, "NotFound", kind.qualifiedPlural() + " \"" + name + "\" not found");
    }

    static ApiFailure noSuchPath() {
        return new ApiFailure(404, "NotFound", "the server could not find the requested resource");
    }

    static ApiFailure alreadyExists(ResourceKind kind, String name) {
        return new ApiFailure(409, "AlreadyExists", kind.qualifiedPlural() + " \"" + name + "\" already exists");
    }

    static ApiFailure conflict(ResourceKind kind, String name) {
        return new ApiFailure(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + kind.qualifiedPlural() + " \"" + name
                        + "\": the object has been modified; please apply your changes to the latest version and try again");
    }

    static ApiFailure badRequest(String message) {
        return new ApiFailure(400, "BadRequest", message);
    }

    static ApiFailure invalid(String message) {
        return new ApiFailure(422, "Invalid", message);
    }

    static ApiFailure methodNotAllowed() {
        return new ApiFailure(
                405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
    }

    static ApiFailure unsupportedMediaType(String accepted) {
        return new ApiFailure(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: " + accepted);
    }

    static ApiFailure internalError() {
        return new ApiFailure(500, "InternalError", "an internal error occurred; the log of this process has it");
    }

    static ApiFailure expired() {
        return new ApiFailure(410, "Expired", "too old resource version: list again");
    }

    int code() {
        return code;
    }

    ObjectNode status() {
        return Json.object()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("message", getMessage())
                .put("reason", reason)
                .put("code", code);
    }
}
