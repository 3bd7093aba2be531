package dev.redisaccess.emulator.arm;

import static dev.redisaccess.emulator.testing.LocalAzure.IDENTITY_CLIENT;
import static dev.redisaccess.emulator.testing.LocalAzure.IDENTITY_OBJECT;
import static dev.redisaccess.emulator.testing.LocalAzure.OWNER_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.emulator.entra.AccessTokens;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.NotEmulated;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.testing.LocalAzure;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphTest {

    private static final String PRINCIPALS = "/graph/v1.0/servicePrincipals";

    private final LocalAzure azure = new LocalAzure();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "servicePrincipalNames/any(c:c%20eq%20'33333333-3333-3333-3333-333333333333')",
                "appId%20eq%20'33333333-3333-3333-3333-333333333333'",
                "displayName%20eq%20'orders'",
                "id%20eq%20'44444444-4444-4444-4444-444444444444'"
            })
    void findsPrincipalsByTheFiltersOfTools(String filter) {
        JsonNode found = body(get(PRINCIPALS + "?$filter=" + filter));
        assertThat(found.path("value")).hasSize(1);
        assertThat(found.at("/value/0/id").asText()).isEqualTo(IDENTITY_OBJECT);
        assertThat(found.at("/value/0/appId").asText()).isEqualTo(IDENTITY_CLIENT);
    }

    @Test
    void findsObjectsByTheirIds() {
        Response response =
                call("POST", "/graph/v1.0/directoryObjects/getByIds", "{\"ids\":[\"" + IDENTITY_OBJECT + "\",\"x\"]}");
        assertThat(body(response).path("value")).hasSize(1);
        assertThat(get(PRINCIPALS + "/" + IDENTITY_OBJECT).status()).isEqualTo(200);
        assertThat(get(PRINCIPALS + "/x").status()).isEqualTo(404);
    }

    @Test
    void refusesWhatItDoesNotHave() {
        assertThat(get(PRINCIPALS + "?$filter=tags%20eq%20'x'").headers()).containsKey(NotEmulated.HEADER);
        assertThat(get("/graph/v1.0/me").headers()).containsKey(NotEmulated.HEADER);
    }

    @Test
    void requiresATokenForGraph() {
        assertThat(azure.arm("GET", PRINCIPALS, "").status()).isEqualTo(401);
    }

    private Response get(String path) {
        return call("GET", path, "");
    }

    private Response call(String method, String path, String body) {
        String token = azure.tokens
                .issue(
                        azure.state.directory().byClientId(OWNER_CLIENT).orElseThrow(),
                        "https://arm.test/graph",
                        AccessTokens.ClientAuthentication.SECRET)
                .text();
        return azure.arm(method, path, body, Optional.of(token));
    }

    private static JsonNode body(Response response) {
        return Json.parseObject(response.body()).orElseThrow();
    }
}
