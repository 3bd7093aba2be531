package dev.redisaccess.systemtest.faults;

import static dev.redisaccess.systemtest.faults.Step.CHANGING;
import static dev.redisaccess.systemtest.faults.Step.DELETING;
import static dev.redisaccess.systemtest.faults.Step.GRANTING;
import static dev.redisaccess.systemtest.faults.Step.NEW;
import static dev.redisaccess.systemtest.faults.Step.READY;
import static dev.redisaccess.systemtest.faults.Step.VERIFYING;

import dev.redisaccess.emulator.fault.FaultAction;
import dev.redisaccess.operator.api.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What Entra returns when the workload's token is exchanged. */
final class EntraFaults {

    private EntraFaults() {}

    static List<Fault> list() {
        return List.of(
                code(70021, Reason.FEDERATION_NOT_MATCHED).quick(NEW),
                code(700211, Reason.FEDERATION_ISSUER_MISMATCH),
                code(700212, Reason.FEDERATION_AUDIENCE_MISMATCH),
                code(700213, Reason.FEDERATION_SUBJECT_MISMATCH).quick(CHANGING),
                code(700214, Reason.FEDERATION_ISSUER_FORBIDDEN),
                code(700016, Reason.IDENTITY_NOT_FOUND).quick(VERIFYING),
                code(90002, Reason.TENANT_NOT_FOUND),
                code(900382, Reason.WRONG_CLOUD),
                code(700024, Reason.ASSERTION_EXPIRED),
                code(700027, Reason.ASSERTION_SIGNATURE_INVALID),
                code(90061, Reason.ISSUER_UNREACHABLE),
                code(7000222, Reason.APPLICATION_MISCONFIGURED),
                code(500011, Reason.REDIS_RESOURCE_UNKNOWN),
                code(50020, Reason.PRINCIPAL_NOT_ALLOWED),
                code(53003, Reason.BLOCKED_BY_POLICY),
                code(90055, Reason.ENTRA_THROTTLED),
                code(90033, Reason.ENTRA_UNAVAILABLE),
                code(99999, Reason.TOKEN_EXCHANGE_FAILED),
                response("entra-html", Actions.garbage(), Reason.ENTRA_UNAVAILABLE)
                        .quick(NEW),
                response("entra-429", Actions.bare(429, Map.of("Retry-After", "3")), Reason.ENTRA_THROTTLED)
                        .quick(GRANTING),
                response("entra-502", Actions.bare(502, Map.of()), Reason.ENTRA_UNAVAILABLE),
                response("entra-cut", Actions.cut(), Reason.ENTRA_UNAVAILABLE),
                response("entra-lost", Actions.lost(), Reason.ENTRA_UNAVAILABLE).quick(DELETING),
                response("entra-silent", Actions.slow(Duration.ofSeconds(8)), Reason.ENTRA_UNAVAILABLE),
                Fault.of("entra-slow", scene -> scene.entra(Actions.slow(Duration.ofMillis(900))))
                        .passes(NEW, GRANTING, VERIFYING, CHANGING, DELETING),
                // A federated credential takes a while until it works everywhere.
                Fault.of("entra-third-try", scene -> scene.entra(Actions.aadsts(70021), 2))
                        .shows(Reason.FEDERATION_NOT_MATCHED, NEW, CHANGING)
                        .passes(VERIFYING));
    }

    private static Fault code(int code, Reason reason) {
        return response("entra-" + code, Actions.aadsts(code), reason);
    }

    /** A deletion needs no token. */
    private static Fault response(String name, FaultAction action, Reason reason) {
        return Fault.of(name, scene -> scene.entra(action))
                .shows(reason, NEW, GRANTING, VERIFYING, READY, CHANGING)
                .passes(DELETING)
                .stoppingLogins();
    }
}
