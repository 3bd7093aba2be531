package dev.redisaccess.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ApiFaultsTest {

    private static EmbeddedKubernetes kubernetes;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        kubernetes = EmbeddedKubernetes.start(0, Clock.systemUTC());
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        kubernetes.close();
    }

    @Test
    void refusesSoManyRequestsAndThenNone() throws Exception {
        kubernetes.faults().refuse(call -> call.path().equals("/api/v1/namespaces/default"), 409, 2);
        assertThat(get("/api/v1/namespaces/kube-system", "one").statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/namespaces/default", "one"))
                .satisfies(response -> assertThat(response.statusCode()).isEqualTo(409))
                .satisfies(response -> assertThat(response.body()).contains("\"reason\":\"Conflict\""));
        assertThat(get("/api/v1/namespaces/default", "one").statusCode()).isEqualTo(409);
        assertThat(get("/api/v1/namespaces/default", "one").statusCode()).isEqualTo(200);
    }

    @Test
    void respondsLateAndLosesNothing() throws Exception {
        Runnable end = kubernetes.faults().delay(call -> call.agent().equals("slow"), Duration.ofMillis(300));
        Instant began = Instant.now();
        HttpResponse<String> response = http.send(
                request("/api/v1/namespaces/default/configmaps", "slow")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"late\"}}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        end.run();
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(Duration.between(began, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(get("/api/v1/namespaces/default/configmaps/late", "slow").statusCode())
                .isEqualTo(200);
    }

    @Test
    void isGoneForOneClientOnly() throws Exception {
        Runnable end = kubernetes.faults().hangUp(Set.of("lonely"));
        assertThatThrownBy(() -> get("/healthz", "lonely")).isInstanceOf(IOException.class);
        assertThat(get("/healthz", "other").statusCode()).isEqualTo(200);
        end.run();
        assertThat(get("/healthz", "lonely").statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> get(String path, String agent) throws Exception {
        return http.send(request(path, agent).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path, String agent) {
        return HttpRequest.newBuilder(kubernetes.url().resolve(path)).header("User-Agent", agent);
    }
}
