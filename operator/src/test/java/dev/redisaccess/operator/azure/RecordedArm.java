package dev.redisaccess.operator.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Replaces the network: records what the SDK's pipeline sends, and returns the responses that a test sets. */
final class RecordedArm implements HttpClient {

    private final Deque<Exchange> responses = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();

    private Runnable onRequest = () -> {};

    private record Exchange(int status, String body, Map<String, String> headers) {}

    RecordedArm respond(int status, String body) {
        return respond(status, body, Map.of());
    }

    RecordedArm respond(int status, String body, Map<String, String> headers) {
        responses.add(new Exchange(status, body, headers));
        return this;
    }

    /** An action while a request is under way. */
    void onRequest(Runnable action) {
        onRequest = action;
    }

    /** Method and URL of each request. */
    List<String> requests() {
        return requests;
    }

    /** The body of each request; empty text where there was none. */
    List<String> bodies() {
        return bodies;
    }

    /** The Authorization header of each request. */
    List<String> authorizations() {
        return tokens;
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return Mono.fromCallable(() -> {
            requests.add(request.getHttpMethod() + " " + request.getUrl());
            BinaryData body = request.getBodyAsBinaryData();
            bodies.add(body == null ? "" : body.toString());
            onRequest.run();
            tokens.add(request.getHeaders().getValue(HttpHeaderName.AUTHORIZATION));
            return recorded(request, responses.remove());
        });
    }

    private static HttpResponse recorded(HttpRequest request, Exchange exchange) {
        HttpHeaders headers = new HttpHeaders().set(HttpHeaderName.CONTENT_TYPE, "application/json; charset=utf-8");
        exchange.headers().forEach((name, value) -> headers.set(HttpHeaderName.fromString(name), value));
        return new BufferedResponse(
                request, exchange.status(), headers, exchange.body().getBytes(StandardCharsets.UTF_8));
    }
}
