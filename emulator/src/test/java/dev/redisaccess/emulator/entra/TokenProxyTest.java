package dev.redisaccess.emulator.entra;

import static dev.redisaccess.emulator.testing.LocalAzure.IDENTITY_CLIENT;
import static dev.redisaccess.emulator.testing.LocalAzure.IDENTITY_OBJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import dev.redisaccess.emulator.Emulator;
import dev.redisaccess.emulator.Endpoints;
import dev.redisaccess.emulator.config.ConfigFile;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.state.IdentityBindings;
import dev.redisaccess.emulator.testing.KubernetesIssuer;
import dev.redisaccess.emulator.testing.KubernetesIssuer.Claims;
import dev.redisaccess.emulator.testing.LocalAzure;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The token proxy over TLS, as a program in a pod calls it. */
class TokenProxyTest {

    private static final String PROXY = """
            tokenProxy:
              identityBindings: [33333333-3333-3333-3333-333333333333]
              authorization: [{clientId: 33333333-3333-3333-3333-333333333333, subjects: ["system:serviceaccount:shop:orders"]}]
            """;

    @TempDir
    private Path directory;

    private final KubernetesIssuer cluster = new KubernetesIssuer();
    private Emulator azure;
    private Endpoints.TokenProxyEndpoint proxy;

    @BeforeEach
    void start() throws Exception {
        Path keys = Files.writeString(directory.resolve("jwks.json"), cluster.jwks());
        azure = Emulator.start(
                ConfigFile.parse(LocalAzure.CONFIG
                                .replace("KEYS", keys.toString())
                                .replaceAll("(?s)clusters:.*?identities:", "identities:")
                        + PROXY),
                directory.resolve("state"));
        proxy = azure.endpoints().tokenProxy();
    }

    @AfterEach
    void stop() {
        azure.close();
    }

    @Test
    void exchangesTheTokenByTheIssuerOfTheIdentityBinding() throws Exception {
        HttpResponse<byte[]> response = exchange(claims -> claims);

        assertThat(response.statusCode()).isEqualTo(200);
        String token = json(response).path("access_token").asText();
        assertThat(SignedJWT.parse(token).getJWTClaimsSet().getStringClaim("oid"))
                .isEqualTo(IDENTITY_OBJECT);
        assertThat(azure.state().directory().identities().get(0).federatedCredentials())
                .anySatisfy(credential -> {
                    assertThat(credential.name()).isEqualTo("aks-identity-binding");
                    assertThat(credential.issuer())
                            .isEqualTo(
                                    "https://ib.oic.prod-aks.azure.com/" + LocalAzure.TENANT + "/" + IDENTITY_CLIENT);
                });
    }

    @Test
    void refusesWhatIsNotATokenForIt() throws Exception {
        assertThat(exchange(claims -> claims.meantFor(KubernetesIssuer.AUDIENCE))
                        .statusCode())
                .isEqualTo(401);
        assertThat(exchange(claims -> claims.movedBy(Duration.ofHours(-2))).statusCode())
                .isEqualTo(401);
        assertThat(post(cluster.forge(claims())).statusCode()).isEqualTo(401);
        assertThat(post("opaque").statusCode()).isEqualTo(400);
    }

