package dev.redisaccess.emulator.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.config.TokenProxyConfig;
import dev.redisaccess.emulator.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Asks a Kubernetes API server, as AKS does: the verb {@code use-managed-identity} on the client ID, for the whole cluster. */
public final class SubjectAccessReviews implements IdentityBindingAuthorization {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient http;
    private final URI endpoint;
    private final Optional<Path> token;

    public SubjectAccessReviews(TokenProxyConfig.Kubernetes config) throws IOException, GeneralSecurityException {
        HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(TIMEOUT);
        this.http = config.caFile() == null
                ? client.build()
                : client.sslContext(trusting(Path.of(config.caFile()))).build();
        this.endpoint = URI.create(
                config.server().replaceAll("/+$", "") + "/apis/authorization.k8s.io/v1/subjectaccessreviews");
        this.token = Optional.ofNullable(config.tokenFile()).map(Path::of);
    }

    @Override
    public boolean allows(String clientId, String subject) throws IOException {
        ObjectNode review = Json.object();
        review.put("apiVersion", "authorization.k8s.io/v1").put("kind", "SubjectAccessReview");
        ObjectNode spec = review.putObject("spec");
        spec.put("user", subject);
        spec.putArray("groups")
                .add("system:serviceaccounts")
                .add("system:serviceaccounts:" + subject.split(":", -1)[2])
                .add("system:authenticated");
        spec.putObject("resourceAttributes")
                .put("group", "cid.wi.aks.azure.com")
                .put("resource", clientId)
                .put("verb", "use-managed-identity");
        return answer(review).path("status").path("allowed").asBoolean();
    }

    private JsonNode answer(ObjectNode review) throws IOException {
        HttpRequest.Builder building = HttpRequest.newBuilder(endpoint)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(review)));
        if (token.isPresent()) {
            building.header(
                    "Authorization", "Bearer " + Files.readString(token.get()).strip());
        }
        HttpRequest request = building.build();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return Json.parseObject(response.body())
                    .filter(body -> response.statusCode() == 201)
                    .orElseThrow(() -> new IOException("the API server answered HTTP " + response.statusCode()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the API server was asked", e);
        }
    }

    private static SSLContext trusting(Path pem) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            int entry = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + entry++, certificate);
            }
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
