package dev.redisaccess.systemtest.faults;

import static dev.redisaccess.systemtest.faults.Step.CHANGING;
import static dev.redisaccess.systemtest.faults.Step.DELETING;
import static dev.redisaccess.systemtest.faults.Step.GRANTING;
import static dev.redisaccess.systemtest.faults.Step.NEW;
import static dev.redisaccess.systemtest.faults.Step.READY;
import static dev.redisaccess.systemtest.faults.Step.VERIFYING;
import static org.awaitility.Awaitility.await;

import dev.redisaccess.emulator.fault.FaultAction;
import dev.redisaccess.operator.api.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What Azure Resource Manager returns, or does not. */
final class ArmFaults {

    /** Longer than the emulator needs from matching a request to starting the requested operation. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(2);

    private static final String ASSIGNMENTS = "/databases/default/accessPolicyAssignments";
    private static final String FORBIDDEN =
            "The client does not have authorization to perform action 'Microsoft.Cache/x' over"
                    + " scope '/subscriptions/s' or the scope is invalid.";
    /** What an ARM gateway sends in addition to the status, if anything. */
    private static final Map<String, String> NOTHING = Map.of();

    private ArmFaults() {}

    static List<Fault> list() {
        return Stream.of(refusals(), responses(), outages(), operations())
                .flatMap(List::stream)
                .toList();
    }

    /** Hits every request: a Ready binding stays Ready, one that waits for Azure reports it. */
    private static Fault everything(String name, FaultAction action, Reason reason) {
        return Fault.of(name, scene -> scene.arm(action))
                .shows(reason, NEW, CHANGING, DELETING)
                .shows(whileGranting(reason), GRANTING)
                .passes(VERIFYING)
                .staysReady(reason);
    }

    /** Azure continues what it has accepted, and a pause that it requests is not reported. */
    private static Reason whileGranting(Reason reason) {
        return reason == Reason.AZURE_THROTTLED ? Reason.GRANTING_ACCESS : reason;
    }

    /** Hits what changes something. */
    private static Fault writes(String name, FaultAction action, Reason reason) {
        return Fault.of(name, scene -> scene.arm(Scene.WRITES, action))
                .shows(reason, NEW, CHANGING, DELETING)
                .passes(GRANTING, VERIFYING)
                .staysReady();
    }

    private static List<Fault> refusals() {
        return List.of(
                everything(
                                "arm-401",
                                Actions.error(401, "InvalidAuthenticationToken", "The access token is invalid."),
                                Reason.AZURE_CREDENTIAL_FAILED)
                        .quick(GRANTING),
                everything("arm-403", Actions.error(403, "AuthorizationFailed", FORBIDDEN), Reason.AZURE_FORBIDDEN)
                        .quick(DELETING),
                writes(
                        "arm-403-linked",
                        Actions.error(403, "LinkedAuthorizationFailed", FORBIDDEN),
                        Reason.AZURE_FORBIDDEN),
                writes(
                                "arm-403-policy",
                                Actions.error(403, "RequestDisallowedByPolicy", "Disallowed by policy."),
                                Reason.AZURE_REQUEST_REFUSED)
                        .quick(NEW),
                writes(
                        "arm-409-locked",
                        Actions.error(409, "ScopeLocked", "The scope cannot perform the operation: it is locked."),
                        Reason.AZURE_REQUEST_REFUSED));
    }

    private static List<Fault> responses() {
        return List.of(
                notFound("arm-404-subscription", "SubscriptionNotFound", ".*").quick(NEW),
                notFound("arm-404-group", "ResourceGroupNotFound", ".*"),
                notFound("arm-404-cluster", "ResourceNotFound", "$"),
                notFound("arm-404-database", "ResourceNotFound", "/databases/default$"),
                Fault.of(
                                "arm-409-busy",
                                scene -> scene.arm(
                                        Scene.WRITES,
                                        "",
                                        Actions.error(409, "AnotherOperationInProgress", "Another operation runs."),
                                        3))
                        .passes(NEW, CHANGING, DELETING)
                        .quick(CHANGING),
                everything(
                        "arm-429-retry-after",
                        Actions.error(429, "SubscriptionRequestsThrottled", "Too many.", Map.of("Retry-After", "4")),
                        Reason.AZURE_THROTTLED),
                everything("arm-429", Actions.bare(429, NOTHING), Reason.AZURE_THROTTLED),
                Fault.of("arm-cut", scene -> scene.arm(Scene.READS, Actions.cut()))
                        .shows(Reason.AZURE_UNAVAILABLE, NEW, GRANTING, CHANGING)
                        .passes(VERIFYING)
                        .staysReady(Reason.AZURE_UNAVAILABLE)
                        .quick(NEW),
                everything("arm-garbage", Actions.garbage(), Reason.AZURE_UNAVAILABLE)
                        .quick(GRANTING));
    }

