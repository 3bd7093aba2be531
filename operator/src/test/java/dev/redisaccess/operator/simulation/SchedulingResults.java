package dev.redisaccess.operator.simulation;

import dev.redisaccess.operator.binding.BindingKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Minutes and hours of the operator's scheduling in milliseconds, with the result as text: a change of lanes, polls, limits or
 * delays is a change of a committed file.
 */
public final class SchedulingResults {

    /** What Azure takes for a change, recorded. */
    private static final Duration SERVICE = Duration.ofMillis(8690);

    private final List<String> lines = new ArrayList<>();

    private SchedulingResults() {}

    /** Runs every scenario; some ten seconds. */
    public static String text() {
        SchedulingResults results = new SchedulingResults();
        results.oneDatabase(Duration.ZERO);
        results.oneDatabase(Duration.ofSeconds(1));
        results.oneDatabase(Duration.ofSeconds(20));
        results.manyDatabases();
        results.refusalsOfAnotherNamespace();
        results.azureRefusesEveryTwentiethCall();
        results.azureIsDownForTenMinutes();
        results.anHourAtRest();
        return String.join("\n", results.lines) + "\n";
    }

    private void oneDatabase(Duration propagation) {
        Simulation simulation = new Simulation(SERVICE, propagation).databases(1, List.of("shop"));
        applyAll(simulation, 50, 1, List.of("shop"));
        simulation.untilReady(Duration.ofHours(1));
        report("50 bindings on one database; Redis knows a user after " + seconds(propagation), simulation, 50);
    }

    private void manyDatabases() {
        List<String> namespaces =
                IntStream.range(0, 20).mapToObj(number -> "team" + number).toList();
        Simulation simulation = new Simulation(SERVICE, Duration.ofSeconds(1)).databases(20, namespaces);
        applyAll(simulation, 2000, 20, namespaces);
        simulation.untilReady(Duration.ofHours(1));
        report("2,000 bindings of 20 namespaces on 20 databases", simulation, 100);
    }

    private void refusalsOfAnotherNamespace() {
        Simulation simulation = new Simulation(SERVICE, Duration.ofSeconds(1)).databases(2, List.of("loud", "quiet"));
        simulation.refused = key -> key.namespace().equals("loud");
        applyAll(simulation, 2000, 1, List.of("loud"));
        simulation.pass(Duration.ofSeconds(2));
        BindingKey quiet = simulation.apply("quiet", "db1");
        simulation.pass(Duration.ofMinutes(10));
        title("one binding beside 2,000 of another namespace whose tokens Entra refuses");
        line("until it is Ready", seconds(simulation.untilReady(quiet).orElseThrow()));
        line("exchanges in ten minutes", simulation.exchanges().size());
    }

    private void azureRefusesEveryTwentiethCall() {
        Simulation simulation = new Simulation(SERVICE, Duration.ofSeconds(1)).databases(5, List.of("shop"));
        int[] calls = {0};
        simulation.azure.failing = () -> ++calls[0] % 20 == 0;
        applyAll(simulation, 100, 5, List.of("shop"));
        simulation.untilReady(Duration.ofHours(1));
        report("100 bindings on 5 databases, every twentieth call to Azure fails", simulation, 20);
    }

    private void azureIsDownForTenMinutes() {
        Simulation simulation = new Simulation(SERVICE, Duration.ofSeconds(1)).databases(5, List.of("shop"));
        Instant from = simulation.now().plusSeconds(60);
        Instant to = from.plus(Duration.ofMinutes(10));
        simulation.azure.failing =
                () -> !simulation.now().isBefore(from) && simulation.now().isBefore(to);
        applyAll(simulation, 100, 5, List.of("shop"));
        simulation.pass(Duration.between(simulation.now(), to));
        int before = simulation.readyCount();
        int calls = simulation.azure.reads + simulation.azure.writes;
        simulation.untilReady(Duration.ofHours(1));
        report("100 bindings on 5 databases, Azure is down from the second to the eleventh minute", simulation, 20);
        line("Ready when Azure is back", before);
        line("calls until then", calls);
        line("all are Ready, after Azure is back", seconds(Duration.between(to, simulation.now())));
    }

    private void anHourAtRest() {
        List<String> namespaces = List.of("shop", "billing");
        Simulation simulation = new Simulation(Duration.ofMillis(100), Duration.ZERO).databases(10, namespaces);
        applyAll(simulation, 1000, 10, namespaces);
        simulation.untilReady(Duration.ofHours(1));
        simulation.exchanges().clear();
        simulation.azure.reads = 0;
        simulation.azure.writes = 0;
        simulation.pass(Duration.ofHours(1));
        title("an hour at rest, 1,000 bindings on 10 databases");
        line("reads of Azure for each database", simulation.azure.reads / 10);
        line("writes to Azure", simulation.azure.writes);
        line("exchanges for each binding", decimal(simulation.exchanges().size() / 1000.0));
        Map<Long, Integer> minutes = new TreeMap<>();
        simulation.exchanges().forEach(at -> minutes.merge(at.getEpochSecond() / 60, 1, Integer::sum));
        line(
                "most exchanges in a minute",
                minutes.values().stream().mapToInt(Integer::intValue).max().orElseThrow());
    }

    private static void applyAll(Simulation simulation, int count, int databases, List<String> namespaces) {
        IntStream.range(0, count)
                .forEach(number ->
                        simulation.apply(namespaces.get(number % namespaces.size()), "db" + number % databases));
    }

    /** @param each bindings on a database: Azure changes those one after the other */
    private void report(String title, Simulation simulation, int each) {
        List<Duration> ready = simulation.untilReady();
        Duration last = ready.get(ready.size() - 1);
        Duration own = SERVICE.multipliedBy(each);
        title(title);
        line("Ready", simulation.readyCount());
        line("until the last is Ready", seconds(last));
        line("that, divided by Azure's own time", decimal((double) last.toMillis() / own.toMillis()));
        List<Duration> after = simulation.fromSucceeded();
        line("from Azure's Succeeded to Ready, half of them", seconds(after.get(after.size() / 2)));
        line("the same, 99 of 100", seconds(after.get(after.size() * 99 / 100)));
        line("changes that Azure failed because they were parallel", simulation.azure.parallel);
        line("writes to Azure for each binding", decimal((double) simulation.azure.writes / ready.size()));
        line("reads of Azure for each binding", decimal((double) simulation.azure.reads / ready.size()));
        line(
                "exchanges for each binding",
                decimal((double) simulation.exchanges().size() / ready.size()));
        line("refused logins for each binding", decimal((double) simulation.azure.refusedLogins / ready.size()));
    }

    private void title(String text) {
        if (!lines.isEmpty()) {
            lines.add("");
        }
        lines.add(text);
    }

    private void line(String what, Object value) {
        lines.add("  %-52s %s".formatted(what, value));
    }

    private static String seconds(Duration time) {
        return decimal(time.toMillis() / 1000.0) + " s";
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