    @Test
    void refusesAServiceAccountThatMayNotUseTheIdentity() throws Exception {
        HttpResponse<byte[]> refused = exchange(claims -> claims.about("system:serviceaccount:shop:other"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(json(refused).path("error_description").asText()).contains("use-managed-identity");

        IdentityBindings bindings = azure.identityBindings();
        bindings.allow(IDENTITY_CLIENT, "system:serviceaccounts:shop");
        assertThat(exchange(claims -> claims.about("system:serviceaccount:shop:other"))
                        .statusCode())
                .isEqualTo(200);
        bindings.forbid(IDENTITY_CLIENT, "system:serviceaccounts:shop");
        assertThat(exchange(claims -> claims.about("system:serviceaccount:shop:other"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void refusesAnIdentityWithoutABinding() throws Exception {
        azure.identityBindings().unbind(IDENTITY_CLIENT);
        assertThat(exchange(claims -> claims).statusCode()).isEqualTo(404);

        azure.bind(IDENTITY_CLIENT);
        azure.state()
                .directory()
                .removeCredential(azure.state().directory().identities().get(0).id(), IdentityBindings.CREDENTIAL);
        assertThat(json(exchange(claims -> claims)).path("error_codes").get(0).asInt())
                .isEqualTo(700211);
    }

    @Test
    void isReachedByItsServerNameOnly() throws Exception {
        assertThat(trusted().getAcceptedIssuers()).as("an authority of its own").hasSize(1);
        assertThat(proxy.caFile()).isNotEqualTo(azure.endpoints().caFile());
        assertThatThrownBy(() -> post(client(Optional.of("other.ests.aks")), "x"))
                .isInstanceOf(IOException.class);
        HttpResponse<byte[]> apiServer = post(client(Optional.empty()), "x");
        assertThat(apiServer.statusCode()).isEqualTo(401);
        assertThat(json(apiServer).path("kind").asText()).isEqualTo("Status");
    }

    @Test
    void aConfigurationHasOneKindOfAuthorization() {
        assertThatThrownBy(() -> ConfigFile.parse("tenantId: " + LocalAzure.TENANT + "\n" + PROXY
                        + "  kubernetes: {server: \"https://localhost\", caFile: a, tokenFile: b}\n"))
                .hasMessageContaining("tokenProxy.authorization: must not be given together with `kubernetes`");
    }

    private Claims claims() {
        return Claims.validAt(Instant.now()).meantFor(TokenProxy.AUDIENCE);
    }

    private HttpResponse<byte[]> exchange(UnaryOperator<Claims> change) throws Exception {
        return post(cluster.sign(change.apply(claims())));
    }

    private HttpResponse<byte[]> post(String assertion) throws Exception {
        return post(client(Optional.of(proxy.serverName())), assertion);
    }

    private HttpResponse<byte[]> post(HttpClient client, String assertion) throws Exception {
        String form = "grant_type=client_credentials&client_id=" + IDENTITY_CLIENT
                + "&scope=https%3A%2F%2Fredis.azure.com%2F.default&client_assertion_type="
                + "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion="
                + URLEncoder.encode(assertion, StandardCharsets.UTF_8);
        // By the address: with a name the JDK would send that as the server name.
        URI url = URI.create(
                proxy.url().replace("localhost", "127.0.0.1") + "/" + LocalAzure.TENANT + "/oauth2/v2.0/token");
        return client.send(
                HttpRequest.newBuilder(url)
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static JsonNode json(HttpResponse<byte[]> response) {
        return Json.parseObject(response.body()).orElseThrow();
    }

    private HttpClient client(Optional<String> serverName) throws Exception {
        SSLParameters parameters = new SSLParameters();
        serverName.ifPresent(name -> parameters.setServerNames(List.of(new SNIHostName(name))));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {withoutName(trusted())}, null);
        return HttpClient.newBuilder()
                .sslContext(context)
                .sslParameters(parameters)
                .build();
    }

    /** The chain alone is verified: the certificate is for the server name, not for the address. */
    private static TrustManager withoutName(X509TrustManager chain) {
        return new X509ExtendedTrustManager() {
            @Override
            public void checkServerTrusted(X509Certificate[] certificates, String type, SSLEngine engine)
                    throws CertificateException {
                chain.checkServerTrusted(certificates, type);
            }

            @Override
            public void checkServerTrusted(X509Certificate[] certificates, String type, Socket socket)
                    throws CertificateException {
                chain.checkServerTrusted(certificates, type);
            }

            @Override
            public void checkServerTrusted(X509Certificate[] certificates, String type) throws CertificateException {
                chain.checkServerTrusted(certificates, type);
            }

            @Override
            public void checkClientTrusted(X509Certificate[] certificates, String type, SSLEngine engine) {
                throw new IllegalStateException();
            }

            @Override
            public void checkClientTrusted(X509Certificate[] certificates, String type, Socket socket) {
                throw new IllegalStateException();
            }

            @Override
            public void checkClientTrusted(X509Certificate[] certificates, String type) {
                throw new IllegalStateException();
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return chain.getAcceptedIssuers();
            }
        };
    }

    private X509TrustManager trusted() throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(Path.of(proxy.caFile()))) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }
}