    private static Fault notFound(String name, String code, String below) {
        return Fault.of(name, scene -> scene.arm(".*", below, Actions.error(404, code, "Not found."), 0))
                .shows(Reason.AZURE_RESOURCE_NOT_FOUND, NEW, READY);
    }

    private static List<Fault> outages() {
        return List.of(
                everything("arm-500", Actions.bare(500, NOTHING), Reason.AZURE_UNAVAILABLE),
                everything("arm-502", Actions.bare(502, NOTHING), Reason.AZURE_UNAVAILABLE),
                everything(
                                "arm-503-retry-after",
                                Actions.error(503, "ServerBusy", "Busy.", Map.of("Retry-After", "3")),
                                Reason.AZURE_UNAVAILABLE)
                        .quick(DELETING),
                everything("arm-lost", Actions.lost(), Reason.AZURE_UNAVAILABLE),
                Fault.of("arm-slow", scene -> scene.arm(Actions.slow(Duration.ofSeconds(2))))
                        .passes(NEW, GRANTING, VERIFYING, CHANGING, DELETING)
                        .staysReady(),
                Fault.of("arm-silent", scene -> scene.arm(Actions.slow(Duration.ofSeconds(30))))
                        .shows(Reason.AZURE_UNAVAILABLE, NEW, CHANGING, DELETING)
                        .staysReady(Reason.AZURE_UNAVAILABLE));
    }

    private static List<Fault> operations() {
        return List.of(
                once("arm-put-lost", "PUT", Actions.lost(), Reason.AZURE_UNAVAILABLE, NEW)
                        .quick(NEW),
                once("arm-put-cut", "PUT", Actions.cut(), Reason.AZURE_UNAVAILABLE, NEW),
                once("arm-put-fails", "PUT", Actions.endsFailed(), Reason.ASSIGNMENT_FAILED, NEW),
                once("arm-delete-lost", "DELETE", Actions.lost(), Reason.AZURE_UNAVAILABLE, DELETING)
                        .quick(DELETING),
                once("arm-delete-fails", "DELETE", Actions.endsFailed(), Reason.ASSIGNMENT_FAILED, DELETING),
                Fault.of("arm-second-page-cut", scene -> {
                            String other = UUID.randomUUID().toString();
                            scene.tenant().assignedByOthers("first", other, Optional.empty());
                            scene.keeps(other);
                            scene.arm("GET", ASSIGNMENTS + "$", Actions.cut(), 1, 1);
                        })
                        .passes(NEW, READY, CHANGING, DELETING)
                        .quick(READY),
                endless("arm-put-endless", "PUT")
                        .shows(Reason.GRANTING_ACCESS, NEW, CHANGING)
                        .quick(NEW),
                endless("arm-delete-endless", "DELETE").shows(Reason.REVOKING_ACCESS, CHANGING, DELETING),
                Fault.of(
                                "arm-late-in-list",
                                scene -> scene.arm("GET", ASSIGNMENTS + "$", Actions.body("{\"value\": []}"), 0))
                        .passes(NEW, GRANTING, VERIFYING, CHANGING, DELETING)
                        .staysReady()
                        .quick(VERIFYING));
    }

    private static Fault once(String name, String method, FaultAction action, Reason reason, Step own) {
        return Fault.of(name, scene -> scene.arm(method, ASSIGNMENTS, action, 1))
                .shows(reason, own, CHANGING);
    }

    /** Healed when Azure ends the operation. */
    private static Fault endless(String name, String method) {
        return Fault.of(name, scene -> {
            // Runs after the rule is gone: a request that it hit just before may still be starting its operation.
            scene.undo(() -> await().pollInterval(Duration.ofMillis(50))
                    .during(UNDER_WAY)
                    .atMost(UNDER_WAY.multipliedBy(5))
                    .until(() -> {
                        endOperations(scene);
                        return true;
                    }));
            scene.arm(method, ASSIGNMENTS, Actions.neverEnds(), 1);
        });
    }

    private static void endOperations(Scene scene) {
        var redis = scene.platform().azure().state().redis();
        redis.operations().stream()
                .filter(operation -> operation.running()
                        && operation.target().isWithin(scene.tenant().cluster()))
                .forEach(operation -> redis.endNow(operation.id()));
    }
}
