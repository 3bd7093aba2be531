package dev.redisaccess.systemtest.faults;

import static dev.redisaccess.systemtest.faults.Step.CHANGING;
import static dev.redisaccess.systemtest.faults.Step.DELETING;
import static dev.redisaccess.systemtest.faults.Step.GRANTING;
import static dev.redisaccess.systemtest.faults.Step.NEW;
import static dev.redisaccess.systemtest.faults.Step.READY;
import static dev.redisaccess.systemtest.faults.Step.VERIFYING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.systemtest.scenario.LocalPlatform;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the portal, Terraform or a colleague changes alongside the operator. */
final class NeighbourFaults {

    private static final Duration SOME_TIME = Duration.ofSeconds(10);

    private NeighbourFaults() {}

    static List<Fault> list() {
        return List.of(
                Fault.of("portal-deletes", NeighbourFaults::deleteAll)
                        .passes(VERIFYING, READY, CHANGING, DELETING)
                        .quick(READY),
                Fault.of("portal-grants-first", scene -> scene.tenant()
                                .assignedByOthers("by-hand", scene.workload().objectId(), Optional.empty()))
                        .passes(NEW)
                        .quick(NEW),
                Fault.of("portal-takes-the-name", NeighbourFaults::takeTheName)
                        .shows(Reason.ASSIGNMENT_CONFLICT, NEW, CHANGING),
                Fault.of("portal-narrows", NeighbourFaults::narrowAll)
                        .shows(Reason.ASSIGNMENT_CONFLICT, VERIFYING, READY)
                        .holding(NeighbourFaults::nothingWritten)
                        .quick(READY),
                Fault.of("portal-narrows-and-fails", NeighbourFaults::narrowAndFail)
                        .shows(Reason.ASSIGNMENT_CONFLICT, NEW, VERIFYING, READY, CHANGING)
                        .holding(NeighbourFaults::nothingWritten)
                        .quick(NEW, READY),
                Fault.of("portal-leftover", NeighbourFaults::leaveFailed)
                        .shows(Reason.ASSIGNMENT_CONFLICT, NEW, CHANGING)
                        .holding(NeighbourFaults::asksSeldom)
                        .quick(NEW),
                Fault.of("other-installation", scene -> {
                            String objectId = scene.workload().objectId();
                            scene.tenant()
                                    .assignedByOthers(
                                            LocalPlatform.assignmentNameOf("another-installation", objectId),
                                            objectId,
                                            Optional.empty());
                        })
                        .passes(NEW, CHANGING)
                        .quick(NEW),
                Fault.of("portal-writes-alongside", scene -> {
                            String other = UUID.randomUUID().toString();
                            scene.tenant().assignedByOthersSoon(other, other);
                            scene.keeps(other);
                        })
                        .passes(NEW, VERIFYING, CHANGING, DELETING)
                        .staysReady(),
                Fault.of("database-deleted", scene -> {
                            scene.tenant().removeDatabase();
                            scene.undo(() -> scene.tenant().withDatabase());
                        })
                        .shows(Reason.AZURE_RESOURCE_NOT_FOUND, NEW, GRANTING, VERIFYING, READY, CHANGING)
                        .quick(READY),
                Fault.of("database-recreated", scene -> {
                            scene.tenant().removeDatabase();
                            scene.tenant().withDatabase();
                        })
                        .passes(NEW, GRANTING, VERIFYING, READY, CHANGING, DELETING),
                Fault.of("database-moved", NeighbourFaults::move)
                        .shows(Reason.AZURE_RESOURCE_NOT_FOUND, VERIFYING, READY)
                        .quick(READY));
    }

    /**
     * To another resource group, and back: the assignments exist all the time, under IDs that are not registered. Not
     * run where access is revoked meanwhile (CHANGING, DELETING): what Azure does not find counts as gone with all that was
     * in it, so the assignment stays, as the failure model says. At NEW nothing has been registered under the old id.
     */
    private static void move(Scene scene) {
        String here = scene.tenant().name();
        scene.tenant().moveDatabase(here + "-elsewhere");
        scene.undo(() -> scene.tenant().moveDatabase(here));
    }

    private static void deleteAll(Scene scene) {
        scene.tenant().assignments().forEach(each -> scene.tenant()
                .unassignedByOthers(each.id().name()));
    }

    /** With an access string of its own, as the preview version of the API takes it. */
    private static void narrowAll(Scene scene) {
        scene.tenant().assignments().forEach(each -> {
            String name = each.id().name();
            scene.tenant().assignedByOthers(name, each.objectId(), Optional.of("+get ~orders:*"));
            scene.undo(() -> scene.tenant().assignedByOthers(name, each.objectId(), Optional.empty()));
        });
    }

    /** Narrowed under the very name that the operator gives, and ended as Failed: to write it again would widen it. */
    private static void narrowAndFail(Scene scene) {
        String objectId = scene.workload().objectId();
        String name = LocalPlatform.assignmentName(objectId);
        scene.tenant().failedByOthers(name, objectId, Optional.of("+get ~orders:*"));
        scene.undo(() -> scene.tenant().unassignedByOthers(name));
    }

    private static void nothingWritten(Scene scene) {
        assertThat(scene.armWrites()).as("narrowed access is not widened").doesNotContain("PUT");
    }

    /** An assignment of the same identity that no binding needs: Azure admits no other in addition to it. */
    private static void leaveFailed(Scene scene) {
        scene.tenant().failedByOthers("leftover", scene.workload().objectId(), Optional.empty());
        scene.undo(() -> scene.tenant().unassignedByOthers("leftover"));
    }

    /** Three requests every two seconds are the readings of the database; an attempt costs three more. */
    private static void asksSeldom(Scene scene) {
        int before = scene.tenant().armRequests().size();
        await().pollDelay(SOME_TIME).atMost(SOME_TIME.multipliedBy(2)).until(() -> true);
        assertThat(scene.tenant().armRequests().size() - before)
                .as("requests to ARM in " + SOME_TIME)
                .isLessThanOrEqualTo(40);
    }

    private static void takeTheName(Scene scene) {
        String name = LocalPlatform.assignmentName(scene.workload().objectId());
        scene.tenant().assignedByOthers(name, UUID.randomUUID().toString(), Optional.empty());
        scene.undo(() -> scene.tenant().unassignedByOthers(name));
    }
}
