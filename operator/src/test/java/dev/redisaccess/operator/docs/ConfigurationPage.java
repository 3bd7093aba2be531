package dev.redisaccess.operator.docs;

import dev.redisaccess.operator.config.Option;
import dev.redisaccess.operator.config.Options;

/** Generates docs/reference/configuration.md from the options. */
final class ConfigurationPage {

    private ConfigurationPage() {}

    static String text() {
        StringBuilder page = new StringBuilder("# Configuration\n\n")
                .append(GeneratedFile.notice("dev.redisaccess.operator.config.Options"))
                .append("""

                The operator reads its configuration from environment variables, once, when it starts. The chart sets them from its
                values. If a variable breaks its rule, the operator exits with code 2 and a message that lists all such variables.
                The Kubernetes client uses the pod's ServiceAccount, or `KUBECONFIG`.

                | variable | default | meaning | rule |
                |---|---|---|---|
                """);
        Options.all().forEach(option -> page.append(row(option)));
        page.append("""

                ## Exit codes

                | code | meaning |
                |---|---|
                | 0, 143 | the process received a signal to stop, and stopped in order |
                | 1 | the start failed, or another replica took over the Lease |
                | 2 | the configuration is invalid |
                | 3 | a CustomResourceDefinition of the operator is missing |
                | 4 | the API server refused the operator's token, or a permission is missing |
                | 5 | the API server could not be reached |
                | 6 | the API server is too old |
                """);
        return page.toString();
    }

    private static String row(Option<?> option) {
        String fallback = option.fallback()
                .map(text -> text.isEmpty() ? "" : "`" + text + "`")
                .orElse("");
        return "| `" + option.name() + "` | " + fallback + " | " + option.doc() + " | " + option.rule() + " |\n";
    }
}
