package example.orders;

import com.azure.identity.WorkloadIdentityCredentialBuilder;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HTTP server that uses Redis with the pod's workload identity. */
public final class Application {
    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    private final RedisClusterCommands<String, String> redis;

    private Application(RedisClusterCommands<String, String> redis) {
        this.redis = redis;
    }

    public static void main(String[] args) throws IOException {
        Map<String, String> environment = published(System.getenv());
        EntraCredentials credentials = new EntraCredentials(
                // AZURE_TENANT_ID, AZURE_FEDERATED_TOKEN_FILE and AZURE_AUTHORITY_HOST are read here.
                new WorkloadIdentityCredentialBuilder()
                        .clientId(environment.get("AZURE_CLIENT_ID"))
                        .disableInstanceDiscovery()
                        .build(),
                environment.get("REDIS_USERNAME"),
                environment.get("REDIS_ENTRA_SCOPE"),
                Executors.newSingleThreadScheduledExecutor());
        credentials.start();
        Application application = new Application(Redis.connect(environment, credentials));
        int port = Integer.parseInt(environment.getOrDefault("PORT", "8080"));
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/health", exchange -> answer(exchange, application.health()));
        server.createContext("/visits/", exchange -> answer(exchange, application.visit(exchange)));
        server.start();
        LOG.info("listening on port {}", server.getAddress().getPort());
    }

    /** The binding's variables without the binding's prefix, which a pod with two caches needs. */
    private static Map<String, String> published(Map<String, String> pod) {
        String prefix = pod.getOrDefault("REDIS_PREFIX", "");
        Map<String, String> environment = new HashMap<>(pod);
        pod.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                environment.put(name.substring(prefix.length()), value);
            }
        });
        return environment;
    }

    private record Answer(int status, String json) {}

    private Answer health() {
        try {
            return new Answer(200, """
                    {"status": "healthy", "redis_connected": true, "redis_auth_method": "Entra ID token", \
                    "redis_connection_id": %d}""".formatted(redis.clientId()));
        } catch (RedisException e) {
            LOG.warn("Redis does not answer: {}.", e.getClass().getSimpleName());
            return new Answer(503, """
                    {"status": "unhealthy", "redis_connected": false, "redis_auth_method": "Entra ID token", \
                    "error": "%s"}""".formatted(e.getClass().getSimpleName()));
        }
    }

    private Answer visit(HttpExchange exchange) {
        if (!exchange.getRequestMethod().equals("POST")) {
            return new Answer(405, "{}");
        }
        String page = exchange.getRequestURI().getPath().substring("/visits/".length());
        try {
            return new Answer(200, "{\"visits\": %d}".formatted(redis.incr("visits:" + page)));
        } catch (RedisException e) {
            LOG.warn("Redis does not answer: {}.", e.getClass().getSimpleName());
            return new Answer(503, "{}");
        }
    }

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.json().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
