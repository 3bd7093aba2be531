package dev.redisaccess.emulator.arm;

import static dev.redisaccess.emulator.testing.LocalAzure.API;
import static dev.redisaccess.emulator.testing.LocalAzure.CLUSTER;
import static dev.redisaccess.emulator.testing.LocalAzure.DATABASE;
import static dev.redisaccess.emulator.testing.LocalAzure.GROUP;
import static dev.redisaccess.emulator.testing.LocalAzure.NOBODY_OBJECT;
import static dev.redisaccess.emulator.testing.LocalAzure.OWNER_CLIENT;
import static dev.redisaccess.emulator.testing.LocalAzure.UNASSIGNED_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.emulator.entra.AccessTokens;
import dev.redisaccess.emulator.entra.SigningKeys;
import dev.redisaccess.emulator.entra.TokenLifetimes;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.state.Principal;
import dev.redisaccess.emulator.testing.LocalAzure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ArmEnvelopeTest {

    private static final String ASSIGNMENT = DATABASE + "/accessPolicyAssignments/one";
    private static final String BODY = "{\"properties\":{\"accessPolicyName\":\"default\",\"user\":{\"objectId\":"
            + "\"2d54227e-8ebe-4ee5-bb2b-9374b156e0b6\"}}}";

    private final LocalAzure azure = new LocalAzure();

    @Test
    void putsTheCommonHeadersOnSuccessAndRefusal() {
        for (String path : new String[] {DATABASE, DATABASE + "x"}) {
            Response response = azure.arm("GET", path + "?api-version=" + API, "");
            assertThat(response.headers())
                    .containsEntry("Cache-Control", "no-cache")
                    .containsEntry("Pragma", "no-cache")
                    .containsEntry("Expires", "-1")
                    .containsEntry("Content-Type", "application/json; charset=utf-8")
                    .containsEntry("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
                    .containsEntry("X-Content-Type-Options", "nosniff")
                    .containsKeys(
                            "x-ms-request-id",
                            "x-ms-correlation-request-id",
                            "x-ms-ratelimit-remaining-subscription-reads");
            assertThat(response.headers().get("x-ms-routing-request-id"))
                    .matches("WESTUS2:20260611T043534Z:[0-9a-f-]{36}");
        }
    }

    static Stream<Arguments> refusals() {
        String query = "?api-version=" + API;
        return Stream.of(
                refusal("GET", DATABASE, 400, "MissingApiVersionParameter", "The api-version query parameter"),
                refusal(
                        "GET",
                        ASSIGNMENT + "?api-version=2024-02-01",
                        400,
                        "NoRegisteredProviderFound",
                        "for type 'redisEnterprise/databases/accessPolicyAssignments'"),
                refusal(
                        "GET",
                        "/subscriptions?api-version=1",
                        400,
                        "InvalidApiVersionParameter",
                        "The api-version '1'"),
                refusal(
                        "GET",
                        GROUP + "/providers/Microsoft.Cache/redis/x?api-version=2024-03-01",
                        404,
                        "InvalidResourceType",
                        "The resource type could not be found in the namespace 'Microsoft.Cache' for api version"),
                refusal(
                        "GET",
                        DATABASE.replace("2222", "3333") + query,
                        404,
                        "SubscriptionNotFound",
                        "The subscription '33333333-3333-3333-3333-333333333333' could not be found."),
                refusal(
                        "GET",
                        DATABASE.replace("Groups/shop", "Groups/none") + query,
                        404,
                        "ResourceGroupNotFound",
                        "Resource group 'none' could not be found."),
                refusal(
                        "GET",
                        CLUSTER + "s" + query,
                        404,
                        "ResourceNotFound",
                        "The Resource 'Microsoft.Cache/redisEnterprise/orderss' under resource group 'shop' was not found."
                                + " For more details please go to https://aka.ms/ARMResourceNotFoundFix"),
                refusal(
                        "PUT",
                        CLUSTER + "s/databases/default/accessPolicyAssignments/one" + query,
                        404,
                        "ParentResourceNotFound",
                        "Can not perform requested operation on nested resource. Parent resource 'orderss' not found."),
                refusal("POST", DATABASE + query, 405, "MethodNotAllowed", "'POST'"));
    }

    private static Arguments refusal(String method, String path, int status, String code, String message) {
        return Arguments.of(method, path, status, code, message);
    }

    @ParameterizedTest(name = "{3}")
    @MethodSource("refusals")
    void refusesAsResourceManagerDoes(String method, String path, int status, String code, String message) {
        Response response = azure.arm(method, path, BODY);
        assertThat(response.status()).isEqualTo(status);
        assertThat(error(response).path("code").asText()).isEqualTo(code);
        assertThat(error(response).path("message").asText()).contains(message);
        assertThat(response.headers()).containsEntry("x-ms-failure-cause", "gateway");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,AuthenticationFailed",
                "rubbish,InvalidAuthenticationToken",
                "otherKey,InvalidAuthenticationToken",
                "redis,InvalidAuthenticationTokenAudience",
                "otherTenant,InvalidAuthenticationTokenTenant",
                "expired,ExpiredAuthenticationToken",
            })
    void requiresAUsableToken(String kind, String code) {
        Response response = azure.arm(
                "GET",
                DATABASE + "?api-version=" + API,
                "",
                Optional.ofNullable(kind).map(this::token));
        assertThat(response.status()).isEqualTo(401);
        assertThat(error(response).path("code").asText()).isEqualTo(code);
        assertThat(response.headers().get("WWW-Authenticate"))
                .startsWith("Bearer authorization_uri=\"https://login.test/" + LocalAzure.TENANT + "\", error=");
    }

    private String token(String kind) {
        Principal owner = azure.state.directory().byClientId(OWNER_CLIENT).orElseThrow();
        String arm = "https://management.azure.com";
        AccessTokens.ClientAuthentication authentication = AccessTokens.ClientAuthentication.SECRET;
        switch (kind) {
            case "otherKey":
                return new AccessTokens(LocalAzure.TENANT, new SigningKeys(), azure.clock, TokenLifetimes.ENTRA)
                        .issue(owner, arm, authentication)
                        .text();
            case "redis":
                return azure.tokens
                        .issue(owner, "https://redis.azure.com", authentication)
                        .text();
            case "otherTenant":
                return new AccessTokens(NOBODY_OBJECT, azure.keys, azure.clock, TokenLifetimes.ENTRA)
                        .issue(owner, arm, authentication)
                        .text();
            case "expired":
                String token = azure.tokens.issue(owner, arm, authentication).text();
                azure.clock.advance(Duration.ofHours(1));
                return token;
            default:
                return kind;
        }
    }

    @Test
    void namesClientActionAndScopeWhenTheRoleIsMissing() {
        Response response = azure.arm(
                "PUT", ASSIGNMENT + "?api-version=" + API, BODY, Optional.of(azure.armToken(UNASSIGNED_CLIENT)));
        assertThat(response.status()).isEqualTo(403);
        assertThat(error(response).path("code").asText()).isEqualTo("AuthorizationFailed");
        assertThat(error(response).path("message").asText())
                .isEqualTo(
                        "The client '" + UNASSIGNED_CLIENT + "' with object id '" + NOBODY_OBJECT
                                + "' does not have authorization to perform action"
                                + " 'Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/write' over scope '"
                                + ASSIGNMENT
                                + "' or the scope is invalid. If access was recently granted, please refresh your credentials.");
    }

    @Test
    void givesARoleThroughResourceManager() {
        String role = "{\"properties\":{\"roleDefinitionId\":\"/providers/Microsoft.Authorization/roleDefinitions/"
                + "acdd72a7-3385-48ef-bd42-f606fba81ae7\",\"principalId\":\"" + NOBODY_OBJECT + "\"}}";
        String path = GROUP + "/providers/Microsoft.Authorization/roleAssignments/"
                + "5f5c5f3a-0000-4000-8000-000000000001?api-version=2022-04-01";
        Optional<String> unassigned = Optional.of(azure.armToken(UNASSIGNED_CLIENT));
        String list = DATABASE + "/accessPolicyAssignments?api-version=" + API;
        assertThat(azure.arm("GET", list, "", unassigned).status()).isEqualTo(403);
        assertThat(azure.arm("PUT", path, role).status()).isEqualTo(201);
        assertThat(azure.arm("GET", list, "", unassigned).status()).isEqualTo(200);
        assertThat(azure.arm("PUT", ASSIGNMENT + "?api-version=" + API, BODY, unassigned)
                        .status())
                .isEqualTo(403);
        assertThat(azure.arm("DELETE", path, "").status()).isEqualTo(200);
        assertThat(azure.arm("DELETE", path, "").status()).isEqualTo(204);
        assertThat(azure.arm("GET", list, "", unassigned).status()).isEqualTo(403);
    }

    @Test
    void findsPathsInAnyCase() {
        String path = DATABASE.replace("resourceGroups/shop", "RESOURCEGROUPS/SHOP")
                .replace("redisEnterprise", "REDISenterprise");
        Response response = azure.arm("GET", path + "?api-version=" + API, "");
        assertThat(response.status()).isEqualTo(200);
        assertThat(body(response).path("id").asText()).isEqualTo(DATABASE);
    }

    @Test
    void describesTheCloudWithoutAToken() {
        Response response = azure.arm("GET", "/metadata/endpoints?api-version=2019-05-01", "", Optional.empty());
        assertThat(response.status()).isEqualTo(200);
        JsonNode cloud = Json.parseObject(("{\"clouds\":" + new String(response.body(), StandardCharsets.UTF_8) + "}")
                        .getBytes(StandardCharsets.UTF_8))
                .orElseThrow()
                .path("clouds")
                .get(0);
        assertThat(cloud.path("authentication").path("loginEndpoint").asText()).isEqualTo("https://login.test/");
        assertThat(cloud.path("resourceManager").asText()).isEqualTo("https://arm.test/");
    }

    @Test
    void followsPagesByAbsoluteLinks() {
        LocalAzure small = new LocalAzure(LocalAzure.CONFIG + "pageSize: 2\n", Path.of("nowhere"));
        for (int i = 0; i < 5; i++) {
            String id = DATABASE + "/accessPolicyAssignments/a" + i + "?api-version=" + API;
            assertThat(small.arm("PUT", id, BODY.replace("2d54227e", "2d54227" + i))
                            .status())
                    .isEqualTo(201);
            small.clock.advance(Duration.ofMinutes(1));
        }
        String link = "https://arm.test" + DATABASE + "/accessPolicyAssignments?api-version=" + API;
        int items = 0;
        int pages = 0;
        while (!link.isEmpty()) {
            assertThat(link).startsWith("https://arm.test/");
            JsonNode page = body(small.arm("GET", link.substring("https://arm.test".length()), ""));
            items += page.path("value").size();
            pages++;
            link = page.path("nextLink").asText("");
        }
        assertThat(items).isEqualTo(5);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void throttlesWhenConfigured() {
        LocalAzure strict = new LocalAzure(LocalAzure.CONFIG + "throttling: true\n", Path.of("nowhere"));
        Response last = null;
        for (int i = 0; i < 251; i++) {
            last = strict.arm("GET", DATABASE + "?api-version=" + API, "");
        }
        assertThat(last.status()).isEqualTo(429);
        assertThat(last.headers()).containsEntry("Retry-After", "1");
        assertThat(error(last).path("code").asText()).isEqualTo("SubscriptionRequestsThrottled");
        strict.clock.advance(Duration.ofSeconds(1));
        assertThat(strict.arm("GET", DATABASE + "?api-version=" + API, "").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"true, 247", "false, 250"})
    void saysHowMuchIsLeftOfWhatItRefusesBeyond(boolean throttling, String left) {
        LocalAzure azure = new LocalAzure(LocalAzure.CONFIG + "throttling: " + throttling + "\n", Path.of("nowhere"));
        Response last = null;
        for (int i = 0; i < 3; i++) {
            last = azure.arm("GET", DATABASE + "?api-version=" + API, "");
        }
        assertThat(last.headers()).containsEntry("x-ms-ratelimit-remaining-subscription-reads", left);
    }

    private static JsonNode error(Response response) {
        return body(response).path("error");
    }

    private static JsonNode body(Response response) {
        return Json.parseObject(response.body()).orElseThrow();
    }
}
