package dev.redisaccess.kubectl;

import dev.redisaccess.operator.api.AccessEntry;
import dev.redisaccess.operator.api.AssignmentKind;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.binding.DatabaseResolution;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands. Each reads, computes and prints. */
@Command(
        name = "kubectl-redisaccess",
        description =
                "Who has access to Azure Managed Redis databases, why a binding does not work, and what would change.",
        mixinStandardHelpOptions = true,
        versionProvider = RedisAccessCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {AutoComplete.GenerateCompletion.class})
final class RedisAccessCommand {

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"kubectl-redisaccess " + version()};
        }
    }

    static String version() {
        return Optional.ofNullable(RedisAccessCommand.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    /** The forms of the output of most commands. */
    enum Output {
        text,
        json,
        yaml
    }

    /** The surroundings of a command. */
    record Console(PrintWriter out, PrintWriter err, InputStream in, boolean unicode, boolean coloured) {}

    private final Function<Optional<String>, ClusterReader> connection;
    private final Console console;
    private final Clock clock;
    private ClusterReader reader;

    @Option(
            names = "--context",
            scope = CommandLine.ScopeType.INHERIT,
            paramLabel = "CONTEXT",
            description = "The context of the kubeconfig; by default the current one.")
    private String context;

    /** @param connection to the cluster of a context; opened when the first object is read, so that help needs no cluster */
    RedisAccessCommand(Function<Optional<String>, ClusterReader> connection, Console console, Clock clock) {
        this.connection = connection;
        this.console = console;
        this.clock = clock;
    }

    private ClusterReader cluster() {
        if (reader == null) {
            reader = connection.apply(Optional.ofNullable(context));
        }
        return reader;
    }

    /** Parses and runs. */
    int run(String... arguments) {
        CommandLine line = new CommandLine(this)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(110)
                // As it is typed; functions of a shell's completion can't have the blank.
                .setCommandName(
                        List.of(arguments).contains("generate-completion")
                                ? "kubectl-redisaccess"
                                : "kubectl redisaccess")
                .setOut(console.out())
                .setErr(console.err());
        line.setParameterExceptionHandler((failure, given) -> {
            console.err().println(failure.getMessage());
            failure.getCommandLine().usage(console.err());
            return ExitCode.USAGE.code();
        });
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof CommandFailure known) {
                console.err().println(known.getMessage());
                return known.code().code();
            }
            throw failure;
        });
        int code = line.execute(arguments);
        console.out().flush();
        console.err().flush();
        return code;
    }

    @Command(
            name = "why",
            description =
                    "Explains the state of a binding: each link from the database to the pods, the broken one with what to"
                            + " do, and its events.",
            mixinStandardHelpOptions = true)
    int why(
            @Parameters(paramLabel = "BINDING", description = "The name of a RedisAccessBinding.") String name,
            @Option(
                            names = {"-n", "--namespace"},
                            paramLabel = "NAMESPACE",
                            description = "Its namespace; by default that of the current context.")
                    String namespace,
            @Option(
                            names = "--pod",
                            paramLabel = "POD",
                            description = "Also compares a pod with what the binding was verified for.")
                    String pod,
            @Option(
                            names = {"-o", "--output"},
                            defaultValue = "text",
                            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
                    Output output) {
        String where = Optional.ofNullable(namespace).orElseGet(() -> cluster().namespace());
        RedisAccessBinding binding = cluster()
                .binding(where, name)
                .orElseThrow(() -> notFound("RedisAccessBinding `" + name + "` in namespace `" + where + "`"));
        Chain.Facts facts = new Chain.Facts(
                binding,
                Optional.empty(),
                cluster().serviceAccount(where, binding.getSpec().serviceAccountName()),
                cluster().configMap(where, Chain.configMapName(binding)),
                cluster().events(where, "RedisAccessBinding", name));
        Chain chain = Chain.of(facts);
        List<Chain.Link> links = new ArrayList<>(chain.links());
        Chain.identityOf(facts).ifPresent(links::add);
        List<Chain.Link> differences = pod == null
                ? List.of()
                : PodDifferences.of(
                        cluster()
                                .pod(where, pod)
                                .orElseThrow(() -> notFound("Pod `" + pod + "` in namespace `" + where + "`")),
                        binding,
                        facts.configMap());
        List<String> events = Chain.events(facts.events());
        boolean holds = chain.ready()
                && links.stream().noneMatch(link -> link.mark() == Mark.BROKEN)
                && differences.stream().noneMatch(link -> link.mark() == Mark.BROKEN);
        if (output == Output.text) {
            console.out().println(chain.title());
            tree(links);
            if (!events.isEmpty()) {
                console.out().println("Events");
                events.forEach(event -> console.out().println("  " + event));
            }
            if (pod != null) {
                console.out().println("Pod " + Texts.safe(pod));
                tree(differences);
            }
        } else {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("binding", where + "/" + name);
            document.put("ready", chain.ready());
            document.put("links", links.stream().map(RedisAccessCommand::values).toList());
            document.put("events", events);
            document.put(
                    "pod", differences.stream().map(RedisAccessCommand::values).toList());
            print(document, output);
        }
        return (holds ? ExitCode.OK : ExitCode.BROKEN).code();
    }

    private static Map<String, Object> values(Chain.Link link) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("link", link.name());
        values.put("state", link.mark().name().toLowerCase(Locale.ROOT));
        values.put("text", link.text());
        values.put("help", link.help());
        return values;
    }

    private void tree(List<Chain.Link> links) {
        int width = links.stream().mapToInt(link -> link.name().length()).max().orElse(0);
        for (int i = 0; i < links.size(); i++) {
            Chain.Link link = links.get(i);
            boolean last = i == links.size() - 1;
            String branch = console.unicode() ? last ? "└─ " : "├─ " : last ? "`- " : "|- ";
            String below = last ? "   " : console.unicode() ? "│  " : "|  ";
            console.out()
                    .println(branch + link.mark().text(console.unicode(), console.coloured()) + " " + link.name()
                            + " ".repeat(width - link.name().length() + 2) + link.text());
            link.help().forEach(help -> console.out().println(below + "    " + help));
        }
    }

    @Command(
            name = "who",
            description = "Lists who has access to a database, through what and since when.",
            mixinStandardHelpOptions = true)
    int who(
            @Parameters(paramLabel = "DATABASE", description = "The name of a RedisDatabase.") String name,
            @Option(
                            names = "--kind",
                            paramLabel = "KIND",
                            split = ",",
                            completionCandidates = KindNames.class,
                            converter = KindNames.class,
                            description = "Only these kinds: ${COMPLETION-CANDIDATES}.")
                    List<AssignmentKind> kinds,
            @Option(names = "--wide", description = "Also the assignment's name, and when it was first seen.")
                    boolean wide,
            @Option(
                            names = {"-o", "--output"},
                            defaultValue = "text",
                            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
                    Output output) {
        RedisDatabase database = database(name);
        AccessList list = compared(name).only(Optional.ofNullable(kinds).orElse(List.of()));
        if (output == Output.text) {
            warn(list);
            console.out().print(ReportTexts.table(list, wide));
        } else {
            print(ReportTexts.document(database, list, clock.instant().truncatedTo(ChronoUnit.SECONDS)), output);
        }
        return ExitCode.OK.code();
    }

    @Command(
            name = "report",
            description =
                    "Writes the access report of a database: as a table, as CSV or JSON, or as an HTML page for an auditor.",
            mixinStandardHelpOptions = true)
    int report(
            @Parameters(paramLabel = "DATABASE", description = "The name of a RedisDatabase.") String name,
            @Option(
                            names = "--format",
                            defaultValue = "table",
                            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
                    ReportFormat format,
            @Option(
                            names = "--to",
                            paramLabel = "FILE",
                            description = "Writes to a file; by default to the standard output.")
                    Path to) {
        RedisDatabase database = database(name);
        AccessList list = compared(name);
        var at = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String text =
                switch (format) {
                    case table -> ReportTexts.table(list, true);
                    case csv -> ReportTexts.csv(name, list);
                    case json -> ReportTexts.json(ReportTexts.document(database, list, at));
                    case html -> HtmlReport.of(database, list, at, version());
                };
        warn(list);
        if (to == null) {
            console.out().print(text);
        } else {
            try {
                Files.writeString(to, text);
            } catch (IOException e) {
                throw new CommandFailure(ExitCode.NOT_READ, "`" + to + "` could not be written: " + e.getMessage());
            }
        }
        return ExitCode.OK.code();
    }

    @Command(
            name = "plan",
            description =
                    "Says what applying objects would grant, change and revoke. Exit code 2 if access would be revoked.",
            mixinStandardHelpOptions = true)
    int plan(
            @Option(
                            names = {"-f", "--filename"},
                            required = true,
                            paramLabel = "FILE",
                            description =
                                    "A file, a folder with all below it, or - for the standard input. May be repeated.")
                    List<String> files,
            @Option(
                            names = {"-n", "--namespace"},
                            paramLabel = "NAMESPACE",
                            description = "Of objects that name none; by default that of the current context.")
                    String namespace,
            @Option(
                            names = "--prune",
                            description =
                                    "As with a GitOps tool that prunes: bindings of the same namespaces that are not in the files are deleted.")
                    boolean prune,
            @Option(
                            names = {"-o", "--output"},
                            defaultValue = "text",
                            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
                    Output output) {
        ObjectFiles objects = new ObjectFiles(
                Optional.ofNullable(namespace).orElseGet(() -> cluster().namespace()));
        files.forEach(file -> objects.read(file, console.in()));
        Plan plan = Plan.of(
                new Plan.Cluster(cluster().databases(), cluster().bindings(""), this::list, cluster()::namespaceLabels),
                new Plan.Applied(objects.databases(), objects.bindings(), prune),
                today());
        if (output == Output.text) {
            console.out()
                    .print(Texts.table(
                            List.of("EFFECT", "DATABASE", "WHO", "WHAT", "BECAUSE OF"),
                            plan.changes().stream()
                                    .map(change -> List.of(
                                            change.effect().name().toLowerCase(Locale.ROOT),
                                            change.database(),
                                            change.subject(),
                                            change.text(),
                                            change.object()))
                                    .toList()));
            for (Plan.Effect effect : List.of(Plan.Effect.GRANT, Plan.Effect.CHANGE, Plan.Effect.REVOKE)) {
                console.out()
                        .println(effect.name().toLowerCase(Locale.ROOT) + ": "
                                + plan.changes().stream()
                                        .filter(change -> change.effect() == effect)
                                        .count());
            }
            if (objects.skipped() > 0) {
                console.err().println(objects.skipped() + " object(s) of other kinds were skipped.");
            }
        } else {
            print(Map.of("changes", plan.changes(), "revokes", plan.revokes()), output);
        }
        return (plan.revokes() ? ExitCode.REVOKES : ExitCode.OK).code();
    }

    private record Orphan(String database, String objectId, String assignment, String since, String command) {}

    @Command(
            name = "orphans",
            description =
                    "Lists leftovers in all databases: access that the operator granted and no binding needs, with the"
                            + " command that removes each.",
            mixinStandardHelpOptions = true)
    int orphans(
            @Option(
                            names = {"-o", "--output"},
                            defaultValue = "text",
                            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
                    Output output) {
        List<Orphan> orphans = new ArrayList<>();
        for (RedisDatabase database : cluster().databases()) {
            String name = database.getMetadata().getName();
            AccessList list = list(name);
            warn(list);
            list.only(List.of(AssignmentKind.LEFTOVER)).rows().stream()
                    .map(AccessList.Row::entry)
                    .forEach(entry -> orphans.add(orphan(database, name, entry)));
        }
        if (output == Output.text) {
            if (orphans.isEmpty()) {
                console.out().println("No leftovers.");
            }
            orphans.forEach(orphan -> console.out()
                    .println("# " + orphan.database() + ": object " + orphan.objectId() + ", leftover since "
                            + orphan.since() + "\n" + orphan.command()));
        } else {
            print(Map.of("orphans", orphans), output);
        }
        return ExitCode.OK.code();
    }

    private static Orphan orphan(RedisDatabase database, String name, AccessEntry entry) {
        // Both come from Azure, and end in a shell: only letters and digits are copied.
        boolean plain = entry.assignment().matches("[A-Za-z0-9]{1,60}");
        String command = DatabaseResolution.idOf(database)
                .fold(
                        id -> plain
                                ? "az rest --method delete --url 'https://management.azure.com"
                                        + id.path().replace("'", "")
                                        + "/accessPolicyAssignments/" + entry.assignment()
                                        + "?api-version=2025-07-01'"
                                : "# the name of the assignment is not one that the operator gives: delete it by hand",
                        problem -> "# " + Texts.safe(problem.message()));
        return new Orphan(
                name, Texts.safe(entry.objectId()), Texts.safe(entry.assignment()), Texts.safe(entry.since()), command);
    }

    private RedisDatabase database(String name) {
        return cluster().database(name).orElseThrow(() -> notFound("RedisDatabase `" + name + "`"));
    }

    private AccessList compared(String database) {
        AccessList list = list(database);
        Optional<List<RedisAccessBinding>> granted = cluster().granted(database);
        if (granted.isEmpty()) {
            console.err()
                    .println(
                            "Warning: RedisAccessBindings could not be listed, so this list may lack access that was granted"
                                    + " since the last review.");
        }
        return granted.map(list::comparedWith).orElse(list);
    }

    private AccessList list(String database) {
        return AccessList.of(cluster().reports(database));
    }

    private void warn(AccessList list) {
        list.warnings().forEach(warning -> console.err().println("Warning: " + warning));
    }

    private void print(Object document, Output output) {
        console.out()
                .print(output == Output.json ? Serialization.asJson(document) + "\n" : Serialization.asYaml(document));
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    private static CommandFailure notFound(String what) {
        return new CommandFailure(ExitCode.NOT_READ, what + " was not found.");
    }
}
