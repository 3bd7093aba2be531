package dev.redisaccess.operator.azure;

import static dev.redisaccess.operator.azure.Samples.ALICE;
import static dev.redisaccess.operator.azure.Samples.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.AccessToken;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Problems;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.port.Telemetry;
import dev.redisaccess.operator.http.RawServer;
import dev.redisaccess.operator.tls.TestAuthority;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** A server in the place of Azure Resource Manager that is broken or malicious. Over real TLS, through the whole pipeline. */
@Timeout(60)
class HostileArmTest {

    @TempDir
    private Path directory;

    private final TestAuthority authority = new TestAuthority();
    private final Subscriptions subscriptions = new Subscriptions(Clock.systemUTC(), Telemetry.NONE);
    private RawServer arm;
    private RawServer other;
    private ArmControlPlane plane;

    @BeforeEach
    void start() {
        arm = new RawServer(authority);
        other = new RawServer(authority).responds(RawServer.text(200, "{\"value\":[]}"));
        plane = plane(AzureHttp.CALL_TIMEOUT);
    }

    @AfterEach
    void stop() {
        arm.close();
        other.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 403, 500})
    void refusesABodyThatNeverEnds(int status) {
        arm.responds(RawServer.endless(status));
        for (Result<?> result : everyCall()) {
            Problem problem = Problems.of(result);
            assertThat(problem.reason()).isEqualTo(Reason.AZURE_UNAVAILABLE);
            assertThat(problem.message()).contains("larger than an answer of Azure can be");
        }
    }

    @Test
    void endsACallWhoseBodyDrips() {
        arm.responds(RawServer.dripping(200));
        plane = plane(Duration.ofMillis(700));
        for (Result<?> result : everyCall()) {
            assertThat(Problems.of(result).message()).contains("did not answer in time");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'orders.example\\u001b[31m', 10000",
        "'orders.example\\nREDIS_HOSTNAME=evil.example', 10000",
        "'-orders.example', 10000",
        "orders.example, 0",
        "orders.example, 70000"
    })
    void refusesAnEndpointThatIsNone(String host, int port) {
        arm.responds(RawServer.text(
                200,
                "{\"location\":\"x\",\"sku\":{\"name\":\"Balanced_B0\"},\"properties\":{\"hostName\":\"" + host
                        + "\",\"port\":" + port + ",\"resourceState\":\"Running\"}}"));

        Problem problem = Problems.of(plane.readDatabase(ORDERS));

        assertThat(problem.reason()).isEqualTo(Reason.AZURE_UNAVAILABLE);
        assertThat(problem.message()).contains("must be a DNS name and a port").doesNotContain("\n", "\u001b");
    }

    @Test
    void cleansAndLimitsTheNameOfAnAssignment() {
        arm.responds(RawServer.text(
                200,
                "{\"value\":[{\"name\":\"red\\u001b[31m" + "x".repeat(5_000)
                        + "\",\"properties\":{\"user\":{\"objectId\":\"" + ALICE.value() + "\"}}}]}"));

        List<Assignment> read = plane.listAssignments(ORDERS).fold(list -> list, problem -> List.of());
        assertThat(read).singleElement().satisfies(assignment -> assertThat(assignment.name())
                .startsWith("redx")
                .hasSize(64));
    }

    @Test
    void refusesAHeaderThatNeverEnds() {
        arm.responds(RawServer.endlessHeader());
        assertThat(Problems.of(plane.listAssignments(ORDERS)).reason()).isEqualTo(Reason.AZURE_UNAVAILABLE);
    }

    @Test
    void readsTwoHundredPagesOfAListThatNeverEnds() {
        AtomicInteger page = new AtomicInteger();
        arm.responds((request, out) -> RawServer.text(
                        200, "{\"value\":[],\"nextLink\":\"" + arm.url() + "/x?page=" + page.incrementAndGet() + "\"}")
                .respond(request, out));
        Problem problem = Problems.of(plane.listAssignments(ORDERS));
        assertThat(problem.reason()).isEqualTo(Reason.AZURE_UNAVAILABLE);
        assertThat(problem.message()).contains("more than 200 pages");
        assertThat(arm.requests()).hasSize(AssignmentList.MOST_PAGES);
    }

    @Test
    void readsNoPageTwice() {
        arm.responds((request, out) -> RawServer.text(200, "{\"value\":[],\"nextLink\":\"" + arm.url() + "/again\"}")
                .respond(request, out));
        assertThat(Problems.of(plane.listAssignments(ORDERS)).message()).contains("a page that was read before");
        assertThat(arm.requests()).hasSize(2);
    }

    static Stream<String> foreign() {
        return Stream.of(
                "OTHER/next",
                "https://localhost.:PORT/next",
                "https://user@localhost:PORT/next",
                "https://localhost:PORT@localhost:OTHERPORT/next",
                "https://localhost:PORT#@localhost:OTHERPORT/next",
                "https://localhost:OTHERPORT\\\\@localhost:PORT/next",
                "http://localhost:PORT/next",
                "//localhost:OTHERPORT/next",
                "/next",
                "https://localhost/next",
                "file:///etc/passwd",
                "no link");
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void sendsNothingToWhereALinkLeadsElsewhere(String pattern) {
        String link = pattern.replace("OTHERPORT", String.valueOf(other.url().getPort()))
                .replace("OTHER", other.url().toString())
                .replace("PORT", String.valueOf(arm.url().getPort()));
        arm.responds(RawServer.text(200, "{\"value\":[],\"nextLink\":\"" + link + "\"}"));
        Result<?> result = plane.listAssignments(ORDERS);
        assertThat(other.requests()).isEmpty();
        if (!pattern.contains("#")) {
            // What follows a # is no part of the address: that link leads to the endpoint, and is followed there, once.
            assertThat(Problems.of(result).message()).contains("to which nothing was sent");
            assertThat(arm.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void followsNoRedirect(int status) {
        arm.responds(RawServer.text(status, "", "Location: " + other.url() + "/there"));
        for (Result<?> result : everyCall()) {
            assertThat(result).isInstanceOf(Result.Failed.class);
        }
        assertThat(other.requests()).isEmpty();
    }

    @Test
    void followsNoLinkToAnOperation() {
        arm.responds(RawServer.text(
                202,
                "",
                "Location: " + other.url() + "/location",
                "Azure-AsyncOperation: " + other.url() + "/operation"));
        plane.deleteAssignment(ORDERS, ALICE.value());
        arm.responds(RawServer.text(
                201,
                "{\"name\":\"x\",\"properties\":{\"provisioningState\":\"Creating\"}}",
                "Azure-AsyncOperation: " + other.url() + "/operation"));
        plane.writeAssignment(ORDERS, ALICE.value(), ALICE, Optional.empty());
        assertThat(other.requests()).isEmpty();
        assertThat(arm.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Retry-After: 999999999", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT"})
    void waitsFiveMinutesAtMost(String header) {
        arm.responds(RawServer.text(429, "{\"error\":{\"code\":\"TooMany\",\"message\":\"Slow.\"}}", header));
        assertThat(Problems.of(plane.listAssignments(ORDERS)).retryAfter()).contains(Duration.ofMinutes(5));
        arm.responds(RawServer.text(201, "{\"name\":\"x\"}", header));
        plane.writeAssignment(ORDERS, ALICE.value(), ALICE, Optional.empty());
        assertThat(subscriptions.of(Samples.SUBSCRIPTION).takeWait(ORDERS.path() + "/accessPolicyAssignments/" + ALICE))
                .contains(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Retry-After: 999", "x-ms-retry-after-ms: 999999999", "retry-after-ms: 999999999"})
    void sleepsInNoCallForAsLongAsAServerDemands(String header) {
        arm.responds(RawServer.text(503, "{\"error\":{\"code\":\"Busy\",\"message\":\"Busy.\"}}", header));
        assertThat(Problems.of(plane.readAssignment(ORDERS, "x")).reason()).isEqualTo(Reason.AZURE_UNAVAILABLE);
    }

    static Stream<String> bodies() {
        int deep = 20_000;
        return Stream.of(
                "{\"value\":" + "[".repeat(deep) + "]".repeat(deep) + "}",
                "{\"x\":".repeat(deep) + "1" + "}".repeat(deep),
                "{\"properties\":" + "{\"properties\":".repeat(deep) + "1" + "}".repeat(deep + 1),
                "{\"error\":{\"code\":\"C\",\"message\":\"M\",\"details\":"
                        + "[{\"code\":\"C\",\"details\":".repeat(deep) + "[]" + "}]".repeat(deep) + "}}",
                "{\"error\":{\"code\":\"C\",\"message\":\"M\",\"innererror\":" + "{\"innererror\":".repeat(deep) + "{}"
                        + "}".repeat(deep) + "}}",
                "{\"value\":[null,{\"name\":null,\"properties\":{\"user\":{}}}],\"nextLink\":\"\"}",
                "<html>Please log in</html>",
                "nothing",
                "\"\\ud800\"",
                "{\"value\":[{\"name\":" + "9".repeat(100_000) + "}]}",
                // Patterns are searched in a message: minutes, if the time grew with the square of its length.
                "{\"error\":{\"code\":\"C\",\"message\":\"" + " ".repeat(1_000_000) + "\"}}",
                "{\"error\":{\"code\":\"C\",\"message\":\"" + "9".repeat(1_000_000) + "\"}}",
                "{\"error\":{\"code\":\"AuthorizationFailed\",\"message\":\"" + "perform action '".repeat(60_000)
                        + "\"}}",
                "");
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void anyBodyIsAResultAndNoException(String body) {
        for (int status : new int[] {200, 201, 400, 403, 404, 409, 500}) {
            arm.responds(RawServer.text(status, body));
            assertThat(everyCall()).allSatisfy(result -> {
                if (result instanceof Result.Failed<?> failed) {
                    assertThat(failed.problem().reason()).isNotEqualTo(Reason.INTERNAL_ERROR);
                }
            });
        }
    }

    /** An empty inventory would be the loss of all access, and everybody would be gone from the report. */
    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"value\":null}", "{\"message\":\"Welcome\"}"})
    void takesNoOtherDocumentForAnEmptyList(String body) {
        arm.responds(RawServer.text(200, body));
        assertThat(Problems.of(plane.listAssignments(ORDERS)).reason()).isEqualTo(Reason.AZURE_UNAVAILABLE);
    }

    @Test
    void concludesNoAbsenceFromWhatIsNotAzure() {
        arm.responds(RawServer.text(404, "<html>Not here</html>", "Content-Type: text/html"));
        assertThat(Problems.of(plane.deleteAssignment(ORDERS, "x")).reason()).isEqualTo(Reason.AZURE_REQUEST_REFUSED);
        assertThat(Problems.of(plane.readAssignment(ORDERS, "x")).reason()).isEqualTo(Reason.AZURE_REQUEST_REFUSED);
    }

    @Test
    void keepsNoMoreOfAListThanItsLimit() {
        AtomicInteger page = new AtomicInteger();
        String name = "n".repeat(1_000_000);
        arm.responds((request, out) -> RawServer.text(
                        200,
                        "{\"value\":[{\"name\":\"" + name + "\"},{\"name\":\"" + name + "\"},{\"name\":\"" + name
                                + "\"}],\"nextLink\":\"" + arm.url() + "/x?page=" + page.incrementAndGet() + "\"}")
                .respond(request, out));
        assertThat(Problems.of(plane.listAssignments(ORDERS)).message()).contains("is larger than");
        assertThat(arm.requests()).hasSizeLessThan(10);
    }

    private List<Result<?>> everyCall() {
        return List.of(
                plane.readDatabase(ORDERS),
                plane.listAssignments(ORDERS),
                plane.readAssignment(ORDERS, ALICE.value()),
                plane.writeAssignment(ORDERS, ALICE.value(), ALICE, Optional.empty()),
                plane.deleteAssignment(ORDERS, ALICE.value()));
    }

    private ArmControlPlane plane(Duration timeout) {
        HttpClient http = authority.client(directory);
        return new ArmControlPlane(
                request -> Mono.just(new AccessToken(
                        "a-token", OffsetDateTime.now(ZoneOffset.UTC).plusHours(1))),
                new ArmEndpoint(arm.url()),
                new AzureHttp(http, AzureHttp.ARM_BODY, timeout, Clock.systemUTC()),
                subscriptions,
                Clock.systemUTC());
    }
}
