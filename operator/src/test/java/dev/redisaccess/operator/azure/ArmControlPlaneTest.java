package dev.redisaccess.operator.azure;

import static dev.redisaccess.operator.azure.Samples.ALICE;
import static dev.redisaccess.operator.azure.Samples.BOB;
import static dev.redisaccess.operator.azure.Samples.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Access;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.Database;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.MessageForm;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.ProvisioningState;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.acl.AccessString;
import dev.redisaccess.operator.binding.port.Telemetry;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** What goes over the wire, through the SDK's whole pipeline. The bodies of responses are laid out as recorded ones are. */
class ArmControlPlaneTest {

    private static final String DATABASE = "https://management.azure.com/subscriptions/" + Samples.SUBSCRIPTION
            + "/resourceGroups/shop/providers/Microsoft.Cache/redisEnterprise/orders/databases/default";
    private static final String ASSIGNMENTS = DATABASE + "/accessPolicyAssignments";
    private static final String VERSION = "?api-version=2025-07-01";
    private static final String PREVIEW = "?api-version=2026-06-01-preview";

    private final RecordedArm arm = new RecordedArm();
    private final FakeClock clock = new FakeClock();
    private final Subscriptions subscriptions = new Subscriptions(clock, Telemetry.NONE);
    private String scope = "";
    private final ArmControlPlane plane = plane(new ArmEndpoint(URI.create("https://management.azure.com")));

    @Test
    void sendsExactlyTheRecordedPut() {
        arm.respond(201, hidden(ALICE.value(), "Creating"));
        Result<Assignment> result = plane.writeAssignment(ORDERS, ALICE.value(), ALICE, Optional.empty());
        assertThat(arm.requests()).containsExactly("PUT " + ASSIGNMENTS + "/" + ALICE + VERSION);
        assertThat(arm.bodies())
                .containsExactly("{\"properties\":{\"accessPolicyName\":\"default\",\"user\":{\"objectId\":\"" + ALICE
                        + "\"}}}");
        assertThat(value(result)).isEqualTo(assigned(ALICE, ProvisioningState.Creating));
        assertThat(arm.authorizations()).containsExactly("Bearer a-token");
        assertThat(scope).isEqualTo("https://management.azure.com/.default");
    }

    @Test
    void sendsAnAccessStringWithThePreviewVersionOnly() {
        arm.respond(201, hidden(ALICE.value(), "Updating"));
        AccessString rule = AccessString.of("+@read ~shop:*").orElseThrow();
        Result<Assignment> result = plane.writeAssignment(ORDERS, ALICE.value(), ALICE, Optional.of(rule));
        assertThat(arm.requests()).containsExactly("PUT " + ASSIGNMENTS + "/" + ALICE + PREVIEW);
        assertThat(arm.bodies())
                .containsExactly(
                        "{\"properties\":{\"accessPolicyName\":\"default\",\"accessString\":\"+@read ~shop:*\","
                                + "\"user\":{\"objectId\":\"" + ALICE + "\"}}}");
        assertThat(value(result).access()).isEqualTo(Access.restricted("+@read ~shop:*"));
    }

