package dev.redisaccess.systemtest.faults;

import static dev.redisaccess.systemtest.faults.Step.CHANGING;
import static dev.redisaccess.systemtest.faults.Step.DELETING;
import static dev.redisaccess.systemtest.faults.Step.GRANTING;
import static dev.redisaccess.systemtest.faults.Step.NEW;
import static dev.redisaccess.systemtest.faults.Step.READY;
import static dev.redisaccess.systemtest.faults.Step.VERIFYING;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** What others write into a status: it is output, and nothing in Azure may follow it. */
final class StatusFaults {

    private static final List<Reason> ALL_IS_WELL = List.of(
            Reason.DATABASE_RUNNING,
            Reason.WORKLOAD_IDENTIFIED,
            Reason.ACCESS_GRANTED,
            Reason.LOGIN_VERIFIED,
            Reason.ENVIRONMENT_PUBLISHED,
            Reason.READY);

    private StatusFaults() {}

    static List<Fault> list() {
        return List.of(
                Fault.of("status-forged", StatusFaults::forge)
                        .alongsideOthers()
                        .passes(NEW, GRANTING, VERIFYING, READY, CHANGING, DELETING)
                        .quick(NEW, CHANGING, DELETING),
                Fault.of("status-lost", scene -> scene.writeStatus(binding -> "{\"status\": null}"))
                        .passes(NEW, GRANTING, VERIFYING, READY, CHANGING, DELETING)
                        .quick(CHANGING, DELETING));
    }

    /** The identity is that of a principal to which Terraform granted access, and every condition claims to hold for it. */
    private static void forge(Scene scene) {
        String victim = scene.others().iterator().next();
        scene.writeStatus(binding -> forged(scene, victim, binding));
    }

    private static String forged(Scene scene, String victim, RedisAccessBinding binding) {
        long generation = binding.getMetadata().getGeneration();
        return """
                {"status": {
                  "observedGeneration": %d,
                  "identity": {"clientId": "%s", "objectId": "%s", "tenantId": "%s"},
                  "assignment": {"name": "terraform", "origin": "Created", "provisioningState": "Succeeded"},
                  "conditions": [%s]}}
                """.formatted(
                        generation,
                        scene.workload().clientId(),
                        victim,
                        scene.platform().azure().endpoints().tenantId(),
                        conditions(generation));
    }

    private static String conditions(long generation) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return ALL_IS_WELL.stream()
                .map(reason -> """
                        {"type": "%s", "status": "True", "reason": "%s", "message": "All is well.",
                         "observedGeneration": %d, "lastTransitionTime": "%s"}
                        """.formatted(reason.condition().text(), reason.text(), generation, now))
                .collect(Collectors.joining(","));
    }
}
