package dev.redisaccess.benchmark;

import dev.redisaccess.benchmark.pages.Pages;
import dev.redisaccess.benchmark.report.Budget;
import dev.redisaccess.benchmark.report.HtmlReport;
import dev.redisaccess.benchmark.report.JsonFile;
import dev.redisaccess.benchmark.scenario.Form;
import dev.redisaccess.benchmark.scenario.Scenario;
import dev.redisaccess.image.Training;
import dev.redisaccess.launcher.JavaProgram;
import dev.redisaccess.launcher.SourceTree;
import dev.redisaccess.testbed.Setup;
import dev.redisaccess.testbed.Shipped;
import dev.redisaccess.testbed.TestbedFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the operator. */
@Command(
        name = "benchmark",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Measures what the Redis Access Operator costs and how fast it is: the shipped program, in a process of"
                        + " its own, with the flags of its image and the memory of its chart, on a local Azure.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every budget was met",
            "1:a budget was exceeded, or a run could not be measured; the output says which",
            "2:wrong options"
        })
public final class Main implements Callable<Integer> {
    @Option(
            names = "--scenario",
            split = ",",
            paramLabel = "NAME",
            description =
                    "What to measure, or several, or all: ${COMPLETION-CANDIDATES}. None: only write the reports of the"
                            + " results in --out.",
            completionCandidates = Scenarios.Names.class)
    private List<String> scenarios = List.of();

    @Option(names = "--small", description = "Run the small form of every build, which takes seconds.")
    private boolean small;

    @Option(names = "--bindings", paramLabel = "N", description = "Default: the number that the budget is for.")
    private Optional<Integer> bindings;

    @Option(names = "--databases", paramLabel = "M", description = "Default: the number that the budget is for.")
    private Optional<Integer> databases;

    @Option(
            names = "--span",
            paramLabel = "SECONDS",
            description =
                    "How long to look on when there is nothing to do: of rest, restart and soak; one turn of core.")
    private Optional<Integer> span;

    @Option(
            names = "--api",
            defaultValue = "mock",
            description = "The API server: mock, embedded in this process, or real, from KUBEBUILDER_ASSETS."
                    + " Default: ${DEFAULT-VALUE}.")
    private Setup.Api api;

    @Option(names = "--counts-only", description = "Compare counts with their budgets, not times and memory.")
    private boolean countsOnly;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "benchmark-results",
            description = "The directory for results and report.html. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(names = "--docs", paramLabel = "DIR", description = "Also write performance.md and scaling.md there.")
    private Optional<Path> docs;

    @Option(names = "--jdk", paramLabel = "DIR", description = "The runtime of the operator. Default: this program's.")
    private Path jdk = Path.of(System.getProperty("java.home"));

    @Option(names = "--jvm-flag", paramLabel = "FLAG", description = "One more for the operator, such as a profiler's.")
    private List<String> flags = List.of();

    @Option(names = "--operator-jar", paramLabel = "FILE", description = "Default: the one of this source tree.")
    private Path operatorJar;

    @Option(
            names = "--aot-cache",
            description = "Start the operator with an AOT cache, created as image/build creates that of the image."
                    + " Needs JDK 25 or newer.")
    private boolean aotCache;

    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main())
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure))
                .execute(args));
    }

    /** Prints failures that a user can correct. Returns the exit code. */
    private static int report(Exception failure) throws Exception {
        if (failure instanceof TestbedFailure) {
            System.err.println(failure.getMessage());
            return 1;
        }
        if (failure instanceof IllegalArgumentException) {
            System.err.println(failure.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        throw failure;
    }

    @Override
    public Integer call() {
        List<Scenario> chosen = Scenarios.of(scenarios);
        boolean met = new Run(program(), api, this::form, out, System.out).all(chosen, judged());
        HtmlReport.write(List.copyOf(JsonFile.readAll(out).values()), out);
        docs.ifPresent(directory -> Pages.write(out, directory));
        return met ? 0 : 1;
    }

    private JavaProgram program() {
        Path jar = SourceTree.requireBuilt(Optional.ofNullable(operatorJar)
                .orElseGet(() -> SourceTree.of(Main.class).jar("operator")));
        JavaProgram program = JavaProgram.ofJar(jdk, Shipped.read().jvmFlags(), jar.toAbsolutePath())
                .plus(flags);
        Path directory = Path.of(System.getProperty("java.io.tmpdir"));
        return aotCache ? Training.trainCopy(program, directory).program() : program;
    }

    private List<Budget.Kind> judged() {
        return countsOnly ? List.of(Budget.Kind.COUNT) : List.of(Budget.Kind.values());
    }

    private Form form(Scenario scenario) {
        Form form = small ? scenario.small() : scenario.full();
        form = bindings.map(form::withBindings).orElse(form);
        form = databases.map(form::withDatabases).orElse(form);
        return span.map(Duration::ofSeconds).map(form::withSpan).orElse(form);
    }
}
