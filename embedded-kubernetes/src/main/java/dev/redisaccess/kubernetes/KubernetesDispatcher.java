package dev.redisaccess.kubernetes;

import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the API behind fabric8's mock server: responses, and watches of its clients, which come as WebSockets. */
final class KubernetesDispatcher extends Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesDispatcher.class);

    private final KubernetesApi api;

    KubernetesDispatcher(KubernetesApi api) {
        this.api = api;
    }

    @Override
    public MockResponse dispatch(RecordedRequest recorded) {
        ApiRequest request = ApiRequest.of(recorded);
        if (request.isWatch()) {
            return new MockResponse().withWebSocketUpgrade(new WatchOverWebSocket(request));
        }
        ApiResponse response = api.handle(request);
        LOG.debug("{} {} {} -> {}", request.method(), request.path(), request.query(), response.code());
        return new MockResponse()
                .setResponseCode(response.code())
                .setHeader("Content-Type", response.mediaType())
                .setBody(response.body());
    }

    private final class WatchOverWebSocket extends WebSocketListener {
        private final ApiRequest request;
        private final AtomicReference<Runnable> end = new AtomicReference<>(() -> {});

        WatchOverWebSocket(ApiRequest request) {
            this.request = request;
        }

        @Override
        public void onOpen(WebSocket socket, Response response) {
            end.set(api.watch(request, socket::send));
        }

        @Override
        public void onClosing(WebSocket socket, int code, String reason) {
            socket.close(code, reason);
            end.get().run();
        }

        @Override
        public void onClosed(WebSocket socket, int code, String reason) {
            end.get().run();
        }

        @Override
        public void onFailure(WebSocket socket, Throwable failure, Response response) {
            end.get().run();
        }
    }
}
