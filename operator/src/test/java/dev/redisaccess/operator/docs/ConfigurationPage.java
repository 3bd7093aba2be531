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
                values. A variable that breaks its rule ends the start with exit code 2 and a message that names every such variable.
                Besides these, the Kubernetes client reads what it always does: the pod's ServiceAccount, or `KUBECONFIG`.

                | variable | default | meaning | rule |
                |---|---|---|---|
                """);
        Options.all().forEach(option -> page.append(row(option)));
        page.append("""

                ## Exit codes

                | code | meaning |
                |---|---|
                | 0, 143 | the process was asked to stop, and stopped in order |
                | 1 | the start failed, or the Lease was lost to another replica |
                | 2 | the configuration can't be used |
                | 3 | the API server does not know a kind that the operator serves: its CustomResourceDefinition is missing |
                | 4 | the API server refuses the operator a permission, or its token |
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
