package dev.redisaccess.systemtest.faults;

import static dev.redisaccess.systemtest.faults.Step.CHANGING;
import static dev.redisaccess.systemtest.faults.Step.DELETING;
import static dev.redisaccess.systemtest.faults.Step.GRANTING;
import static dev.redisaccess.systemtest.faults.Step.NEW;
import static dev.redisaccess.systemtest.faults.Step.READY;
import static dev.redisaccess.systemtest.faults.Step.VERIFYING;

import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.api.Reason;
import java.util.List;

/** What the API server refuses. An outage concerns all bindings at once: {@link ApiServerOutageTest}. */
final class KubernetesFaults {

    private static final String STATUS = "PATCH redisaccessbindings/cache/status";
    /** It is created, and updated later. */
    private static final String CONFIG_MAP = "POST configmaps|PATCH configmaps/cache";

    private static final String TOKEN = "POST serviceaccounts/orders/token";
    private static final String ANY_WRITE = "(?!GET|POST events).*(?<!/token)";
    private static final int ALWAYS = Integer.MAX_VALUE;

    private KubernetesFaults() {}

    static List<Fault> list() {
        return List.of(
                Fault.of("k8s-status-409", scene -> scene.kubernetes(STATUS, 409, 3))
                        .passes(NEW, GRANTING, VERIFYING, CHANGING, DELETING)
                        .quick(NEW),
                Fault.of("k8s-status-500", scene -> scene.kubernetes(STATUS, 500, 5))
                        .passes(NEW, GRANTING, VERIFYING, CHANGING, DELETING),
                Fault.of("k8s-writes-409", scene -> scene.kubernetes(ANY_WRITE, 409, ALWAYS))
                        .hides(NEW, GRANTING, VERIFYING, CHANGING, DELETING)
                        .staysReady()
                        .quick(GRANTING),
                Fault.of("k8s-writes-500", scene -> scene.kubernetes(ANY_WRITE, 500, ALWAYS))
                        .hides(NEW, GRANTING, VERIFYING, CHANGING, DELETING),
                shown("k8s-configmap-403", CONFIG_MAP, 403, Reason.PUBLISH_FORBIDDEN)
                        .quick(VERIFYING),
                shown("k8s-configmap-409", CONFIG_MAP, 409, Reason.PUBLISH_FAILED),
                shown("k8s-token-403", TOKEN, 403, Reason.TOKEN_REQUEST_FORBIDDEN),
                shown("k8s-token-500", TOKEN, 500, Reason.TOKEN_REQUEST_FAILED),
                shown("k8s-proxy-token-403", TOKEN, 403, Reason.TOKEN_REQUEST_FORBIDDEN)
                        .by(Federation.IDENTITY_BINDING),
                shown("k8s-proxy-token-500", TOKEN, 500, Reason.TOKEN_REQUEST_FAILED)
                        .by(Federation.IDENTITY_BINDING),
                Fault.of("k8s-events-500", scene -> scene.kubernetes("POST events", 500, ALWAYS))
                        .passes(NEW, GRANTING, VERIFYING, READY, CHANGING, DELETING));
    }

    private static Fault shown(String name, String what, int status, Reason reason) {
        return Fault.of(name, scene -> scene.kubernetes(what, status, ALWAYS))
                .shows(reason, NEW, GRANTING, VERIFYING, CHANGING)
                .passes(DELETING);
    }
}
