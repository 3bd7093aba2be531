package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.redisaccess.operator.api.RedisAccessBinding;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The operator's client with a server that sends a hostile tenant's content. */
class SmallResponsesTest {

    private static final String LARGE = "x".repeat(200_000);

    private HttpServer server;
    private KubernetesClient client;
    private volatile String accept;
    private volatile int code = 200;
    private volatile String response;
    private volatile String encoding;
    private volatile UnaryOperator<byte[]> compress;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::respond);
        server.start();
        client = KubernetesConnection.builder(new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .build())
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    private void respond(HttpExchange exchange) throws IOException {
        accept = exchange.getRequestHeaders().getFirst("Accept");
        byte[] body = response.getBytes(StandardCharsets.UTF_8);
        encoding = exchange.getRequestHeaders().getFirst("Accept-Encoding");
        if (compress != null) {
            body = compress.apply(body);
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
        }
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Test
    void ofServiceAccountsOnlyMetadataIsRequestedAndOnlyTheIdentityIsKept() {
        response = """
                {"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"9"},"items":[
                 {"metadata":{"name":"orders","namespace":"shop","annotations":{
                   "azure.workload.identity/client-id":"c","other":"%s"},"managedFields":[{"manager":"%s"}]}}]}
                """.formatted(LARGE, LARGE);

        List<ServiceAccount> items = client.serviceAccounts()
                .inAnyNamespace()
                .list(new ListOptionsBuilder().withLimit(100L).build())
                .getItems();

        assertThat(accept).startsWith("application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");
        assertThat(items).singleElement().satisfies(account -> {
            assertThat(account.getMetadata().getName()).isEqualTo("orders");
            assertThat(account.getMetadata().getAnnotations())
                    .isEqualTo(Map.of("azure.workload.identity/client-id", "c"));
        });
    }

    @Test
    void aCompressedListIsExpandedPieceByPiece() {
        // Expands to 200 MB, of which nothing is kept.
        response = "{\"kind\":\"ConfigMapList\",\"apiVersion\":\"v1\",\"items\":["
                + IntStream.range(0, 1000)
                        .mapToObj(i ->
                                "{\"metadata\":{\"name\":\"c-" + i + "\",\"annotations\":{\"a\":\"" + LARGE + "\"}}}")
                        .collect(Collectors.joining(","))
                + "]}";
        // Before the request: it takes seconds on a busy machine.
        byte[] compressed = gzip(response.getBytes(StandardCharsets.UTF_8));
        compress = any -> compressed;

        List<ConfigMap> items = client.configMaps().inAnyNamespace().list().getItems();

        assertThat(encoding).isEqualTo("gzip");
        assertThat(items).hasSize(1000).allSatisfy(item -> assertThat(
                        item.getMetadata().getAnnotations())
                .isNullOrEmpty());
    }

    static Stream<UnaryOperator<byte[]>> broken() {
        return Stream.of(
                body -> Arrays.copyOf(gzip(body), 40),
                body -> changed(gzip(body), 3, 8),
                body -> changed(gzip(body), 1, 0),
                body -> changed(gzip(body), 10, 0x67));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenCompressedListIsAnError(UnaryOperator<byte[]> how) {
        compress = how;
        response = "{\"kind\":\"ConfigMapList\",\"apiVersion\":\"v1\",\"items\":[{\"metadata\":{\"name\":\"c\"}}]}";

        Assertions.assertThatThrownBy(() -> client.configMaps().inAnyNamespace().list())
                .isInstanceOf(KubernetesClientException.class);
    }

    private static byte[] changed(byte[] bytes, int at, int value) {
        bytes[at] = (byte) value;
        return bytes;
    }

    private static byte[] gzip(byte[] body) {
        var compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    @Test
    void ofConfigMapsNothingIsKeptThatIsLongerThanWhatIsPublished() {
        response = """
                {"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"9","continue":"next"},"items":[
                 {"metadata":{"name":"a","labels":{"redisaccess.dev/binding":"u","more":"%1$s"}},
                  "data":{"A":"1","B":"%1$s"},"binaryData":{"C":"%1$s"}},
                 {"metadata":{"name":"hostile","finalizers":["%1$s"]}},
                 {"metadata":{"name":"b"},"immutable":true}]}
                """.formatted(LARGE);

        var list = client.configMaps().inAnyNamespace().list();

        assertThat(list.getMetadata().getContinue()).isEqualTo("next");
        assertThat(list.getItems())
                .extracting(map -> map.getMetadata().getName())
                .containsExactly("a", "b");
        ConfigMap first = list.getItems().get(0);
        assertThat(first.getData()).isEqualTo(Map.of("A", "1", "B", "(too long)"));
        assertThat(first.getMetadata().getLabels()).isEqualTo(Map.of("redisaccess.dev/binding", "u"));
        assertThat(list.getItems().get(1).getImmutable()).isTrue();
    }

    @Test
    void ofBindingsSpecAndStatusAreKept() {
        response = """
                {"kind":"RedisAccessBinding","apiVersion":"redisaccess.dev/v1alpha1",
                 "metadata":{"name":"orders-cache","namespace":"shop","annotations":{"a":"%s"}},
                 "spec":{"databaseRef":{"name":"metadata"},"serviceAccountName":"orders"},
                 "status":{"observedGeneration":3}}
                """.formatted(LARGE);

        RedisAccessBinding binding = client.resources(RedisAccessBinding.class)
                .inNamespace("shop")
                .withName("orders-cache")
                .get();

        assertThat(String.valueOf(accept)).doesNotContain("PartialObjectMetadata");
        assertThat(binding.getMetadata().getAnnotations()).isNullOrEmpty();
        assertThat(binding.getSpec().databaseRef().name()).isEqualTo("metadata");
        assertThat(binding.getStatus().observedGeneration()).isEqualTo(3);
    }

    @Test
    void aRefusalIsReadAsItIs() {
        code = 403;
        response = """
                {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"no","reason":"Forbidden","code":403}
                """;

        Assertions.assertThatThrownBy(() -> client.configMaps().inAnyNamespace().list())
                .isInstanceOfSatisfying(KubernetesClientException.class, refused -> {
                    assertThat(refused.getCode()).isEqualTo(403);
                    assertThat(refused.getStatus().getMessage()).isEqualTo("no");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/configmaps,CONFIG_MAPS,false",
        "/api/v1/namespaces/shop/configmaps,CONFIG_MAPS,false",
        "/api/v1/namespaces/shop/configmaps/orders-cache,CONFIG_MAPS,true",
        "/api/v1/namespaces,NAMESPACES,false",
        "/api/v1/namespaces/shop,NAMESPACES,true",
        "/api/v1/namespaces/shop/serviceaccounts,SERVICE_ACCOUNTS,false",
        "/apis/redisaccess.dev/v1alpha1/redisaccessbindings,BINDINGS,false",
        "/apis/redisaccess.dev/v1alpha1/namespaces/shop/redisaccessbindings/orders/status,BINDINGS,true",
        "/apis/redisaccess.dev/v1alpha1/redisdatabases/orders,DATABASES,true",
        "/api/v1/namespaces/shop/serviceaccounts/orders/token,,",
        "/apis/coordination.k8s.io/v1/namespaces/ops/leases/operator,,",
        "/version,,"
    })
    void eachPathIsOfOneKind(String path, WatchedKind kind, Boolean single) {
        var request = WatchedKind.request(path);

        assertThat(request.map(WatchedKind.Request::kind).orElse(null)).isEqualTo(kind);
        assertThat(request.map(WatchedKind.Request::single).orElse(null)).isEqualTo(single);
    }
}
