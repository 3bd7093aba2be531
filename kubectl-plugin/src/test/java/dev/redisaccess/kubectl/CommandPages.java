package dev.redisaccess.kubectl;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * Generates docs/reference/kubectl-redisaccess.md from the commands, and the rows of kubectl-plugin/THIRD-PARTY.md from Maven's
 * list. {@code mvn -Pgenerate} runs the main method.
 */
public final class CommandPages {

    static final String PATH = "docs/reference/kubectl-redisaccess.md";

    static final String LIBRARIES = "kubectl-plugin/THIRD-PARTY.md";

    private static final String BEGIN = "|---|---|---|\n";

    private static final List<String> COMMANDS = List.of("why", "who", "report", "plan", "orphans");

    private CommandPages() {}

    public static void main(String[] arguments) throws IOException {
        Files.writeString(file(PATH), text());
        if (Files.exists(rows())) {
            Files.writeString(file(LIBRARIES), libraries());
        }
    }

    /** The libraries with their licences; only Maven writes them. */
    static Path rows() {
        return file("kubectl-plugin/target/third-party.md");
    }

    static Path file(String path) {
        return Path.of(System.getProperty("repository.root")).resolve(path);
    }

    /** The page with these rows. */
    static String libraries() throws IOException {
        String page = Files.readString(file(LIBRARIES));
        return page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
                + Files.readString(rows())
                + page.substring(page.indexOf("<!-- end -->"));
    }

    static String text() {
        StringBuilder page = new StringBuilder(
                "# kubectl redisaccess\n\n<!-- Generated from the commands in kubectl-plugin."
                        + " Change those, then run: mvn -Pgenerate -->\n\n"
                        + "A plugin of kubectl that reads, and never writes. [The guide](../guides/access-review.md) shows its use.\n");
        for (String command : COMMANDS) {
            page.append("\n## ")
                    .append(command)
                    .append("\n\n```text\n")
                    .append(help(command))
                    .append("```\n");
        }
        page.append("\n## Exit codes\n\n| code | meaning |\n|---|---|\n");
        for (ExitCode code : ExitCode.values()) {
            page.append("| ")
                    .append(code.code())
                    .append(" | ")
                    .append(code.meaning())
                    .append(" |\n");
        }
        return page.append("\n## Permissions\n\n| command | reads |\n|---|---|\n"
                        + "| `why` | in the binding's namespace: the RedisAccessBinding, its ServiceAccount and ConfigMap, events; with `--pod`"
                        + " the pod |\n"
                        + "| `who`, `report` | RedisDatabases and RedisAccessReports; all RedisAccessBindings, to warn of access that is not"
                        + " reviewed yet: without that permission a warning says so |\n"
                        + "| `plan` | RedisDatabases, RedisAccessReports, all RedisAccessBindings, and labels of namespaces if a database"
                        + " or one of its access profiles selects by label |\n"
                        + "| `orphans` | RedisDatabases and RedisAccessReports |\n\n"
                        + "Kubernetes' ClusterRole `view`, bound in the namespace, has those of `why`. The chart's ClusterRole `…-auditor`,"
                        + " bound in the whole\ncluster, has the others, except for labels of namespaces. Without one, the command ends with"
                        + " code 4 and names it.\n")
                .toString();
    }

    private static String help(String command) {
        StringWriter text = new StringWriter();
        var console = new RedisAccessCommand.Console(
                new PrintWriter(text), new PrintWriter(text), InputStream.nullInputStream(), false, false);
        new RedisAccessCommand(
                        context -> {
                            throw new IllegalStateException("help needs no cluster");
                        },
                        console,
                        Clock.systemUTC())
                .run(command, "--help");
        return text.toString().lines().map(String::stripTrailing).reduce("", (all, line) -> all + line + "\n");
    }
}
