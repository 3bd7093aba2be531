package dev.redisaccess.quickstart.faults;

import static dev.redisaccess.quickstart.faults.Step.CHANGING;
import static dev.redisaccess.quickstart.faults.Step.DELETING;
import static dev.redisaccess.quickstart.faults.Step.GRANTING;
import static dev.redisaccess.quickstart.faults.Step.NEW;
import static dev.redisaccess.quickstart.faults.Step.PROVING;
import static dev.redisaccess.quickstart.faults.Step.READY;

import dev.redisaccess.operator.api.Reason;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the portal, Terraform or a colleague changes beside the operator. */
final class NeighbourFaults {

    private NeighbourFaults() {}

    static List<Fault> list() {
        return List.of(
                Fault.of("portal-deletes", NeighbourFaults::deleteAll)
                        .passes(PROVING, READY, CHANGING, DELETING)
                        .quick(READY),
                Fault.of("portal-grants-first", scene -> scene.tenant()
                                .assignedByOthers("by-hand", scene.workload().objectId(), Optional.empty()))
                        .passes(NEW)
                        .quick(NEW),
                Fault.of("portal-takes-the-name", NeighbourFaults::takeTheName)
                        .shows(Reason.ASSIGNMENT_CONFLICT, NEW, CHANGING),
                Fault.of("portal-narrows", NeighbourFaults::narrowAll).shows(Reason.PERMISSION_DENIED, READY),
                Fault.of("portal-writes-beside", scene -> {
                            String somebody = UUID.randomUUID().toString();
                            scene.tenant().assignedByOthersSoon(somebody, somebody);
                            scene.keeps(somebody);
                        })
                        .passes(NEW, PROVING, CHANGING, DELETING)
                        .stands(),
                Fault.of("database-deleted", scene -> {
                            scene.tenant().removeDatabase();
                            scene.undo(() -> scene.tenant().withDatabase());
                        })
                        .shows(Reason.AZURE_RESOURCE_NOT_FOUND, NEW, GRANTING, PROVING, READY, CHANGING)
                        .quick(READY),
                Fault.of("database-recreated", scene -> {
                            scene.tenant().removeDatabase();
                            scene.tenant().withDatabase();
                        })
                        .passes(NEW, GRANTING, PROVING, READY, CHANGING, DELETING),
                Fault.of("database-moved", NeighbourFaults::move)
                        .shows(Reason.AZURE_RESOURCE_NOT_FOUND, PROVING, READY)
                        .quick(READY));
    }

    /**
     * To another resource group, and back: the assignments are there all the while, under ids that nobody has registered. Not
     * run where access is taken away meanwhile (CHANGING, DELETING): what Azure does not find counts as gone with all that was
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

    /** With an access string of its own, which the GA API does not show: only a login finds it. */
    private static void narrowAll(Scene scene) {
        scene.tenant().assignments().forEach(each -> {
            String name = each.id().name();
            scene.tenant().assignedByOthers(name, each.objectId(), Optional.of("+get ~orders:*"));
            scene.undo(() -> scene.tenant().assignedByOthers(name, each.objectId(), Optional.empty()));
        });
    }

    private static void takeTheName(Scene scene) {
        String name = scene.workload().objectId();
        scene.tenant().assignedByOthers(name, UUID.randomUUID().toString(), Optional.empty());
        scene.undo(() -> scene.tenant().unassignedByOthers(name));
    }
}
