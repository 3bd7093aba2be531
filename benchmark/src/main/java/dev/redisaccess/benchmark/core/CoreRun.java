package dev.redisaccess.benchmark.core;

import dev.redisaccess.launcher.JavaProgram;
import dev.redisaccess.testbed.TestbedFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs everything in this package, each in a process of its own with the operator's runtime and flags. */
public final class CoreRun {

    /** The label of each benchmark, in the order of the report. */
    static final Map<String, String> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put("PassAtRest.created", "pass over a Ready binding");
        NAMES.put("PassAtRest.adopted", "pass over a Ready binding, assignment adopted");
        NAMES.put("ReportedConditions.unchanged", "conditions of a pass, unchanged");
        NAMES.put("PublishedEnvironment.withoutProfiles", "environment, unchanged, no profile");
        NAMES.put("PublishedEnvironment.withEveryProfile", "environment, unchanged, every profile");
        NAMES.put("RegisteredDatabase.id", "ID of a registered database");
        NAMES.put("RegisteredDatabase.known", "finding a database by its ID");
        NAMES.put("DatabaseAssignments.plan", "plan for one principal");
        NAMES.put("DatabaseAssignments.inventory", "inventory of a list");
        NAMES.put("LaneNews.concerned", "bindings affected by a change of a principal");
    }

    /** With the client compiler, a process has compiled the relevant code within a second or two. */
    private static final int WARM_UPS = 2;

    private static final int TURNS = 5;

    /** Of JMH's collector profiler. */
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private static final int SMALLEST = 10;

    private final JavaProgram program;
    private final int largest;
    private final Duration turn;

    /**
     * @param program whose runtime and flags
     * @param largest the largest number of bindings on one database; the smaller ones are powers of ten
     * @param turn the duration of one measurement; five count, after two that do not
     */
    public CoreRun(JavaProgram program, int largest, Duration turn) {
        this.program = program;
        this.largest = largest;
        this.turn = turn;
    }

    /**
     * The cost of one benchmark.
     *
     * @param name with the number of bindings, if it depends on it
     * @param nanoseconds of one call
     * @param bytes that one call allocates
     */
    public record Cost(String name, double nanoseconds, double bytes) {}

    /** @throws TestbedFailure if one of them fails */
    public List<Cost> all() {
        try {
            return costs(new Runner(options()).run());
        } catch (RunnerException e) {
            throw new TestbedFailure("The core could not be measured: " + e.getMessage());
        }
    }

    private Options options() {
        TimeValue time = TimeValue.milliseconds(turn.toMillis());
        return new OptionsBuilder()
                .include(CoreRun.class.getPackageName().replace(".", "[.]") + "[.].*")
                .jvm(program.java().toString())
                .jvmArgs(program.flags().toArray(String[]::new))
                .forks(1)
                .mode(Mode.AverageTime)
                .timeUnit(java.util.concurrent.TimeUnit.NANOSECONDS)
                .warmupIterations(WARM_UPS)
                .warmupTime(time)
                .measurementIterations(TURNS)
                .measurementTime(time)
                .param("bindings", sizes())
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
    }

    private String[] sizes() {
        return Stream.concat(Stream.iterate(SMALLEST, size -> size < largest, size -> size * 10), Stream.of(largest))
                .map(String::valueOf)
                .toArray(String[]::new);
    }

    private static List<Cost> costs(Collection<RunResult> results) {
        Map<String, List<RunResult>> byName = results.stream().collect(Collectors.groupingBy(CoreRun::name));
        List<Cost> costs = new ArrayList<>();
        NAMES.values()
                .forEach(name -> byName.getOrDefault(name, List.of()).forEach(result -> costs.add(cost(name, result))));
        return costs;
    }

    private static String name(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        return NAMES.get(benchmark.substring(CoreRun.class.getPackageName().length() + 1));
    }

    private static Cost cost(String name, RunResult result) {
        String bindings = result.getParams().getParam("bindings");
        return new Cost(
                bindings == null ? name : name + ", " + bindings + " bindings",
                result.getPrimaryResult().getScore(),
                result.getSecondaryResults().get(ALLOCATED).getScore());
    }
}
