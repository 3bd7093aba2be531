package dev.redisaccess.emulator.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.emulator.http.Handler;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Request;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.state.OperationFate;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;

/** Applies the fault rules to the requests of one service. */
public final class FaultInterceptor implements Handler {

    private static final String CAPTIVE_PORTAL =
            "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in to the network.</body></html>";

    private final Service service;
    private final Faults faults;
    private final Handler next;
    private final BiFunction<Request, Integer, Response> entraError;

    /**
     * @param next the service
     * @param entraError renders an AADSTS number; only used for Entra and the token proxy, because other services cannot have such a rule
     */
    public FaultInterceptor(
            Service service, Faults faults, Handler next, BiFunction<Request, Integer, Response> entraError) {
        this.service = service;
        this.faults = faults;
        this.next = next;
        this.entraError = entraError;
    }

    @Override
    public Response handle(Request request) {
        return faults.take(service, request)
                .map(action -> apply(action, request))
                .orElseGet(() -> next.handle(request));
    }

    private Response apply(FaultAction action, Request request) {
        pause(action.delayMillis());
        if (action.status() != 0) {
            return answer(action);
        } else if (action.garbage()) {
            return Response.text(200, "text/html; charset=utf-8", CAPTIVE_PORTAL);
        } else if (action.aadsts() != 0) {
            return entraError.apply(request, action.aadsts());
        } else if (action.closeMidBody()) {
            return next.handle(request).deliveredAs(Response.Delivery.CUT_IN_BODY);
        } else if (action.dropResponseAfterApplying()) {
            return next.handle(request).deliveredAs(Response.Delivery.NOTHING);
        }
        return next.handle(request.with(fate(action)));
    }

    private static OperationFate fate(FaultAction action) {
        if (action.endFailed()) {
            return OperationFate.FAILS;
        }
        return action.neverEnds() ? OperationFate.NEVER_ENDS : OperationFate.COMPLETES;
    }

    private static Response answer(FaultAction action) {
        JsonNode body = action.body();
        byte[] bytes = body == null || body.isNull()
                ? new byte[0]
                : body.isTextual() ? body.textValue().getBytes(StandardCharsets.UTF_8) : Json.bytes(body);
        String type =
                body != null && body.isTextual() ? "text/plain; charset=utf-8" : "application/json; charset=utf-8";
        return new Response(action.status(), action.headers(), bytes, Response.Delivery.WHOLE)
                .withDefault("Content-Type", type);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the emulator stops: respond at once
        }
    }
}