    /** Never with the other version, which would give full access; and for an hour without another request. */
    @Test
    void grantsNothingWhereThePreviewVersionIsRefused() {
        arm.respond(400, error("InvalidApiVersionParameter", "The api-version is invalid."));
        AccessString rule = AccessString.of("+@read ~shop:*").orElseThrow();
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThat(problem(plane.writeAssignment(ORDERS, ALICE.value(), ALICE, Optional.of(rule)))
                            .reason())
                    .isEqualTo(Reason.PREVIEW_API_REFUSED);
        }
        assertThat(arm.requests()).containsExactly("PUT " + ASSIGNMENTS + "/" + ALICE + PREVIEW);
    }

    @Test
    void readsWhyAnAccessStringIsRefused() {
        arm.respond(200, """
                {"name": "%1$s", "properties": {"accessString": "+nosuch ~a", "provisioningState": "Failed",
                 "user": {"objectId": "%1$s"},
                 "provisioningError": {"code": "InvalidAccessString", "message": "Unknown\\u001b[31m command\\n."}}}
                """.formatted(ALICE));
        assertThat(value(plane.readAssignment(ORDERS, ALICE.value()))
                        .orElseThrow()
                        .refusal())
                .contains("Unknown command .");
    }

    @Test
    void readsOneAssignmentAndItsAbsence() {
        arm.respond(200, assignment(ALICE.value(), "Succeeded"))
                .respond(404, error("ResourceNotFound", "The Resource was not found."));
        assertThat(value(plane.readAssignment(ORDERS, ALICE.value())))
                .contains(assigned(ALICE, ProvisioningState.Succeeded));
        assertThat(value(plane.readAssignment(ORDERS, ALICE.value()))).isEmpty();
        assertThat(arm.requests()).containsOnly("GET " + ASSIGNMENTS + "/" + ALICE + PREVIEW);
    }

    @Test
    void readsACustomAccessString() {
        arm.respond(
                200,
                "{\"name\":\"x\",\"properties\":{\"accessPolicyName\":\"default\",\"accessString\":\"+@read ~*\","
                        + "\"user\":{\"objectId\":\"" + ALICE + "\"},\"provisioningState\":\"Succeeded\"}}");
        Assignment read = value(plane.readAssignment(ORDERS, "x")).orElseThrow();
        assertThat(read.access()).isEqualTo(Access.restricted("+@read ~*"));
        assertThat(read.access().usable()).isFalse();
    }

    @Test
    void readsWithTheGeneralVersionWhereThePreviewIsRefusedAndTriesThePreviewAgainAfterAnHour() {
        arm.respond(400, error("NoRegisteredProviderFound", "No registered resource provider found"))
                .respond(200, hidden(ALICE.value(), "Succeeded"))
                .respond(200, "{\"value\":[" + hidden(ALICE.value(), "Succeeded") + "]}");
        Assignment read = value(plane.readAssignment(ORDERS, ALICE.value())).orElseThrow();
        assertThat(read.access()).isEqualTo(Access.unknown());
        assertThat(value(plane.listAssignments(ORDERS)))
                .extracting(Assignment::access)
                .containsExactly(Access.unknown());
        assertThat(arm.requests())
                .containsExactly(
                        "GET " + ASSIGNMENTS + "/" + ALICE + PREVIEW,
                        "GET " + ASSIGNMENTS + "/" + ALICE + VERSION,
                        "GET " + ASSIGNMENTS + VERSION);
        clock.advanceTo(clock.instant().plus(ReadVersion.FALLBACK));
        arm.respond(200, assignment(ALICE.value(), "Succeeded"));
        assertThat(value(plane.readAssignment(ORDERS, ALICE.value()))
                        .orElseThrow()
                        .access())
                .isEqualTo(Access.full());
        assertThat(arm.requests()).last().isEqualTo("GET " + ASSIGNMENTS + "/" + ALICE + PREVIEW);
    }

    /** Azure may refuse a version in a region only. */
    @Test
    void readsOtherDatabasesWithThePreviewWhereItIsRefusedForOne() {
        arm.respond(400, error("NoRegisteredProviderFound", "No registered resource provider found"))
                .respond(200, "{\"value\":[]}")
                .respond(200, "{\"value\":[]}");
        value(plane.listAssignments(ORDERS));
        value(plane.listAssignments(DatabaseId.parse(ORDERS.clusterPath().replace("/orders", "/billing"))
                .toOptional()
                .orElseThrow()));
        assertThat(arm.requests()).last().asString().endsWith(PREVIEW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AuthorizationFailed", "BadRequest", ""})
    void readsWithTheGeneralVersionForNoOtherRefusal(String code) {
        arm.respond(400, error(code, "No."));
        assertThat(problem(plane.listAssignments(ORDERS)).message()).contains("No.");
        assertThat(arm.requests()).hasSize(1);
    }

    @Test
    void listsNoLongerThanAMinute() {
        String link = "\"nextLink\":\"" + ASSIGNMENTS + PREVIEW + "&page=";
        arm.respond(200, "{\"value\":[]," + link + "1\"}").respond(200, "{\"value\":[]," + link + "2\"}");
        arm.onRequest(() -> clock.advanceTo(clock.instant().plusSeconds(40)));
        assertThat(problem(plane.listAssignments(ORDERS)).message()).contains("did not end within 60 seconds");
        assertThat(arm.requests()).hasSize(2);
    }

    @Test
    void followsEveryPageOfAList() {
        String next = ASSIGNMENTS + PREVIEW + "&$skiptoken=a%2Fb%3D";
        arm.respond(200, "{\"value\":[" + assignment(ALICE.value(), "Succeeded") + "],\"nextLink\":\"" + next + "\"}")
                .respond(200, "{\"value\":[" + assignment(BOB.value(), "Creating") + "]}");
        List<Assignment> all = value(plane.listAssignments(ORDERS));
        assertThat(all)
                .containsExactly(
                        assigned(ALICE, ProvisioningState.Succeeded), assigned(BOB, ProvisioningState.Creating));
        assertThat(arm.requests()).containsExactly("GET " + ASSIGNMENTS + PREVIEW, "GET " + next);
    }

    @Test
    void reportsWhetherThereWasSomethingToDelete() {
        arm.respond(202, "").respond(204, "").respond(404, error("ParentResourceNotFound", "no parent"));
        assertThat(value(plane.deleteAssignment(ORDERS, ALICE.value()))).isTrue();
        assertThat(value(plane.deleteAssignment(ORDERS, ALICE.value()))).isFalse();
        assertThat(value(plane.deleteAssignment(ORDERS, ALICE.value()))).isFalse();
        assertThat(arm.requests()).containsOnly("DELETE " + ASSIGNMENTS + "/" + ALICE + VERSION);
    }

    @Test
    void readsTheClusterAndItsDatabase() {
        arm.respond(200, cluster("Running")).respond(200, database("Encrypted", "Running"));
        assertThat(value(plane.readDatabase(ORDERS)))
                .isEqualTo(new Database(
                        new Endpoint("orders.westus2.redis.azure.net", 10000), ClusteringPolicy.NoCluster, true));
        assertThat(arm.requests())
                .containsExactly(
                        "GET " + DATABASE.replace("/databases/default", "") + VERSION, "GET " + DATABASE + VERSION);
    }

    @Test
    void saysWhatDoesNotRun() {
        arm.respond(200, cluster("Creating")).respond(200, database("Encrypted", "Creating"));
        assertThat(problem(plane.readDatabase(ORDERS)).reason()).isEqualTo(Reason.DATABASE_NOT_RUNNING);
        arm.respond(200, cluster("Running")).respond(200, database("Plaintext", "Running"));
        assertThat(problem(plane.readDatabase(ORDERS)).reason()).isEqualTo(Reason.ENCRYPTION_DISABLED);
    }

    @Test
    void saysWhichResourceIsMissing() {
        String text =
                "The Resource 'Microsoft.Cache/redisEnterprise/orders' under resource group 'shop' was not found.";
        arm.respond(404, error("ResourceNotFound", text));
        Problem problem = problem(plane.readDatabase(ORDERS));
        assertThat(problem.reason()).isEqualTo(Reason.AZURE_RESOURCE_NOT_FOUND);
        assertThat(problem.message()).contains("`" + ORDERS.clusterPath() + "`").contains(text);
    }

    @Test
    void saysWhichActionIsMissing() {
        arm.respond(403, error("AuthorizationFailed", "The client does not have authorization"));
        Problem problem = problem(plane.writeAssignment(ORDERS, ALICE.value(), ALICE, Optional.empty()));
        assertThat(problem.reason()).isEqualTo(Reason.AZURE_FORBIDDEN);
        assertThat(problem.message()).contains(ArmAction.WRITE_ASSIGNMENT.permission());
    }

    @Test
    void handsThrottlingToTheLaneAtOnce() {
        arm.respond(429, error("SubscriptionRequestsThrottled", "slow down"), Map.of("Retry-After", "17"));
        Problem problem = problem(plane.readAssignment(ORDERS, ALICE.value()));
        assertThat(problem.reason()).isEqualTo(Reason.AZURE_THROTTLED);
        assertThat(problem.retryAfter()).contains(Duration.ofSeconds(17));
        assertThat(arm.requests()).hasSize(1);
    }

    @Test
    void triesAReadOnceMoreAndAWriteNever() {
        arm.respond(502, "<html>Bad gateway</html>").respond(200, assignment(ALICE.value(), "Succeeded"));
        assertThat(value(plane.readAssignment(ORDERS, ALICE.value()))).isPresent();
        arm.respond(502, "<html>Bad gateway</html>");
        assertThat(problem(plane.writeAssignment(ORDERS, ALICE.value(), ALICE, Optional.empty()))
                        .reason())
                .isEqualTo(Reason.AZURE_UNAVAILABLE);
        assertThat(arm.requests()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>Please log in</html>", "[]", "\"ok\"", "7"})
    void namesAProxyWhereASuccessfulResponseIsNotAzures(String body) {
        arm.respond(200, body).respond(200, body);
        Problem problem = problem(plane.readAssignment(ORDERS, ALICE.value()));
        assertThat(problem.reason()).isEqualTo(Reason.AZURE_UNAVAILABLE);
        assertThat(problem.message()).contains("Check proxies");
    }

    @Test
    void namesAProxyWhereTheResponseIsHtml() {
        Map<String, String> html = Map.of("Content-Type", "text/html; charset=utf-8");
        for (int i = 0; i < 5; i++) {
            arm.respond(200, "<html>Please log in</html>", html);
        }
        assertThat(List.of(
                        problem(plane.readAssignment(ORDERS, ALICE.value())),
                        problem(plane.listAssignments(ORDERS)),
                        problem(plane.writeAssignment(ORDERS, ALICE.value(), ALICE, Optional.empty())),
                        problem(plane.deleteAssignment(ORDERS, ALICE.value())),
                        problem(plane.readDatabase(ORDERS))))
                .allSatisfy(problem -> {
                    assertThat(problem.reason()).isEqualTo(Reason.AZURE_UNAVAILABLE);
                    assertThat(problem.message()).contains("Check proxies");
                });
    }

    @Test
    void pausesTheSubscriptionBeforeItsQuotaIsUsedUp() {
        arm.respond(200, assignment(ALICE.value(), "Succeeded"), remaining(200))
                .respond(200, assignment(ALICE.value(), "Succeeded"), remaining(2));
        plane.readAssignment(ORDERS, ALICE.value());
        assertThat(subscriptions.of(Samples.SUBSCRIPTION).pausedFor()).isZero();
        plane.readAssignment(ORDERS, ALICE.value());
        assertThat(subscriptions.of(Samples.SUBSCRIPTION).pausedFor()).isPositive();
    }

    @Test
    void keepsRetryAfterOfASuccessfulResponse() {
        arm.respond(201, assignment(ALICE.value(), "Creating"), Map.of("Retry-After", "4"));
        plane.writeAssignment(ORDERS, ALICE.value(), ALICE, Optional.empty());
        Subscription subscription = subscriptions.of(Samples.SUBSCRIPTION);
        String resource = ORDERS.path() + "/accessPolicyAssignments/" + ALICE;
        assertThat(subscription.takeWait(resource)).contains(Duration.ofSeconds(4));
        assertThat(subscription.takeWait(resource)).isEmpty();
    }

    @Test
    void requestsATokenOfTheCloudThatTheEndpointBelongsTo() {
        arm.respond(200, assignment(ALICE.value(), "Succeeded"));
        plane(new ArmEndpoint(URI.create("https://management.usgovcloudapi.net/")))
                .readAssignment(ORDERS, ALICE.value());
        assertThat(scope).isEqualTo("https://management.usgovcloudapi.net/.default");
        assertThat(arm.requests().get(0)).startsWith("GET https://management.usgovcloudapi.net/subscriptions/");
        arm.respond(200, assignment(ALICE.value(), "Succeeded"));
        plane(new ArmEndpoint(URI.create("https://localhost:8443"))).readAssignment(ORDERS, ALICE.value());
        assertThat(scope).isEqualTo("https://management.azure.com/.default");
        assertThat(arm.requests().get(1)).startsWith("GET https://localhost:8443/subscriptions/");
    }

    private ArmControlPlane plane(ArmEndpoint endpoint) {
        TokenCredential credential = request -> {
            scope = String.join(" ", request.getScopes());
            return Mono.just(new AccessToken(
                    "a-token", OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
        };
        return new ArmControlPlane(credential, endpoint, arm, subscriptions, clock);
    }

    private static Map<String, String> remaining(int reads) {
        return Map.of("x-ms-ratelimit-remaining-subscription-reads", String.valueOf(reads));
    }

    /** As the preview version reports it. */
    private static Assignment assigned(ObjectId principal, ProvisioningState state) {
        return new Assignment(principal.value(), Optional.of(principal), Access.full(), state, Optional.empty());
    }

    private static String assignment(String objectId, String state) {
        return "{\r\n  \"properties\": {\r\n    \"accessPolicyName\": \"default\",\r\n    \"accessString\": \"+@all ~*\",\r\n    \"user\": {\"objectId\": \""
                + objectId + "\"},\r\n    \"provisioningState\": \"" + state + "\"\r\n  },\r\n  \"id\": \"/sub/x\",\r\n"
                + "  \"name\": \"" + objectId
                + "\",\r\n  \"type\": \"Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments\"\r\n}";
    }

    /** As the generally available version shows it. */
    private static String hidden(String objectId, String state) {
        return assignment(objectId, state).replace("\"accessString\": \"+@all ~*\",", "");
    }

    private static String cluster(String state) {
        return "{\"location\":\"West US 2\",\"name\":\"orders\",\"kind\":\"v2\",\"sku\":{\"name\":\"Balanced_B0\"},"
                + "\"properties\":{\"provisioningState\":\"Succeeded\",\"resourceState\":\"" + state
                + "\",\"hostName\":\"orders.westus2.redis.azure.net\",\"minimumTlsVersion\":\"1.2\","
                + "\"highAvailability\":\"Enabled\"}}";
    }

    private static String database(String protocol, String state) {
        return "{\"name\":\"default\",\"properties\":{\"provisioningState\":\"Succeeded\",\"resourceState\":\"" + state
                + "\",\"clientProtocol\":\"" + protocol
                + "\",\"port\":10000,\"clusteringPolicy\":\"NoCluster\",\"accessKeysAuthentication\":\"Enabled\"}}";
    }

    private static String error(String code, String message) {
        return "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}";
    }

    private static <T> T value(Result<T> result) {
        assertThat(result).isInstanceOf(Result.Ok.class);
        return ((Result.Ok<T>) result).value();
    }

    private static <T> Problem problem(Result<T> result) {
        assertThat(result).isInstanceOf(Result.Failed.class);
        Problem problem = ((Result.Failed<T>) result).problem();
        MessageForm.assertKept(problem.message());
        return problem;
    }
}
