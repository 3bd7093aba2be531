package dev.redisaccess.emulator.entra;

import static dev.redisaccess.emulator.testing.LocalAzure.IDENTITY_CLIENT;
import static dev.redisaccess.emulator.testing.LocalAzure.IDENTITY_OBJECT;
import static dev.redisaccess.emulator.testing.LocalAzure.OWNER_CLIENT;
import static dev.redisaccess.emulator.testing.LocalAzure.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.testing.KubernetesIssuer;
import dev.redisaccess.emulator.testing.KubernetesIssuer.Claims;
import dev.redisaccess.emulator.testing.LocalAzure;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TokenEndpointTest {

    @TempDir
    private Path directory;

    private final KubernetesIssuer cluster = new KubernetesIssuer();
    private LocalAzure azure;

    @BeforeEach
    void publishKeys() throws IOException {
        Path keys = directory.resolve("jwks.json");
        Files.writeString(keys, cluster.jwks());
        azure = new LocalAzure(LocalAzure.CONFIG, keys);
    }

    @Test
    void exchangesAServiceAccountTokenForOneOfTheIdentity() throws Exception {
        JsonNode body = ok(post(TENANT, form(Map.of())));
        assertThat(body.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(body.path("expires_in").isInt()).isTrue();
        assertThat(body.path("expires_in").intValue()).isEqualTo(86_400);
        JWTClaimsSet claims =
                SignedJWT.parse(body.path("access_token").asText()).getJWTClaimsSet();
        assertThat(claims.getAudience()).containsExactly("https://redis.azure.com");
        assertThat(claims.getStringClaim("oid")).isEqualTo(IDENTITY_OBJECT);
        assertThat(claims.getSubject()).isEqualTo(IDENTITY_OBJECT);
        assertThat(claims.getStringClaim("appid")).isEqualTo(IDENTITY_CLIENT);
        assertThat(claims.getStringClaim("tid")).isEqualTo(TENANT);
        assertThat(claims.getStringClaim("idtyp")).isEqualTo("app");
        assertThat(claims.getStringClaim("ver")).isEqualTo("1.0");
        assertThat(claims.getExpirationTime().toInstant()).isEqualTo(LocalAzure.START.plus(Duration.ofDays(1)));
    }

    @Test
    void acceptsASecretAndTheOlderForm() {
        Map<String, String> secret = secretForm("a-test-secret");
        assertThat(ok(post(TENANT, secret)).path("expires_in").intValue()).isEqualTo(3600);
        secret.remove("scope");
        secret.put("resource", "https://management.core.windows.net/");
        Response response = azure.entra.handle(LocalAzure.request(
                "POST", "/" + TENANT + "/oauth2/token", encode(secret), Map.of("host", "login.test")));
        JsonNode body = ok(response);
        assertThat(body.path("expires_in").asText()).isEqualTo("3600");
        assertThat(body.path("resource").asText()).isEqualTo("https://management.core.windows.net/");
        assertThat(response.headers()).containsEntry("Cache-Control", "no-store, no-cache");
    }

    @Test
    void readsTheKeysAgainWhenTheIssuerRotatedThem() throws IOException {
        ok(post(TENANT, form(Map.of())));
        cluster.rotate();
        assertThat(code(post(TENANT, form(Map.of())))).isEqualTo(700027);
        Files.writeString(directory.resolve("jwks.json"), cluster.jwks());
        ok(post(TENANT, form(Map.of())));
    }

    @Test
    void saysThatTheIssuerCannotBeReached() throws IOException {
        Files.delete(directory.resolve("jwks.json"));
        assertThat(code(post(TENANT, form(Map.of())))).isEqualTo(90061);
    }

    @Test
    void refusesAnAssertionForAPrincipalWithoutFederatedCredentials() {
        Response response = post(TENANT, form(Map.of("client_id", OWNER_CLIENT)));
        assertThat(code(response)).isEqualTo(70021);
    }

    static Stream<Arguments> assertions() {
        return Stream.of(
                assertion(700211, 401, claims -> claims.issuedBy("https://kubernetes.test/")),
                assertion(700213, 401, claims -> claims.about("system:serviceaccount:shop:Orders")),
                assertion(700212, 401, claims -> claims.meantFor("api://azureadtokenexchange")),
                assertion(700024, 401, claims -> claims.movedBy(Duration.ofHours(-1))),
                assertion(700024, 401, claims -> claims.movedBy(Duration.ofHours(1))));
    }

    private static Arguments assertion(int code, int status, UnaryOperator<Claims> change) {
        return Arguments.of(code, status, change);
    }

    @ParameterizedTest(name = "AADSTS{0}")
    @MethodSource("assertions")
    void saysWhichPartOfAnAssertionDoesNotMatch(int code, int status, UnaryOperator<Claims> change) {
        String assertion = cluster.sign(change.apply(Claims.validAt(LocalAzure.START)));
        Response response = post(TENANT, form(Map.of("client_assertion", assertion)));
        assertThat(code(response)).isEqualTo(code);
        assertThat(response.status()).isEqualTo(status);
        assertThat(body(response).path("error").asText()).isEqualTo("invalid_client");
    }

    @Test
    void refusesAForgedSignature() {
        String forged = cluster.forge(Claims.validAt(LocalAzure.START));
        assertThat(code(post(TENANT, form(Map.of("client_assertion", forged))))).isEqualTo(50012);
    }

    @Test
    void quotesTheSubjectAndLaysTheErrorOutAsEntraDoes() {
        String assertion = cluster.sign(Claims.validAt(LocalAzure.START).about("system:serviceaccount:shop:x"));
        JsonNode body = body(post(TENANT, form(Map.of("client_assertion", assertion))));
        assertThat(body.path("error_description").asText())
                .startsWith("AADSTS700213: No matching federated identity record found for presented assertion subject"
                        + " 'system:serviceaccount:shop:x'. Check your federated identity credential Subject, Audience and"
                        + " Issuer against the presented assertion. https://")
                .containsPattern("\\r\\nTrace ID: [0-9a-f-]{36}\\r\\nCorrelation ID: [0-9a-f-]{36}\\r\\nTimestamp: ")
                .endsWith("2026-06-11 04:35:34Z")
                .doesNotContain(assertion);
        assertThat(body.path("error_codes").get(0).intValue()).isEqualTo(700213);
        assertThat(body.path("timestamp").asText()).isEqualTo("2026-06-11 04:35:34Z");
        assertThat(body.path("error_uri").asText()).isEqualTo("https://login.test/error?code=700213");
        assertThat(body.path("trace_id").asText()).hasSize(36);
        assertThat(body.path("correlation_id").asText()).hasSize(36);
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                Arguments.of(90002, 400, "invalid_request", "tenant", "99999999-9999-9999-9999-999999999999"),
                Arguments.of(900144, 400, "invalid_request", "grant_type", null),
                Arguments.of(70003, 400, "unsupported_grant_type", "grant_type", "password"),
                Arguments.of(900144, 400, "invalid_request", "client_id", null),
                Arguments.of(700016, 400, "unauthorized_client", "client_id", TENANT),
                Arguments.of(7000218, 401, "invalid_client", "client_assertion", null),
                Arguments.of(50027, 400, "invalid_request", "client_assertion", "no.jwt.atall"),
                Arguments.of(900144, 400, "invalid_request", "client_assertion_type", "jwt"),
                Arguments.of(900144, 400, "invalid_request", "scope", null),
                Arguments.of(1002012, 400, "invalid_scope", "scope", "https://redis.azure.com"),
                Arguments.of(1002012, 400, "invalid_scope", "scope", "https://a/.default https://b/.default"),
                Arguments.of(500011, 400, "invalid_resource", "scope", "https://redis.example/.default"));
    }

    @ParameterizedTest(name = "AADSTS{0} for {3}={4}")
    @MethodSource("forms")
    void refusesBadRequests(int code, int status, String error, String field, String value) {
        Map<String, String> form = form(Map.of());
        String tenant = field.equals("tenant") ? value : TENANT;
        if (value == null) {
            form.remove(field);
        } else if (!field.equals("tenant")) {
            form.put(field, value);
        }
        Response response = post(tenant, form);
        assertThat(code(response)).isEqualTo(code);
        assertThat(response.status()).isEqualTo(status);
        assertThat(body(response).path("error").asText()).isEqualTo(error);
    }

    @Test
    void refusesAWrongSecretAndASecretForAnIdentityThatHasNone() {
        assertThat(code(post(TENANT, secretForm("wrong")))).isEqualTo(7000215);
        Map<String, String> form = secretForm("wrong");
        form.put("client_id", IDENTITY_CLIENT);
        assertThat(code(post(TENANT, form))).isEqualTo(7000215);
    }

    static Stream<Arguments> audiences() {
        return Stream.of(
                Arguments.of("https://redis.azure.com/.default", "https://redis.azure.com"),
                Arguments.of("https://redis.azure.com//.default", "https://redis.azure.com/"),
                Arguments.of("acca5fbb-b7e4-4009-81f1-37e38fd66d78/.default", "acca5fbb-b7e4-4009-81f1-37e38fd66d78"),
                Arguments.of(
                        "openid profile offline_access https://management.azure.com/.default",
                        "https://management.azure.com"));
    }

    @ParameterizedTest
    @MethodSource("audiences")
    void takesTheAudienceFromTheScope(String scope, String audience) throws Exception {
        JsonNode body = ok(post(TENANT, form(Map.of("scope", scope))));
        assertThat(SignedJWT.parse(body.path("access_token").asText())
                        .getJWTClaimsSet()
                        .getAudience())
                .containsExactly(audience);
    }

    @Test
    void keepsAcceptingTokensOfTheKeyBeforeARotation() {
        String before = azure.armToken(OWNER_CLIENT);
        azure.keys.rotate();
        assertThat(azure.tokens.verify(before)).isPresent();
        JsonNode keys = ok(azure.entra.handle(
                LocalAzure.request("GET", "/" + TENANT + "/discovery/v2.0/keys", "", Map.of("host", "login.test"))));
        assertThat(keys.path("keys")).hasSize(2);
        assertThat(keys.toString()).doesNotContain("\"d\"");
    }

    @Test
    void describesItself() {
        Function<String, JsonNode> get =
                path -> ok(azure.entra.handle(LocalAzure.request("GET", path, "", Map.of("host", "login.test:8443"))));
        JsonNode openid = get.apply("/" + TENANT + "/v2.0/.well-known/openid-configuration");
        assertThat(openid.path("token_endpoint").asText())
                .isEqualTo("https://login.test:8443/" + TENANT + "/oauth2/v2.0/token");
        assertThat(openid.path("issuer").asText()).isEqualTo("https://login.test:8443/" + TENANT + "/v2.0");
        JsonNode instance = get.apply("/common/discovery/instance");
        assertThat(instance.path("metadata").get(0).path("aliases").get(0).asText())
                .isEqualTo("login.test:8443");
    }

    private Map<String, String> form(Map<String, String> changes) {
        Map<String, String> form = new LinkedHashMap<>(Map.of(
                "grant_type", "client_credentials",
                "client_id", IDENTITY_CLIENT,
                "client_assertion", cluster.sign(Claims.validAt(LocalAzure.START)),
                "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "scope", "https://redis.azure.com/.default"));
        form.putAll(changes);
        return form;
    }

    private static Map<String, String> secretForm(String secret) {
        return new LinkedHashMap<>(Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                OWNER_CLIENT,
                "client_secret",
                secret,
                "scope",
                "https://management.azure.com/.default"));
    }

    private Response post(String tenant, Map<String, String> form) {
        return azure.entra.handle(LocalAzure.request(
                "POST", "/" + tenant + "/oauth2/v2.0/token", encode(form), Map.of("host", "login.test")));
    }

    private static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static JsonNode ok(Response response) {
        assertThat(response.status()).as(() -> body(response).toString()).isEqualTo(200);
        return body(response);
    }

    private static int code(Response response) {
        return body(response).path("error_codes").path(0).asInt();
    }

    private static JsonNode body(Response response) {
        return Json.parseObject(response.body()).orElseThrow();
    }
}
