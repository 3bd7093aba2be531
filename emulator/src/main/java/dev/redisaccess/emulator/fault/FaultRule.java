package dev.redisaccess.emulator.fault;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.redisaccess.emulator.http.Request;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The requests that are hit, and the action.
 *
 * @param service the service
 * @param method a regular expression that the whole method matches; every method when absent
 * @param path a regular expression that is found in the decoded path, in any case; every path when absent
 * @param client (Entra and the token proxy) the {@code client_id} of the request; every client when absent
 * @param skip the number of matching requests that pass first
 * @param times the number of requests that are hit after that; all when absent or 0
 * @param action the action on them
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record FaultRule(
        Service service, String method, String path, String client, int skip, int times, FaultAction action) {

    public FaultRule {
        method = method == null ? ".*" : method;
        path = path == null ? "" : path;
        client = client == null ? "" : client;
        if (service == null) {
            throw new IllegalArgumentException("`service` must be arm, entra, tokenProxy or imds");
        }
        if (action == null) {
            throw new IllegalArgumentException("`action` must be given");
        }
        if (skip < 0 || times < 0) {
            throw new IllegalArgumentException("`skip` and `times` must not be negative");
        }
        if (action.aadsts() != 0 && !exchanges(service)) {
            throw new IllegalArgumentException("`action.aadsts` must be used with service entra or tokenProxy");
        }
        if (!client.isEmpty() && !exchanges(service)) {
            throw new IllegalArgumentException("`client` must be used with service entra or tokenProxy");
        }
        if ((action.endFailed() || action.neverEnds()) && service != Service.ARM) {
            throw new IllegalArgumentException(
                    "`action.endFailed` and `action.neverEnds` must be used with service arm");
        }
        requireRegularExpression("method", method);
        requireRegularExpression("path", path);
    }

    private static boolean exchanges(Service service) {
        return service == Service.ENTRA || service == Service.TOKEN_PROXY;
    }

    boolean matches(Service where, Request request) {
        return service == where
                && Pattern.compile(method, Pattern.CASE_INSENSITIVE)
                        .matcher(request.method())
                        .matches()
                && Pattern.compile(path, Pattern.CASE_INSENSITIVE)
                        .matcher(request.path())
                        .find()
                && (client.isEmpty() || client.equalsIgnoreCase(request.form().getOrDefault("client_id", "")));
    }

    private static void requireRegularExpression(String field, String expression) {
        try {
            Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "`" + field + "` must be a regular expression: " + e.getDescription(), e);
        }
    }
}
