package dev.redisaccess.emulator;

import static dev.redisaccess.emulator.testing.LocalAzure.DATABASE;
import static dev.redisaccess.emulator.testing.LocalAzure.IDENTITY_CLIENT;
import static dev.redisaccess.emulator.testing.LocalAzure.IDENTITY_OBJECT;
import static dev.redisaccess.emulator.testing.LocalAzure.OWNER_CLIENT;
import static dev.redisaccess.emulator.testing.LocalAzure.TENANT;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.identity.ClientAssertionCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redisaccess.emulator.config.ConfigFile;
import dev.redisaccess.emulator.testing.KubernetesIssuer;
import dev.redisaccess.emulator.testing.KubernetesIssuer.Claims;
import dev.redisaccess.emulator.testing.LocalAzure;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** One emulator with the state of {@link LocalAzure}, and requests to it over its sockets. */
final class RunningEmulator implements AutoCloseable {

    static final String ASSIGNMENT =
            DATABASE + "/accessPolicyAssignments/" + IDENTITY_OBJECT + "?api-version=" + LocalAzure.API;
    static final String BODY =
            "{\"properties\":{\"accessPolicyName\":\"default\",\"user\":{\"objectId\":\"" + IDENTITY_OBJECT + "\"}}}";

    private final KubernetesIssuer cluster = new KubernetesIssuer();
    private final ObjectMapper json = new ObjectMapper();
    private final Path directory;
    private final Emulator emulator;
    private final java.net.http.HttpClient http;
    private final HttpClient azureHttp;
    private final String ownersToken;
    private final Endpoints atStart;

    RunningEmulator(Path directory) throws Exception {
        this.directory = directory;
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

    Emulator emulator() {
        return emulator;
    }

    /** The endpoints after the start. */
    Endpoints atStart() {
        return atStart;
    }

    /** The issuer that it trusts. */
    KubernetesIssuer cluster() {
        return cluster;
    }

    ObjectMapper json() {
        return json;
    }

    /** For the Azure SDK. */
    HttpClient http() {
        return azureHttp;
    }

    Path directory() {
        return directory;
    }

    Instant now() {
        return Clock.systemUTC().instant();
    }

    String state(String pathAndQuery) throws Exception {
        return json.readTree(arm("GET", pathAndQuery, "").body())
                .at("/properties/provisioningState")
                .asText();
    }

    String control(String path) {
        return emulator.endpoints().control() + path;
    }

    HttpResponse<String> arm(String method, String pathAndQuery, String body) throws Exception {
        return call(method, emulator.endpoints().arm() + pathAndQuery, body, "Authorization", "Bearer " + ownersToken);
    }

    HttpResponse<String> call(String method, String url, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    TokenCredential assertionCredential(Claims claims) {
        return new ClientAssertionCredentialBuilder()
                .tenantId(TENANT)
                .clientId(IDENTITY_CLIENT)
                .clientAssertion(() -> cluster.sign(claims))
                .authorityHost(emulator.endpoints().authority())
                .disableInstanceDiscovery()
                .httpClient(azureHttp)
                .build();
    }

    static String redisToken(TokenCredential credential) {
        return credential
                .getTokenSync(new TokenRequestContext().addScopes("https://redis.azure.com/.default"))
                .getToken();
    }

    String whoAmI(String token) {
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

    @Override
    public void close() {
        emulator.close();
    }
}
