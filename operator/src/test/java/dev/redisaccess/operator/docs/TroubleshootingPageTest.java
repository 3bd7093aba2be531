package dev.redisaccess.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/troubleshooting.md is generated from the reasons, and from the texts that people search for. */
class TroubleshootingPageTest {

    private static final String START = """

            Every link of the chain has a condition, and each condition says what is wrong and what to do:

            ```console
            $ kubectl get rab -A                          # which binding, and why
            $ kubectl describe rab orders-cache -n shop   # every link, in order, and the events
            ```

            The first condition, from the top, that is not `True` is the link to look at; those below wait for it.

            ## My pod does not start

            1. `kubectl describe pod` says `CreateContainerConfigError: configmap "…" not found`: the pod waits for its access to be
               proved. That is by design. Go on with the binding:
            2. `kubectl get rab` in the pod's namespace shows no binding with that ConfigMap: apply one, or correct the name in
               `envFrom`.
            3. The binding is not Ready: its REASON stands below.
            4. The binding is Ready and the ConfigMap is there: kubelet tries again within seconds to a minute.

            ## My pod gets WRONGPASS

            1. `kubectl get rab` says that the binding is not Ready: its REASON stands below.
            2. The binding is Ready, so the operator logged in with the same identity. Then the application does something else:
               - it sends another user name: it must be the object id (`REDIS_USERNAME`), not the client id and not `default`;
               - it asks for a token of another identity: does `AZURE_CLIENT_ID` in the container equal the one in
                 `kubectl get rab -o yaml`? The webhook sets it from the ServiceAccount, and `env` wins over `envFrom`;
               - it asks for a token of another resource: the scope must be `https://redis.azure.com/.default`;
               - it sends an old token: a client that keeps the first token as its password fails at the first reconnect after it
                 has expired. Use a credentials provider that renews.
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
        assertThat(List.of(reason.meaning(), reason.remedy()))
                .allSatisfy(text -> assertThat(text).endsWith(".").hasSizeBetween(5, 240));
    }

    private static String section(SearchedText searched) {
        return "\n## `" + searched.text() + "`\n\nSeen " + searched.seen() + ". Reasons: "
                + searched.reasons().stream()
                        .map(reason ->
                                "[" + reason.text() + "](#" + reason.text().toLowerCase(java.util.Locale.ROOT) + ")")
                        .collect(Collectors.joining(", "))
                + ".\n";
    }

    private static String section(Reason reason) {
        return "\n## " + reason.text() + "\n\n" + reason.meaning() + "\n\n- **What to do:** " + reason.remedy()
                + "\n- **Who:** " + reason.who().text() + ".\n- **Looked at again:** "
                + reason.heals().text() + ".\n";
    }
}
