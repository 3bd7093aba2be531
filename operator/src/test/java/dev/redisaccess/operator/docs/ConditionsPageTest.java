package dev.redisaccess.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/reference/conditions.md is generated from the conditions and the reasons. */
class ConditionsPageTest {

    private static final String START = """

            Conditions are as the Kubernetes API conventions have them: `type`, `status`, `reason`, `message`, `observedGeneration`,
            `lastTransitionTime`. A condition is about the generation in `observedGeneration` only. `lastTransitionTime` changes with
            `status`, not with the reason or the message alone.

            A condition that a pass did not reach is `Unknown` with reason [NotAttempted](../troubleshooting.md#notattempted). `Ready`
            copies the reason of the first condition that is not `True`, so it can have any reason of this page. The reasons why Azure
            can't be read (`AzureForbidden`, `AzureThrottled`, `AzureUnavailable` and so on) can also prevent a change of access, and
            then occur in `AccessGranted`. So do `ResolvingIdentity`, `ReadingDatabase` and `DatabaseNotFound`, where an identity must be
            confirmed, or a database read or registered, before access is changed.

            Messages of failures that Azure reported end with `[correlation id …, request id …]`, by which Azure support finds the
            request. The IDs are those of the first attempt that failed this way; the operator's log has the same line.
            """;

    @Test
    void thePageIsWhatTheReasonsSay() {
        String page = "# Conditions\n\n"
                + GeneratedPage.notice("dev.redisaccess.operator.api.Reason", getClass())
                + START
                + Arrays.stream(ConditionType.values())
                        .map(ConditionsPageTest::section)
                        .collect(Collectors.joining());
        new GeneratedPage("docs/reference/conditions.md").mustBe(page);
    }

    @ParameterizedTest
    @EnumSource
    void everyConditionHasAReasonToHold(ConditionType type) {
        assertThat(Reason.values())
                .filteredOn(reason -> reason.condition() == type)
                .filteredOn(reason -> reason.kind() == Reason.Kind.HOLDS)
                .hasSize(1);
    }

    private static String section(ConditionType type) {
        return "\n## " + type.text() + "\n\n" + type.meaning()
                + "\n\n| reason | status | meaning | action by |\n|---|---|---|---|\n"
                + Arrays.stream(Reason.values())
                        .filter(reason -> reason.condition() == type)
                        .map(ConditionsPageTest::row)
                        .collect(Collectors.joining());
    }

    private static String row(Reason reason) {
        return "| [" + reason.text() + "](../troubleshooting.md#"
                + reason.text().toLowerCase(Locale.ROOT) + ") | "
                + reason.status().text() + " | "
                + reason.meaning() + " | " + reason.team().text() + " |\n";
    }
}
