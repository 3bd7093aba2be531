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
            `lastTransitionTime`. A condition counts for the generation in `observedGeneration` only. `lastTransitionTime` moves when
            `status` changes, not when only the reason or the message does.

            A link that was not reached is `Unknown` with reason [NotAttempted](../troubleshooting.md#notattempted). `Ready` takes over
            the reason of the first link that does not hold, so it can have any reason of this page. What keeps Azure from being read
            (`AzureForbidden`, `AzureThrottled`, `AzureUnavailable` and so on) can also keep access from being granted or revoked, and
            then stands in `AccessGranted`. So do `ResolvingIdentity`, `ReadingDatabase` and `DatabaseNotFound`, where an identity must be
            confirmed or a database read or registered before access is changed.

            Messages of failures that Azure reported end with `[correlation id …, request id …]`: Azure support finds the request by
            these. They are those of the first attempt that failed this way; the operator's log has the same line.
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
                + "\n\n| reason | status | meaning | who acts |\n|---|---|---|---|\n"
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
