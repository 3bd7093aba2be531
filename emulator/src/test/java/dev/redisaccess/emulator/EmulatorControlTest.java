package dev.redisaccess.emulator;

import static dev.redisaccess.emulator.testing.LocalAzure.DATABASE;
import static dev.redisaccess.emulator.testing.LocalAzure.IDENTITY_OBJECT;
import static dev.redisaccess.emulator.testing.LocalAzure.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.emulator.testing.KubernetesIssuer.Claims;
import dev.redisaccess.emulator.testing.LocalAzure;
import io.lettuce.core.RedisConnectionException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Effects of the control API on a running emulator, as clients observe them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmulatorControlTest {

    private RunningEmulator azure;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        azure = new RunningEmulator(directory);
    }

    @AfterAll
    void stop() {
        azure.close();
    }

    @AfterEach
    void calm() {
        azure.emulator().faults().clear();
    }

    @Test
    void servesPathsThatBeginWithTwoSlashes() throws Exception {
        for (String url : List.of(
                azure.emulator().endpoints().arm() + "//metadata/endpoints?api-version=2022-09-01",
                azure.emulator().endpoints().authority() + "//" + TENANT + "/v2.0/.well-known/openid-configuration")) {
            assertThat(azure.call("GET", url, "").statusCode()).as(url).isEqualTo(200);
        }
        String imds = azure.emulator().endpoints().imds()
                + "//metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://redis.azure.com&client_id="
                + LocalAzure.IDENTITY_CLIENT;
        assertThat(azure.call("GET", imds, "", "Metadata", "true").statusCode()).isEqualTo(200);
    }

    @Test
    void breaksConnectionsOnDemandAndCountsRequests() throws Exception {
        azure.call(
                "POST",
                azure.control("/faults"),
                "{\"service\":\"arm\",\"times\":1,\"action\":{\"closeMidBody\":true}}");
        assertThatThrownBy(() -> azure.arm("GET", DATABASE + "?api-version=" + LocalAzure.API, ""))
                .isInstanceOf(IOException.class);
        azure.call(
                "POST", azure.control("/faults"), "{\"service\":\"entra\",\"times\":1,\"action\":{\"aadsts\":90033}}");
        String token = azure.emulator().endpoints().authority() + "/" + TENANT + "/oauth2/v2.0/token";
        assertThat(azure.call("POST", token, "").statusCode()).isEqualTo(503);
        assertThat(azure.json()
                        .readTree(
                                azure.call("GET", azure.control("/faults"), "").body())
                        .path("faults"))
                .hasSize(2);
        JsonNode requests = azure.json()
                .readTree(azure.call("GET", azure.control("/requests"), "").body())
                .path("requests");
        assertThat(requests).anySatisfy(entry -> {
            assertThat(entry.path("service").asText()).isEqualTo("entra");
            assertThat(entry.path("status").asInt()).isEqualTo(503);
        });
        assertThat(azure.call("POST", azure.control("/faults"), "{\"service\":\"dns\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void movesItsClockAndRotatesItsKeys() throws Exception {
        String before = RunningEmulator.redisToken(azure.assertionCredential(Claims.validAt(azure.now())));
        assertThat(azure.call("POST", azure.control("/clock"), "{\"advance\": 90000}")
                        .statusCode())
                .isEqualTo(200);
        try {
            assertThatThrownBy(() -> azure.whoAmI(before)).isInstanceOf(RedisConnectionException.class);
            JsonNode state = azure.json()
                    .readTree(azure.call("GET", azure.control("/state"), "").body());
            assertThat(state.path("refusedLogins"))
                    .anySatisfy(login -> assertThat(login.path("why").asText()).contains("expired"));
        } finally {
            azure.call("POST", azure.control("/clock"), "{\"advance\": -90000}");
        }
        assertThat(azure.call("POST", azure.control("/keys/rotate"), "").statusCode())
                .isEqualTo(204);
        assertThat(RunningEmulator.redisToken(azure.assertionCredential(Claims.validAt(azure.now()))))
                .isNotEmpty();
        assertThat(azure.call("POST", azure.control("/clock"), "{\"jump\": 1}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void endsAnOperationOnDemand() throws Exception {
        String other = RunningEmulator.ASSIGNMENT.replaceFirst(
                "accessPolicyAssignments/[^?]+", "accessPolicyAssignments/endless");
        azure.call(
                "POST",
                azure.control("/faults"),
                "{\"service\":\"arm\",\"path\":\"/endless$\",\"times\":1,\"action\":{\"neverEnds\":true}}");
        String another = RunningEmulator.BODY.replace(IDENTITY_OBJECT, "55555555-5555-5555-5555-555555555555");
        assertThat(azure.arm("PUT", other, another).statusCode()).isEqualTo(201);
        JsonNode running = azure.json()
                .readTree(azure.call("GET", azure.control("/state"), "").body())
                .path("operationsRunning")
                .get(0);
        String end = azure.control("/operations/" + running.path("id").asText() + "/end");
        assertThat(azure.call("POST", end, "").statusCode()).isEqualTo(204);
        assertThat(azure.state(other)).isEqualTo("Succeeded");
        assertThat(azure.call("POST", end, "").statusCode()).isEqualTo(404);
        assertThat(azure.arm("DELETE", other, "").statusCode()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> azure.arm("GET", other, "").statusCode() == 404);
    }

    @Test
    void breaksRedisOnDemand() throws Exception {
        String token = RunningEmulator.redisToken(azure.assertionCredential(Claims.validAt(azure.now())));
        String query = azure.control("/redis/faults?database=" + DATABASE);
        assertThat(redisFault("loading", "").statusCode()).isEqualTo(204);
        assertThatThrownBy(() -> azure.whoAmI(token)).rootCause().hasMessageStartingWith("LOADING");
        assertThat(azure.call("DELETE", query, "").statusCode()).isEqualTo(204);
        assertThat(redisFault("expiredCertificate", "").statusCode()).isEqualTo(204);
        assertThatThrownBy(() -> azure.whoAmI(token)).rootCause().isInstanceOf(CertificateExpiredException.class);
        assertThat(azure.call("DELETE", query, "").statusCode()).isEqualTo(204);
        assertThatThrownBy(() -> azure.whoAmI(token)).rootCause().hasMessageStartingWith("WRONGPASS");
        assertThat(azure.call("DELETE", azure.control("/redis/connections?database=" + DATABASE), "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(redisFault("denyCommands", ",\"commands\":[\"ping\"]").statusCode())
                .isEqualTo(204);
        azure.call("DELETE", query, "");
        assertThat(redisFault("answerCommands", ",\"commands\":[\"hello\"],\"line\":\"-HUH what?\"")
                        .statusCode())
                .isEqualTo(204);
        assertThatThrownBy(() -> azure.whoAmI(token)).rootCause().hasMessageStartingWith("HUH what?");
        azure.call("DELETE", query, "");
        assertThat(redisFault("answerCommands", ",\"commands\":[\"hello\"]").body())
                .contains("`line` must be given");
        for (String name : List.of("dropPackets", "rejectHandshake", "untrustedCertificate", "staySilent")) {
            assertThat(redisFault(name, "").statusCode()).as(name).isEqualTo(204);
            azure.call("DELETE", query, "");
        }
        assertThat(redisFault("denyCommands", "").body()).contains("`commands` must be given");
        assertThat(redisFault("earthquake", "").body()).contains("`fault` must be one of");
        assertThat(azure.call("DELETE", azure.control("/redis/faults?database=/none"), "")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void remembersWhatASearchOfLogsLooksFor() {
        String token = RunningEmulator.redisToken(azure.assertionCredential(Claims.validAt(azure.now())));
        assertThat(azure.emulator().tokens().texts()).contains(token).hasSizeGreaterThan(1);
        assertThat(azure.emulator().tokens())
                .hasToString("TokenJournal[" + azure.emulator().tokens().texts().size() + "]");
    }

    private HttpResponse<String> redisFault(String name, String more) throws Exception {
        return azure.call(
                "POST",
                azure.control("/redis/faults"),
                "{\"database\":\"" + DATABASE + "\",\"fault\":\"" + name + "\"" + more + "}");
    }
}
