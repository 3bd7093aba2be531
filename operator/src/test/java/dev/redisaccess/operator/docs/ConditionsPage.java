package dev.redisaccess.operator.docs;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Finding;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Generates docs/reference/conditions.md from the conditions and the reasons. */
final class ConditionsPage {

    private static final String START = """

            Conditions are as the Kubernetes API conventions have them: `type`, `status`, `reason`, `message`, `observedGeneration`,
            `lastTransitionTime`. A condition counts for the generation in `observedGeneration` only. `lastTransitionTime` moves when
            `status` changes, not when only the reason or the message does.

            A link that was not reached is `Unknown` with reason [NotAttempted](../troubleshooting.md#notattempted). `Ready` has the
            reason of the first link that does not hold, so it can have any reason of this page. Failures to read from Azure
            (`AzureForbidden`, `AzureThrottled`, `AzureUnavailable` and so on) can also prevent a grant or a revocation, and are then
            reasons of `AccessGranted`. So are `ResolvingIdentity`, `ReadingDatabase` and `DatabaseNotFound`, when an identity must be
            confirmed or a database read or registered before access is changed.

            Messages of failures that Azure reported end with `[correlation id …, request id …]`, by which Azure support finds the
            request. They are those of the first attempt that failed this way; the operator's log has the same line.
            """;

    private ConditionsPage() {}

    static String text() {
        return "# Conditions\n\n"
                + GeneratedFile.notice("dev.redisaccess.operator.api.Reason")
                + START
                + Arrays.stream(ConditionType.values())
                        .map(ConditionsPage::section)
                        .collect(Collectors.joining());
    }

    private static String section(ConditionType type) {
        return "\n## " + type.text() + "\n\n" + type.meaning()
                + "\n\n| reason | status | meaning | who acts |\n|---|---|---|---|\n"
                + Arrays.stream(Reason.values())
                        .filter(reason -> reason.condition() == type)
                        .map(ConditionsPage::row)
                        .collect(Collectors.joining());
    }

    private static String row(Reason reason) {
        return "| [" + reason.text() + "](../troubleshooting.md#"
                + reason.text().toLowerCase(Locale.ROOT) + ") | "
                + (holds(reason) ? "True" : Finding.of(reason, "").status().text()) + " | "
                + reason.meaning() + " | " + reason.who().text() + " |\n";
    }

    static boolean holds(Reason reason) {
        return reason.remedy().equals("Nothing to do.");
    }
}
