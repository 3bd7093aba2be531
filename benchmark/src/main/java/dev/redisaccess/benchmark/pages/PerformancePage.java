package dev.redisaccess.benchmark.pages;

import dev.redisaccess.benchmark.report.Budget;
import dev.redisaccess.benchmark.report.Machine;
import dev.redisaccess.benchmark.report.Measure;
import dev.redisaccess.benchmark.report.Result;
import dev.redisaccess.benchmark.report.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** docs/performance.md: the results of a full run, and the budgets. */
public final class PerformancePage {

    private static final List<Budget.Kind> ALL = List.of(Budget.Kind.values());

    private PerformancePage() {}

    /** @param results of at least one scenario, by its name */
    public static String of(SortedMap<String, Result> results) {
        StringBuilder page = new StringBuilder(Pages.NOTICE);
        page.append("# Performance\n\n");
        page.append("""
                The operator's costs and speed, measured from outside: the shipped jar in its own process, with the JVM flags of its
                image and the memory limit of its chart, against the emulator. Its requests to the API server are counted by the server
                (its audit log, or the embedded API), those to Azure by the emulator, its resource usage by the kernel. Operator, API
                server, Azure, a Redis for each database and the measuring program share the processors. The exception is `core`: the
                decisions of a pass alone, measured by JMH with the same flags.

                """);
        page.append("Other sizes, and recommended settings: [scaling](scaling.md).\n\n## The machine\n\n");
        machines(page, results);
        page.append(
                "\n## Budgets\n\n| scenario | measure | result | budget | used | |\n|---|---|---:|---:|---:|---|\n");
        results.values().forEach(result -> result.measures().stream()
                .filter(measure -> !measure.budgets().isEmpty())
                .forEach(measure -> page.append(budget(result, measure))));
        results.values().stream()
                .filter(result -> result.measures().stream().anyMatch(measure -> measure.exceeds(ALL)))
                .forEach(result -> page.append(whyExceeded(result.scenario())));
        page.append("""

                Counts are the same on every machine, and every build checks them with small forms of `single`, `lane` and `rest`.
                Memory depends on the runtime. Times are meaningful on an idle machine only: see the load above. A virtual
                machine's own speed varies from day to day, so compare CPU within a run: `storm` has that of kube-apiserver, too.
                """);
        page.append(Shares.of(results));
        results.values().forEach(result -> section(page, result));
        return page.toString();
    }

    /** One line for each machine, with its runs and their load. */
    private static void machines(StringBuilder page, SortedMap<String, Result> results) {
        Map<String, StringBuilder> byMachine = new LinkedHashMap<>();
        results.values().forEach(result -> byMachine
                .computeIfAbsent(describe(result.machine()), any -> new StringBuilder())
                .append(" `")
                .append(result.scenario())
                .append("` at ")
                .append(result.began())
                .append(", load ")
                .append(Table.number(Math.round(result.machine().loadBefore() * 10) / 10.0))
                .append(";"));
        byMachine.forEach((machine, runs) -> page.append("- ")
                .append(machine)
                .append(":")
                .append(runs.substring(0, runs.length() - 1))
                .append(".\n"));
    }

    /** @throws IllegalStateException for a scenario without an explanation: readers must not be left with the word alone */
    private static String whyExceeded(String scenario) {
        return switch (scenario) {
            case "storm" -> """

                    **`storm` exceeds what the design allows**: API server, etcd, the emulated Azure, a redis-server for each database and the
                    operator share two processors. Of the operator's CPU nothing is large: TLS, HTTP requests, their JSON, and collecting
                    what these allocate, for two tokens, a login, an assignment and four writes. This Azure answers at once, to
                    measure the rest. With its 8.7 s for each assignment the same bindings take about a quarter of an hour anyway,
                    because each database has 100 of them and changes one at a time ([scaling](scaling.md)).
                    """;
            case "rest" -> """

                    **`rest` exceeds its CPU and its memory**: nothing else is done than verifications, each of which requests a token,
                    exchanges it and logs in; with a longer `verification.periodSeconds` there are fewer. More than half of the memory is used
                    before the first binding (`start`).
                    """;
            case "restart" -> """

                    **`restart` is slower than the design allows, and has the memory of `rest`**: the time goes into reading 10,000 bindings,
                    ServiceAccounts and ConfigMaps in a process whose code is not compiled yet, on processors that it shares with the
                    API server.
                    """;
            case "start" -> """

                    **`start` exceeds its budgets**: its time is CPU for loading and interpreting classes, so it depends on the machine's
                    speed. Half of the memory is class data, compiled code and stacks, and most classes are of libraries: Jackson,
                    the Kubernetes client, Lettuce with Netty and Reactor, TLS and HTTP of the JDK, Azure's.
                    """;
            case "single" -> """

                    **`single` exceeds a budget**: the slowest is the first binding after a start, whose login runs code that is not
                    compiled yet. For the others a poll every 150 ms detects the end of Azure's change, then a token is
                    requested and exchanged for the login, and the status is written.
                    """;
            default ->
                throw new IllegalStateException(
                        "`" + scenario + "` exceeds a budget: explain it in PerformancePage, or repair it.");
        };
    }

    private static String describe(Machine machine) {
        return machine.processors() + " × " + machine.processor() + ", " + machine.memoryMebibytes() / 1024 + " GiB, "
                + machine.system();
    }

    private static String budget(Result result, Measure measure) {
        double most = measure.budgets().get(0).most();
        String used = most == 0 ? "" : Math.round(100 * measure.value() / most) + " %";
        return "| `" + result.scenario() + "` | " + measure.name() + " | " + Pages.value(measure) + " | "
                + Table.number(most) + " | " + used + " | " + (measure.exceeds(ALL) ? "**exceeded**" : "met") + " |\n";
    }

    private static void section(StringBuilder page, Result result) {
        page.append("\n## ").append(result.scenario()).append("\n\n");
        page.append(result.question()).append("\n\n");
        result.conditions().forEach((name, value) -> page.append("- ")
                .append(name)
                .append(": ")
                .append(value)
                .append("\n"));
        page.append("\n| measure | result |\n|---|---:|\n");
        result.measures().forEach(measure -> page.append("| ")
                .append(measure.name())
                .append(" | ")
                .append(Pages.value(measure))
                .append(" |\n"));
    }
}
