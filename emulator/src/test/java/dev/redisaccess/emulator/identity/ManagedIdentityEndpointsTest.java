package dev.redisaccess.emulator.identity;

import static dev.redisaccess.emulator.testing.LocalAzure.IDENTITY_CLIENT;
import static dev.redisaccess.emulator.testing.LocalAzure.IDENTITY_OBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.Principal.ManagedIdentity;
import dev.redisaccess.emulator.state.Secret;
import dev.redisaccess.emulator.testing.LocalAzure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagedIdentityEndpointsTest {

    private static final String IMDS = "/metadata/identity/oauth2/token";

    private final LocalAzure azure = new LocalAzure();
    private final ManagedIdentityTokens tokens =
            new ManagedIdentityTokens(azure.state.directory(), azure.tokens, LocalAzure.TENANT, LocalAzure.RESOURCES);
    private final InstanceMetadata imds = new InstanceMetadata(tokens);
    private final AppService appService = new AppService(tokens, new Secret("the-header"));

    @Test
    void returnsEveryValueAsText() {
        Response response =
                imds("api-version=2018-02-01&resource=https://redis.azure.com&client_id=" + IDENTITY_CLIENT);
        JsonNode body = body(response);
        assertThat(response.status()).isEqualTo(200);
        body.properties()
                .forEach(field -> assertThat(field.getValue().isTextual()).isTrue());
        assertThat(body.path("expires_in").asText()).isEqualTo("86400");
        assertThat(azure.tokens.verify(body.path("access_token").asText()))
                .get()
                .satisfies(token -> {
                    assertThat(token.objectId()).isEqualTo(IDENTITY_OBJECT);
                    assertThat(token.audience()).isEqualTo("https://redis.azure.com");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "api-version=2018-02-01,400,Required audience parameter not specified",
        "resource=https://redis.azure.com,400,Required api-version parameter",
        "api-version=2018-02-01&resource=https://redis.azure.com&client_id=missing,400,Identity not found",
        "api-version=2018-02-01&resource=https://unknown.example,400,AADSTS500011",
    })
    void refusesAsTheMetadataServiceDoes(String query, int status, String description) {
        Response response = imds(query);
        assertThat(response.status()).isEqualTo(status);
        assertThat(body(response).path("error_description").asText()).contains(description);
    }

    @Test
    void requiresItsHeader() {
        Response response = imds.handle(LocalAzure.request("GET", IMDS + "?api-version=2018-02-01", "", Map.of()));
        assertThat(response.status()).isEqualTo(400);
        assertThat(body(response).path("error_description").asText())
                .isEqualTo("Required metadata header not specified");
    }

    @Test
    void choosesTheOnlyIdentityButNotOneOfSeveral() {
        String query = "api-version=2018-02-01&resource=https://redis.azure.com";
        assertThat(imds(query).status()).isEqualTo(200);
        ArmId other = new ArmId(LocalAzure.GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/b");
        azure.state.directory().put(new ManagedIdentity(other, "westus2", "client", "object", List.of()));
        assertThat(body(imds(query)).path("error_description").asText())
                .startsWith("Multiple user assigned identities exist");
        assertThat(body(imds(query + "&msi_res_id=" + other)).path("client_id").asText())
                .isEqualTo("client");
        assertThat(body(imds(query + "&object_id=object")).path("client_id").asText())
                .isEqualTo("client");
    }

    @Test
    void servesAppServiceWithItsHeaderOnly() {
        String path = "/msi/token?api-version=2019-08-01&resource=https://redis.azure.com/";
        Map<String, String> header = Map.of("x-identity-header", "the-header");
        JsonNode body = body(appService.handle(LocalAzure.request("GET", path, "", header)));
        assertThat(body.path("resource").asText()).isEqualTo("https://redis.azure.com/");
        assertThat(body.path("expires_on").isTextual()).isTrue();
        assertThat(appService
                        .handle(LocalAzure.request("GET", path, "", Map.of("x-identity-header", "other")))
                        .status())
                .isEqualTo(401);
        assertThat(appService
                        .handle(LocalAzure.request("GET", path, "", Map.of()))
                        .status())
                .isEqualTo(401);
    }

    private Response imds(String query) {
        return imds.handle(LocalAzure.request("GET", IMDS + "?" + query, "", Map.of("metadata", "true")));
    }

    private static JsonNode body(Response response) {
        return Json.parseObject(response.body()).orElseThrow();
    }
}
