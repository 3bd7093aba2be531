package dev.redisaccess.kubernetes;

import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.vertx.HttpServerRequestHandler;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The running server: plain HTTP on the loopback address. Requests and WebSockets go through fabric8's mock server
 * handler; a watch over plain HTTP, as kubectl requests it, is streamed here, which that handler cannot do.
 */
public final class EmbeddedKubernetes implements AutoCloseable {
    /** The issuer of the embedded API's tokens. It is not resolved: the keys are passed as a file. */
    public static final String ISSUER = "https://kubernetes.embedded.invalid";

    private static final long TIMEOUT_SECONDS = 20;

    private final Vertx vertx;
    private final HttpServer server;
    private final KubernetesApi api;
    private final ApiFaults faults;

    private EmbeddedKubernetes(Vertx vertx, HttpServer server, KubernetesApi api) {
        this.vertx = vertx;
        this.server = server;
        this.api = api;
        this.faults = new ApiFaults(vertx);
    }

    /** Starts on the port; 0 takes a free one. */
    public static EmbeddedKubernetes start(int port, Clock clock) {
        return start(port, clock, (method, target, userAgent) -> {});
    }

    /**
     * Starts on the port; 0 takes a free one.
     *
     * @param listener notified of each request before its response
     */
    public static EmbeddedKubernetes start(int port, Clock clock, RequestListener listener) {
        // Requests are processed on the event loop. On a busy machine the first ones load classes for longer than
        // the two seconds after which Vert.x would log that.
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(2)
                .setWorkerPoolSize(1)
                .setMaxEventLoopExecuteTime(TIMEOUT_SECONDS)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.SECONDS));
        HttpServerOptions options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setHandle100ContinueAutomatically(true)
                .setWebSocketSubProtocols(List.of("v4.channel.k8s.io"));
        KubernetesApi api = new KubernetesApi(ISSUER, clock);
        HttpServer server = vertx.createHttpServer(options);
        EmbeddedKubernetes kubernetes = new EmbeddedKubernetes(vertx, server, api);
        RequestHandler requests = new RequestHandler(vertx, new KubernetesDispatcher(api), listener);
        server.requestHandler(request -> kubernetes.faults.admit(request, () -> {
            if (isPlainWatch(request)) {
                kubernetes.stream(request);
            } else {
                requests.handle(request);
            }
        }));
        await(server.listen());
        return kubernetes;
    }

    /** fabric8's handler with the dispatcher of this API. */
    private static final class RequestHandler extends HttpServerRequestHandler {
        private final KubernetesDispatcher dispatcher;
        private final RequestListener listener;

        RequestHandler(Vertx vertx, KubernetesDispatcher dispatcher, RequestListener listener) {
            super(vertx);
            this.dispatcher = dispatcher;
            this.listener = listener;
        }

        @Override
        protected MockResponse onHttpRequest(RecordedRequest request) {
            listener.received(
                    request.getMethod(),
                    request.getPath(),
                    Optional.ofNullable(request.getHeader("User-Agent")).orElse(""));
            return dispatcher.dispatch(request);
        }
    }

    private static boolean isPlainWatch(HttpServerRequest request) {
        String watch = request.getParam("watch", "");
        return (watch.equals("true") || watch.equals("1")) && !request.headers().contains("Upgrade");
    }

    private void stream(HttpServerRequest request) {
        ApiRequest parsed = ApiRequest.watch(request.uri(), request.getHeader("Accept"));
        HttpServerResponse response = request.response();
        response.setChunked(true).putHeader("Content-Type", "application/json");
        response.writeHead();
        Runnable end = api.watch(parsed, line -> {
            if (!response.ended() && !response.closed()) {
                response.write(line);
            }
        });
        response.closeHandler(closed -> end.run());
        long seconds = Long.parseLong(request.getParam("timeoutSeconds", "0"));
        if (seconds > 0) {
            long timer = vertx.setTimer(TimeUnit.SECONDS.toMillis(seconds), id -> {
                end.run();
                response.end();
            });
            response.endHandler(ended -> vertx.cancelTimer(timer));
        }
    }

    /** For tests of clients. */
    public ApiFaults faults() {
        return faults;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    /** A kubeconfig for clients of this server. There is no authentication, so it names no user's credential. */
    public String kubeconfig() {
        return """
                apiVersion: v1
                kind: Config
                current-context: embedded
                clusters:
                - name: embedded
                  cluster: {server: "SERVER"}
                users:
                - name: embedded
                  user: {}
                contexts:
                - name: embedded
                  context: {cluster: embedded, user: embedded, namespace: shop}
                """.replace("SERVER", url().toString());
    }

    @Override
    public void close() {
        await(server.close());
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted.", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The embedded Kubernetes API does not start or stop.", e);
        }
    }
}
