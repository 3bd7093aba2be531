package dev.redisaccess.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** What a user reads when the cluster of the current context does not answer. */
class UnreachableClusterTest {

    @Test
    void nothingListens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(message("https://127.0.0.1:" + port))
                .contains(
                        "The API server `https://127.0.0.1:" + port + "/` does not accept connections.", "`--context`");
    }

    @Test
    void theHostIsNotKnown() {
        assertThat(message("https://nowhere.invalid:443"))
                .contains("The API server `https://nowhere.invalid:443/` has a host name that is not known.");
    }

    @Test
    void nothingIsAnswered() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String server = "http://127.0.0.1:" + silent.getLocalPort();
            assertThat(message(server, 500)).contains("The API server `" + server + "/` does not respond in time.");
        }
    }

    @Test
    void theAnswerIsAnError() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(418, -1);
            exchange.close();
        });
        server.start();
        try {
            assertThat(message("http://127.0.0.1:" + server.getAddress().getPort()))
                    .contains("The cluster could not be read: KubernetesClientException: ", "Teapot");
        } finally {
            server.stop(0);
        }
    }

    private static String message(String server) {
        return message(server, 30_000);
    }

    private static String message(String server, int timeoutMillis) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(server)
                .withRequestTimeout(timeoutMillis)
                .withConnectionTimeout(timeoutMillis)
                .withRequestRetryBackoffLimit(0)
                .build();
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            Ran ran = Ran.of(context -> new ClusterReader(client), "who", "orders-cache");
            assertThat(ran.code()).isEqualTo(ExitCode.NOT_READ.code());
            return ran.err();
        }
    }
}
