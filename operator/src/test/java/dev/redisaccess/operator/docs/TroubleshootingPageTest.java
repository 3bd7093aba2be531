package dev.redisaccess.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.MessageForm;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/troubleshooting.md is generated from the reasons, and from the texts that users search for. */
class TroubleshootingPageTest {

    private static final String START = """

            Every step has a condition, whose message says what is wrong and what to do:

            ```console
            $ kubectl get rab -A                          # which binding, and why
            $ kubectl describe rab orders-cache -n shop   # every condition, in order, and the Events
            ```

            The first condition, from the top, that is not `True` is the one to look at; those below wait for it.

            The operator logs each transition once, at INFO. With `REDIS_ACCESS_LOG_FORMAT=json` a line is one object: the text is in
            `formattedMessage`, and `mdc` has `resource.namespace`, `resource.name` and `resource.generation`. Where a request to
            Azure failed, the text ends with the IDs that Azure support needs.

            ## My pod does not start

            1. What does `kubectl describe pod` say?
               - `CreateContainerConfigError: configmap "…" not found`: the pod waits until its access is verified. That is by
                 design. Continue with 2.
               - anything else (`ImagePullBackOff`, `FailedScheduling`, `secret "…" not found`): not caused by this operator. It
                 publishes a Secret only with `spec.environment.serviceBinding: Enabled`.
            2. Does `kubectl get rab -n NAMESPACE` show a binding that publishes that ConfigMap? By default it has the binding's name;
               `spec.environment.configMapName` sets another.
               - no: apply one, or correct the name in `envFrom` or in the annotation `redisaccess.dev/env-from`.
               - yes: continue with 3.
            3. What is its READY?
               - empty: the operator has not processed it. Does the operator run, and does `kubectl get lease -A` show a leader?
               - `Unknown`: work is under way. `GrantingAccess` takes about nine seconds for each binding in the queue, and
                 `PolicyPropagating` some minutes; the others are below.
               - `False`: its REASON is below, and the message of the first condition that is not `True` says what to do.
               - `True`: continue with 4.
            4. Does the ConfigMap exist, `kubectl get configmap -n NAMESPACE`?
               - yes: kubelet retries within seconds to a minute.
               - no: it was just deleted; the operator writes it again at once. If not, report it.

            ## My pod gets WRONGPASS

            1. What is the READY of its binding?
               - not `True`: its REASON is below. The message of `NotAuthorized` says which part of the configuration is wrong.
               - `True`: the operator logged in with the same identity, so the application does something else. Continue with 2.
            2. Which user name does it send? It must be the object ID (`REDIS_USERNAME`).
               - the client ID, or `default`: correct it.
               - the object ID: continue with 3.
            3. For which identity does it request a token? Compare `AZURE_CLIENT_ID` in the container
               (`kubectl exec POD -- env | grep AZURE`) with `status.identity.clientId` of the binding.
               - another: the webhook sets it from the annotation of the pod's ServiceAccount, and `env` takes precedence over `envFrom`. Is
                 `serviceAccountName` of the pod that of the binding?
               - none: the pod lacks the label `azure.workload.identity/use: "true"`.
               - the same: continue with 4.
            4. For which resource? The scope must be `https://redis.azure.com/.default`.
               - another: correct it.
               - that one: continue with 5.
            5. When does it fail?
               - at the first login: is the database that of the binding, `REDIS_HOSTNAME`? Each geo-replica has its own
                 assignments.
               - after hours, at a reconnect: the client kept the first token as its password. Use a credentials provider that
                 renews; see the guide of your stack.

            # Events

            A change of `Ready` to `True` is a `Normal` Event and one to `False` a `Warning`, with the reason of `Ready`; `Unknown`
            has none. Three more are of the type `Warning`:

            | Event | of | meaning | what to do |
            |---|---|---|---|
            | `AdoptedAssignmentReplaced` | RedisAccessBinding | An adopted assignment was deleted in Azure, and the operator created its own instead. | Nothing, if that was intended; else see [Terraform and a binding](concepts.md#terraform-and-a-binding-for-the-same-identity). |
            | `AccessLeftOver` | RedisDatabase | There are more assignments than before that the operator created and that no binding needs, including those that a binding retained. | [Find them](failure-model.md#find-and-delete-what-is-left), and delete those that are not needed. |
            | `InUse` | RedisDatabase | Its deletion waits for bindings that have access through it. | Delete the bindings that the message names. |
            """;

    @Test
    void thePageIsWhatTheReasonsSay() {
        String page = "# Troubleshooting\n\n"
                + GeneratedPage.notice("dev.redisaccess.operator.api.Reason", getClass())
                + START
                + "\n# Error texts\n"
                + SearchedText.ALL.stream()
                        .map(TroubleshootingPageTest::section)
                        .collect(Collectors.joining())
                + "\n# Reasons\n"
                + Arrays.stream(Reason.values())
                        .map(TroubleshootingPageTest::section)
                        .collect(Collectors.joining());
        new GeneratedPage("docs/troubleshooting.md").mustBe(page);
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonSaysWhatItMeansAndWhatToDo(Reason reason) {
        assertThat(reason.text()).matches("([A-Z][a-z]+)+");
        assertThat(List.of(reason.meaning(), reason.remedy())).allSatisfy(text -> {
            assertThat(text).hasSizeBetween(5, 240);
            MessageForm.assertKept(text);
        });
    }

    private static String section(SearchedText searched) {
        return "\n## `" + searched.text() + "`\n\nSeen " + searched.seen() + ". " + searched.advice() + "\n\nReasons: "
                + searched.reasons().stream()
                        .map(reason ->
                                "[" + reason.text() + "](#" + reason.text().toLowerCase(java.util.Locale.ROOT) + ")")
                        .collect(Collectors.joining(", "))
                + ".\n";
    }

    private static String section(Reason reason) {
        return "\n## " + reason.text() + "\n\n" + reason.meaning() + "\n\n- **What to do:** " + reason.remedy()
                + "\n- **Who:** " + reason.team().text() + ".\n";
    }
}
