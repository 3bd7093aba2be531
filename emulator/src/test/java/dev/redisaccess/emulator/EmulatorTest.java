package dev.redisaccess.emulator;

import static dev.redisaccess.emulator.testing.LocalAzure.DATABASE;
import static dev.redisaccess.emulator.testing.LocalAzure.IDENTITY_CLIENT;
import static dev.redisaccess.emulator.testing.LocalAzure.IDENTITY_OBJECT;
import static dev.redisaccess.emulator.testing.LocalAzure.OWNER_CLIENT;
import static dev.redisaccess.emulator.testing.LocalAzure.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.identity.ClientAssertionCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redisaccess.emulator.config.ConfigFile;
import dev.redisaccess.emulator.testing.KubernetesIssuer;
import dev.redisaccess.emulator.testing.KubernetesIssuer.Claims;
import dev.redisaccess.emulator.testing.LocalAzure;
import dev.redisaccess.emulator.testing.ManagedIdentityProgram;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole emulator with the clients that people use: azure-identity, the JDK's HTTP client, and Lettuce. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmulatorTest {

    private static final String ASSIGNMENT =
            DATABASE + "/accessPolicyAssignments/" + IDENTITY_OBJECT + "?api-version=" + LocalAzure.API;
    private static final String BODY =
            "{\"properties\":{\"accessPolicyName\":\"default\",\"user\":{\"objectId\":\"" + IDENTITY_OBJECT + "\"}}}";

    private final KubernetesIssuer cluster = new KubernetesIssuer();
    private final ObjectMapper json = new ObjectMapper();
    private Path directory;
    private Emulator emulator;
    private java.net.http.HttpClient http;
    private HttpClient azureHttp;
    private String ownersToken;
    private Endpoints atStart;

    @BeforeAll
    void start(@TempDir Path shared) throws Exception {
        directory = shared;
        Path keys = directory.resolve("jwks.json");
        Files.writeString(keys, cluster.jwks());
        String yaml = LocalAzure.CONFIG.replace("KEYS", keys.toString()).replace("timing: recorded", "timing: fast");
        emulator = Emulator.start(ConfigFile.parse(yaml), directory.resolve("state"));
        SSLContext trusting = trusting(Path.of(emulator.endpoints().caFile()));
        http = java.net.http.HttpClient.newBuilder()
                .sslContext(trusting)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        azureHttp =
                new JdkHttpClientBuilder(java.net.http.HttpClient.newBuilder().sslContext(trusting)).build();
        atStart = emulator.endpoints();
        ownersToken = ownersToken();
    }

    @AfterAll
    void stop() {
        emulator.close();
    }

    @AfterEach
    void calm() {
        emulator.faults().clear();
    }

    @Test
    void writesWhereEverythingListens() throws IOException {
        JsonNode file = json.readTree(directory.resolve("state/endpoints.json").toFile());
        assertThat(file).isEqualTo(json.valueToTree(atStart));
        assertThat(file.path("arm").asText()).startsWith("https://localhost:");
        assertThat(file.path("databases").get(0).path("resourceId").asText()).isEqualTo(DATABASE);
        assertThat(file.path("databases").get(0).path("port").asInt()).isPositive();
        assertThat(emulator.endpoints().aligned()).contains("  redis        localhost:");
    }

    @Test
    void letsAWorkloadInWhileItsAssignmentLasts() throws Exception {
        String token = redisToken(assertionCredential(Claims.validAt(now())));
        assertThatThrownBy(() -> whoAmI(token))
                .isInstanceOf(RedisConnectionException.class)
                .rootCause()
                .hasMessageStartingWith("WRONGPASS");

        assertThat(arm("PUT", ASSIGNMENT, BODY).statusCode()).isEqualTo(201);
        awaitState("Succeeded");
        assertThat(whoAmI(token)).isEqualTo(IDENTITY_OBJECT);

        HttpResponse<String> deleted = arm("DELETE", ASSIGNMENT, "");
        assertThat(deleted.statusCode()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> arm("GET", ASSIGNMENT, "").statusCode() == 404);
        assertThatThrownBy(() -> whoAmI(token)).isInstanceOf(RedisConnectionException.class);
        assertThat(arm("DELETE", ASSIGNMENT, "").statusCode()).isEqualTo(204);
        String operation = deleted.headers().firstValue("Azure-AsyncOperation").orElseThrow();
        String path = operation.substring(emulator.endpoints().arm().length());
        assertThat(json.readTree(arm("GET", path, "").body()).path("status").asText())
                .isEqualTo("Succeeded");
    }

    @Test
    void exchangesTheTokenFileOfAPod() throws IOException {
        Path file = directory.resolve("token");
        Files.writeString(file, cluster.sign(Claims.validAt(now())));
        TokenCredential credential = new WorkloadIdentityCredentialBuilder()
                .tenantId(TENANT)
                .clientId(IDENTITY_CLIENT)
                .tokenFilePath(file.toString())
                .authorityHost(emulator.endpoints().authority())
                .disableInstanceDiscovery()
                .httpClient(azureHttp)
                .build();
        assertThat(redisToken(credential)).isNotEmpty();
    }

    @Test
    void givesTheSdkTheErrorOfEntra() {
        TokenCredential credential = assertionCredential(Claims.validAt(now()).about("system:serviceaccount:a:b"));
        assertThatThrownBy(() -> redisToken(credential)).hasStackTraceContaining("AADSTS700213");
    }

    @Test
    void givesAProgramInAzureItsToken() throws Exception {
        assertThat(program(
                        "AZURE_POD_IDENTITY_AUTHORITY_HOST",
                        emulator.endpoints().imds()))
                .isEqualTo(IDENTITY_OBJECT);
        Endpoints.AppServiceEndpoint appService = emulator.endpoints().appService();
        assertThat(program("IDENTITY_ENDPOINT", appService.endpoint(), "IDENTITY_HEADER", appService.header()))
                .isEqualTo(IDENTITY_OBJECT);
    }

    @Test
    void makesADatabaseThroughResourceManager() throws Exception {
        String other = DATABASE.replace("/orders/", "/invoices/");
        String api = "?api-version=" + LocalAzure.API;
        String cluster = other.replace("/databases/default", "");
        assertThat(arm("PUT", cluster + api, "{\"location\":\"westus2\",\"sku\":{\"name\":\"Balanced_B0\"}}")
                        .statusCode())
                .isEqualTo(201);
        await().atMost(Duration.ofSeconds(20)).until(() -> state(cluster + api), "Succeeded"::equals);
        JsonNode created =
                json.readTree(arm("PUT", other + api, "{\"properties\":{\"clusteringPolicy\":\"NoCluster\"}}")
                        .body());
        assertThat(created.at("/properties/provisioningState").asText()).isEqualTo("Creating");
        assertThat(emulator.redis(other)).get().satisfies(front -> assertThat(front.port())
                .isEqualTo(created.at("/properties/port").asInt()));
        await().atMost(Duration.ofSeconds(20)).until(() -> state(other + api), "Succeeded"::equals);
        assertThat(arm("DELETE", cluster + api, "").statusCode()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(20)).until(() -> emulator.redis(other).isEmpty());
    }

    @Test
    void breaksConnectionsOnDemandAndCountsRequests() throws Exception {
        call("POST", control("/faults"), "{\"service\":\"arm\",\"times\":1,\"action\":{\"closeMidBody\":true}}");
        assertThatThrownBy(() -> arm("GET", DATABASE + "?api-version=" + LocalAzure.API, ""))
                .isInstanceOf(IOException.class);
        call("POST", control("/faults"), "{\"service\":\"entra\",\"times\":1,\"action\":{\"aadsts\":90033}}");
        String token = emulator.endpoints().authority() + "/" + TENANT + "/oauth2/v2.0/token";
        assertThat(call("POST", token, "").statusCode()).isEqualTo(503);
        assertThat(json.readTree(call("GET", control("/faults"), "").body()).path("faults"))
                .hasSize(2);
        JsonNode requests =
                json.readTree(call("GET", control("/requests"), "").body()).path("requests");
        assertThat(requests).anySatisfy(entry -> {
            assertThat(entry.path("service").asText()).isEqualTo("entra");
            assertThat(entry.path("status").asInt()).isEqualTo(503);
        });
        assertThat(call("POST", control("/faults"), "{\"service\":\"dns\"}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void movesItsClockAndRotatesItsKeys() throws Exception {
        String before = redisToken(assertionCredential(Claims.validAt(now())));
        assertThat(call("POST", control("/clock"), "{\"advance\": 90000}").statusCode())
                .isEqualTo(200);
        try {
            assertThatThrownBy(() -> whoAmI(before)).isInstanceOf(RedisConnectionException.class);
            JsonNode state = json.readTree(call("GET", control("/state"), "").body());
            assertThat(state.path("refusedLogins"))
                    .anySatisfy(login -> assertThat(login.path("why").asText()).contains("expired"));
        } finally {
            call("POST", control("/clock"), "{\"advance\": -90000}");
        }
        assertThat(call("POST", control("/keys/rotate"), "").statusCode()).isEqualTo(204);
        assertThat(redisToken(assertionCredential(Claims.validAt(now())))).isNotEmpty();
        assertThat(call("POST", control("/clock"), "{\"jump\": 1}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void endsAnOperationOnDemand() throws Exception {
        String other = ASSIGNMENT.replaceFirst("accessPolicyAssignments/[^?]+", "accessPolicyAssignments/endless");
        call(
                "POST",
                control("/faults"),
                "{\"service\":\"arm\",\"path\":\"/endless$\",\"times\":1,\"action\":{\"neverEnds\":true}}");
        String somebody = BODY.replace(IDENTITY_OBJECT, "55555555-5555-5555-5555-555555555555");
        assertThat(arm("PUT", other, somebody).statusCode()).isEqualTo(201);
        JsonNode running = json.readTree(call("GET", control("/state"), "").body())
                .path("operationsRunning")
                .get(0);
        String end = control("/operations/" + running.path("id").asText() + "/end");
        assertThat(call("POST", end, "").statusCode()).isEqualTo(204);
        assertThat(state(other)).isEqualTo("Succeeded");
        assertThat(call("POST", end, "").statusCode()).isEqualTo(404);
        assertThat(arm("DELETE", other, "").statusCode()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(20)).until(() -> arm("GET", other, "").statusCode() == 404);
    }

    @Test
    void breaksRedisOnDemand() throws Exception {
        String token = redisToken(assertionCredential(Claims.validAt(now())));
        String query = control("/redis/faults?database=" + DATABASE);
        assertThat(redisFault("loading", "").statusCode()).isEqualTo(204);
        assertThatThrownBy(() -> whoAmI(token)).rootCause().hasMessageStartingWith("LOADING");
        assertThat(call("DELETE", query, "").statusCode()).isEqualTo(204);
        assertThat(redisFault("expiredCertificate", "").statusCode()).isEqualTo(204);
        assertThatThrownBy(() -> whoAmI(token)).rootCause().isInstanceOf(CertificateExpiredException.class);
        assertThat(call("DELETE", query, "").statusCode()).isEqualTo(204);
        assertThatThrownBy(() -> whoAmI(token)).rootCause().hasMessageStartingWith("WRONGPASS");
        assertThat(call("DELETE", control("/redis/connections?database=" + DATABASE), "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(redisFault("denyCommands", ",\"commands\":[\"ping\"]").statusCode())
                .isEqualTo(204);
        call("DELETE", query, "");
        assertThat(redisFault("answerCommands", ",\"commands\":[\"hello\"],\"line\":\"-HUH what?\"")
                        .statusCode())
                .isEqualTo(204);
        assertThatThrownBy(() -> whoAmI(token)).rootCause().hasMessageStartingWith("HUH what?");
        call("DELETE", query, "");
        assertThat(redisFault("answerCommands", ",\"commands\":[\"hello\"]").body())
                .contains("`line` must be given");
        for (String name : List.of("dropPackets", "rejectHandshake", "untrustedCertificate", "staySilent")) {
            assertThat(redisFault(name, "").statusCode()).as(name).isEqualTo(204);
            call("DELETE", query, "");
        }
        assertThat(redisFault("denyCommands", "").body()).contains("`commands` must be given");
        assertThat(redisFault("earthquake", "").body()).contains("`fault` must be one of");
        assertThat(call("DELETE", control("/redis/faults?database=/none"), "").statusCode())
                .isEqualTo(404);
    }

    private HttpResponse<String> redisFault(String name, String more) throws Exception {
        return call(
                "POST",
                control("/redis/faults"),
                "{\"database\":\"" + DATABASE + "\",\"fault\":\"" + name + "\"" + more + "}");
    }

    @Test
    void remembersWhatASearchOfLogsLooksFor() {
        String token = redisToken(assertionCredential(Claims.validAt(now())));
        assertThat(emulator.tokens().texts()).contains(token).hasSizeGreaterThan(1);
        assertThat(emulator.tokens())
                .hasToString("TokenJournal[" + emulator.tokens().texts().size() + "]");
    }

    private Instant now() {
        return Clock.systemUTC().instant();
    }

    private void awaitState(String wanted) {
        await().atMost(Duration.ofSeconds(20)).until(() -> state(ASSIGNMENT), wanted::equals);
    }

    private String state(String pathAndQuery) throws Exception {
        return json.readTree(arm("GET", pathAndQuery, "").body())
                .at("/properties/provisioningState")
                .asText();
    }

    private String control(String path) {
        return emulator.endpoints().control() + path;
    }

    private HttpResponse<String> arm(String method, String pathAndQuery, String body) throws Exception {
        return call(method, emulator.endpoints().arm() + pathAndQuery, body, "Authorization", "Bearer " + ownersToken);
    }

    private String ownersToken() {
        TokenCredential owner = new ClientSecretCredentialBuilder()
                .tenantId(TENANT)
                .clientId(OWNER_CLIENT)
                .clientSecret("a-test-secret")
                .authorityHost(emulator.endpoints().authority())
                .disableInstanceDiscovery()
                .httpClient(azureHttp)
                .build();
        return owner.getTokenSync(new TokenRequestContext().addScopes("https://management.azure.com/.default"))
                .getToken();
    }

    private HttpResponse<String> call(String method, String url, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private TokenCredential assertionCredential(Claims claims) {
        return new ClientAssertionCredentialBuilder()
                .tenantId(TENANT)
                .clientId(IDENTITY_CLIENT)
                .clientAssertion(() -> cluster.sign(claims))
                .authorityHost(emulator.endpoints().authority())
                .disableInstanceDiscovery()
                .httpClient(azureHttp)
                .build();
    }

    private static String redisToken(TokenCredential credential) {
        return credential
                .getTokenSync(new TokenRequestContext().addScopes("https://redis.azure.com/.default"))
                .getToken();
    }

    private String whoAmI(String token) {
        Endpoints.DatabaseEndpoint database = emulator.endpoints().databases().get(0);
        RedisURI uri = RedisURI.builder()
                .withHost(database.host())
                .withPort(database.port())
                .withSsl(true)
                .withTimeout(Duration.ofSeconds(20))
                .withAuthentication(IDENTITY_OBJECT, token.toCharArray())
                .build();
        RedisClient client = RedisClient.create(uri);
        client.setOptions(ClientOptions.builder()
                .sslOptions(SslOptions.builder()
                        .trustManager(Path.of(emulator.endpoints().caFile()).toFile())
                        .build())
                .build());
        try (client;
                StatefulRedisConnection<String, String> connection = client.connect()) {
            return connection.sync().aclWhoami();
        }
    }

    private static String program(String... environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ManagedIdentityProgram.class.getName(),
                IDENTITY_CLIENT));
        for (int i = 0; i < environment.length; i += 2) {
            builder.environment().put(environment[i], environment[i + 1]);
        }
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return out.lines().reduce("", (first, last) -> last);
    }

    private static SSLContext trusting(Path pem) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
