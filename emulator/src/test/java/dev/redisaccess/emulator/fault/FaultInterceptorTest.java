package dev.redisaccess.emulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redisaccess.emulator.config.ConfigException;
import dev.redisaccess.emulator.config.ConfigFile;
import dev.redisaccess.emulator.http.Request;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.http.Response.Delivery;
import dev.redisaccess.emulator.state.OperationFate;
import dev.redisaccess.emulator.testing.LocalAzure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultInterceptorTest {

    private final Faults faults = new Faults(List.of());
    private final List<OperationFate> served = new ArrayList<>();
    private final FaultInterceptor arm = new FaultInterceptor(Service.ARM, faults, this::serve, (r, code) -> null);

    private Response serve(Request request) {
        served.add(request.attribute(OperationFate.class).orElse(OperationFate.COMPLETES));
        return Response.text(200, "text/plain", "served");
    }

    @Test
    void skipsThenHitsThenLetsPass() throws ConfigException {
        rule("{service: arm, method: PUT, path: '/a/.*', skip: 1, times: 2, action: {status: 503}}");
        assertThat(statuses("PUT", "/a/b", 5)).containsExactly(200, 503, 503, 200, 200);
        assertThat(faults.active()).singleElement().satisfies(active -> {
            assertThat(active.seen()).isEqualTo(3);
            assertThat(active.hit()).isEqualTo(2);
        });
    }

    @Test
    void hitsOnlyWhatMatches() throws ConfigException {
        rule("{service: arm, method: PUT|DELETE, path: assignments, action: {status: 503}}");
        assertThat(statuses("GET", "/x/Assignments/y", 1)).containsExactly(200);
        assertThat(statuses("DELETE", "/x/Assignments/y", 1)).containsExactly(503);
        assertThat(statuses("PUT", "/x", 1)).containsExactly(200);
        assertThat(new FaultInterceptor(Service.ENTRA, faults, this::serve, (r, code) -> null)
                        .handle(request("PUT", "/assignments"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void respondsWithStatusHeadersAndBody() throws ConfigException {
        rule("{service: arm, action: {status: 429, headers: {Retry-After: '7'}, body: {error: {code: Slow}}}}");
        Response response = arm.handle(request("GET", "/"));
        assertThat(response.headers()).containsEntry("retry-after", "7");
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains("\"code\" : \"Slow\"");
        assertThat(served).isEmpty();
    }

    @Test
    void appliesAndThenLosesTheResponse() throws ConfigException {
        rule("{service: arm, times: 1, action: {dropResponseAfterApplying: true}}");
        rule("{service: arm, times: 1, action: {closeMidBody: true}}");
        rule("{service: arm, times: 1, action: {garbage: true}}");
        assertThat(arm.handle(request("PUT", "/")).delivery()).isEqualTo(Delivery.NOTHING);
        assertThat(arm.handle(request("PUT", "/")).delivery()).isEqualTo(Delivery.CUT_IN_BODY);
        assertThat(served).hasSize(2);
        assertThat(arm.handle(request("PUT", "/")).headers()).containsEntry("Content-Type", "text/html; charset=utf-8");
        assertThat(served).hasSize(2);
    }

    @Test
    void decidesHowOperationsEnd() throws ConfigException {
        rule("{service: arm, times: 1, action: {endFailed: true}}");
        rule("{service: arm, times: 1, action: {neverEnds: true}}");
        statuses("PUT", "/", 3);
        assertThat(served).containsExactly(OperationFate.FAILS, OperationFate.NEVER_ENDS, OperationFate.COMPLETES);
    }

    @Test
    void hitsOneClientOfEntra() throws ConfigException {
        rule("{service: entra, client: 3333-AA, action: {status: 503}}");
        FaultInterceptor entra = new FaultInterceptor(Service.ENTRA, faults, this::serve, (r, code) -> null);
        assertThat(entra.handle(tokenRequest("3333-aa")).status()).isEqualTo(503);
        assertThat(entra.handle(tokenRequest("3333-ab")).status()).isEqualTo(200);
        assertThat(entra.handle(request("GET", "/keys")).status()).isEqualTo(200);
        assertThatThrownBy(() -> rule("{service: arm, client: a, action: {status: 503}}"))
                .hasMessageContaining("`client` must be used with service entra");
    }

    private static Request tokenRequest(String client) {
        return LocalAzure.request("POST", "/token", "grant_type=x&client_id=" + client, Map.of());
    }

    @Test
    void canBeTakenAwayAgain() throws ConfigException {
        int id = rule("{service: arm, action: {status: 500}}");
        assertThat(faults.remove(id)).isTrue();
        assertThat(faults.remove(id)).isFalse();
        assertThat(statuses("GET", "/", 1)).containsExactly(200);
    }

    @Test
    void refusesARuleThatCannotBeMeant() {
        assertThatThrownBy(() -> rule("{service: arm, path: '(', action: {status: 500}}"))
                .hasMessageContaining("`path` must be a regular expression");
        assertThatThrownBy(() -> rule("{service: arm, action: {status: 42}}"))
                .hasMessageContaining("`action.status` must be 200 to 599");
        assertThatThrownBy(() -> rule("{service: imds, action: {endFailed: true}}"))
                .hasMessageContaining("must be used with service arm");
    }

    private int rule(String yaml) throws ConfigException {
        return faults.add(ConfigFile.parse(yaml, FaultRule.class, "fault"));
    }

    private List<Integer> statuses(String method, String path, int count) {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            statuses.add(arm.handle(request(method, path)).status());
        }
        return statuses;
    }

    private static Request request(String method, String path) {
        return LocalAzure.request(method, path, "", Map.of());
    }
}
