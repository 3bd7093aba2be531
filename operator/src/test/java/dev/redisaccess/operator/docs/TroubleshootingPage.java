package dev.redisaccess.operator.docs;

import dev.redisaccess.operator.api.Reason;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Generates docs/troubleshooting.md from the reasons, and from the texts that users search for. */
final class TroubleshootingPage {

    private static final String START = """

            Every link of the chain has a condition, and each condition reports what is wrong and what to do:

            ```console
            $ kubectl get rab -A                          # which binding, and why
            $ kubectl describe rab orders-cache -n shop   # every link, in order, and the events
            ```

            Start with the first condition, from the top, that is not `True`; those below wait for it.

            The operator logs each transition once, at INFO. In the chart's default format, `json`, a line is one object with `time`,
            `level`, `message`, and, of the object that it is about, `namespace`, `name` and `generation`. Where Azure failed, the
            message ends with the IDs that Azure support asks for.

            ## My pod does not start

            1. What does `kubectl describe pod` report?
               - `CreateContainerConfigError: configmap "…" not found`: the pod waits for its access to be verified. That is by
                 design. Continue with 2.
               - anything else (`ImagePullBackOff`, `FailedScheduling`, `secret "…" not found`): not caused by this operator. It
                 creates a Secret only with `spec.environment.serviceBinding: Enabled`.
            2. Does `kubectl get rab -n NAMESPACE` show a binding that publishes that ConfigMap? It has the binding's name, unless
               `spec.environment.configMapName` sets another.
               - no: apply one, or correct the name in `envFrom` or in the annotation `redisaccess.dev/env-from`.
               - yes: continue with 3.
            3. What is its READY?
               - `Unknown` with REASON `NotAttempted`: the operator has not reconciled it. Does it run, and does
                 `kubectl get lease -A` show a leader?
               - `Unknown` otherwise: work is in progress. `GrantingAccess` takes about nine seconds for each binding in the queue, and
                 `PolicyPropagating` some minutes; the others are below.
               - `False`: its REASON is explained below, and the message of the first condition that is not `True` says what to do.
               - `True`: continue with 4.
            4. Does the ConfigMap exist, `kubectl get configmap -n NAMESPACE`?
               - yes: kubelet tries again within seconds to a minute.
               - no: it was just deleted; the operator writes it again at once. If not, report it.

            ## My pod gets WRONGPASS

            1. What is the READY of its binding?
               - not `True`: its REASON is explained below. The message of `NotAuthorized` says which link is wrong.
               - `True`: the operator logged in with the same identity, so the application's login differs. Continue with 2.
            2. Which user name does it send? It must be the object ID (`REDIS_USERNAME`).
               - the client ID, or `default`: correct it.
               - the object ID: continue with 3.
            3. For which identity does it request a token? Compare `AZURE_CLIENT_ID` in the container
               (`kubectl exec POD -- env | grep AZURE`) with `status.identity.clientId` of the binding.
               - another: the webhook sets it from the annotation of the pod's ServiceAccount, and `env` has precedence over
                 `envFrom`. Is `serviceAccountName` of the pod that of the binding?
               - none: the pod lacks the label `azure.workload.identity/use: "true"`.
               - the same: continue with 4.
            4. For which resource? The scope must be `https://redis.azure.com/.default`.
               - another: correct it.
               - that one: continue with 5.
            5. When does it fail?
               - at the first login: is the database the one of the binding, `REDIS_HOSTNAME`? Each geo-replica has assignments of
                 its own.
               - after hours, at a reconnect: the client kept the first token as its password. Use a credentials provider that
                 renews it; see the guide of your stack.

            ## Events

            A change of `Ready` to `True` is a `Normal` Event and one to `False` a `Warning`, with the reason of `Ready`; a change to
            `Unknown` has no Event. These are of the type `Warning` also:

            | Event | of | meaning | what to do |
            |---|---|---|---|
            | `AdoptedAssignmentReplaced` | RedisAccessBinding | The assignment that others had created was removed from Azure, and the operator created its own instead. | Nothing, if that was intended; otherwise see [Terraform and a binding](concepts.md#terraform-and-a-binding-for-the-same-identity). |
            | `AccessLeftOver` | RedisDatabase | There are more assignments than before that the operator created and that no binding needs, also those that a binding retained. | `kubectl redisaccess orphans` lists them with the command that deletes each ([by hand](failure-model.md#find-and-delete-leftovers)). |
            | `UnmanagedAccess` | RedisDatabase | Assignments became unmanaged: other clients created them, or their binding or acknowledgement is gone. | `kubectl redisaccess who DATABASE --kind Unmanaged`; then bind, [acknowledge](guides/access-review.md#acknowledge) or delete them. |
            | `AcknowledgementEnds` | RedisDatabase | Acknowledgements of existing access end within a week. | Ask the owner; set a later `until`, or delete the assignment. |
            | `AcknowledgementExpired` | RedisDatabase | Acknowledgements have ended, and the access exists. | The same. |
            | `ExcessAccessRevoked` | RedisDatabase | Assignments that nothing explains are being revoked, because the RedisDatabase says so. | Nothing; the report has each. |
            | `AccessReportFailed` | RedisDatabase | The access report could not be stored. | Read the message: a permission or the CRD is missing. |
            | `InUse` | RedisDatabase | Its deletion waits for bindings that hold access through it. | Delete the bindings that the message names. |
            """;

    private TroubleshootingPage() {}

    static String text() {
        return "# Troubleshooting\n\n"
                + GeneratedFile.notice("dev.redisaccess.operator.api.Reason")
                + START
                + "\n## Error texts\n"
                + SearchedText.ALL.stream().map(TroubleshootingPage::section).collect(Collectors.joining())
                + "\n## Reasons\n"
                + Arrays.stream(Reason.values())
                        .map(TroubleshootingPage::section)
                        .collect(Collectors.joining());
    }

    private static String section(SearchedText searched) {
        return "\n### `" + searched.text() + "`\n\nSeen " + searched.seen() + ". " + searched.advice() + "\n\nReasons: "
                + searched.reasons().stream()
                        .map(reason ->
                                "[" + reason.text() + "](#" + reason.text().toLowerCase(java.util.Locale.ROOT) + ")")
                        .collect(Collectors.joining(", "))
                + ".\n";
    }

    private static String section(Reason reason) {
        return "\n### " + reason.text() + "\n\n" + reason.meaning() + "\n\n- **What to do:** " + reason.remedy()
                + "\n- **Who:** " + reason.team().text() + ".\n";
    }
}
