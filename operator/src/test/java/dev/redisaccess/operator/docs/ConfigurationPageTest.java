package dev.redisaccess.operator.docs;

import dev.redisaccess.operator.config.Option;
import dev.redisaccess.operator.config.Options;
import org.junit.jupiter.api.Test;

/** docs/reference/configuration.md is generated from the options. */
class ConfigurationPageTest {

    @Test
    void thePageIsWhatTheOptionsSay() {
        StringBuilder page = new StringBuilder("# Configuration\n\n")
                .append(GeneratedPage.notice("dev.redisaccess.operator.config.Options", getClass()))
                .append("""

                The operator reads its configuration from environment variables, once, when it starts. The chart sets them from its
                values. A variable that breaks its rule ends the start with exit code 2 and a message that names every such variable.
                In addition, the Kubernetes client reads the pod's ServiceAccount, or `KUBECONFIG`.

                | variable | default | meaning | rule |
                |---|---|---|---|
                """);
        Options.all().forEach(option -> page.append(row(option)));
        page.append("""

                ## Exit codes

                | code | meaning |
                |---|---|
                | 0, 143 | the process received a signal to stop, and stopped in order |
                | 1 | the start failed, or the Lease was lost to another replica |
                | 2 | the configuration is not valid |
                | 3 | the CustomResourceDefinition of a kind that the operator serves is missing |
                | 4 | the operator lacks a permission, or the API server refuses its token |
                | 5 | the API server could not be reached |
                | 6 | the API server is too old |
                """);
        new GeneratedPage("docs/reference/configuration.md").mustBe(page.toString());
    }

    private static String row(Option<?> option) {
        String fallback = option.fallback()
                .map(text -> text.isEmpty() ? "" : "`" + text + "`")
                .orElse("");
        return "| `" + option.name() + "` | " + fallback + " | " + option.doc() + " | " + option.rule() + " |\n";
    }
}
