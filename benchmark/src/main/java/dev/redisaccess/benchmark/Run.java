package dev.redisaccess.benchmark;

import dev.redisaccess.benchmark.report.Budget;
import dev.redisaccess.benchmark.report.Findings;
import dev.redisaccess.benchmark.report.JsonFile;
import dev.redisaccess.benchmark.report.Machine;
import dev.redisaccess.benchmark.report.Result;
import dev.redisaccess.benchmark.report.Table;
import dev.redisaccess.benchmark.scenario.Bench;
import dev.redisaccess.benchmark.scenario.Form;
import dev.redisaccess.benchmark.scenario.Scenario;
import dev.redisaccess.launcher.JavaProgram;
import dev.redisaccess.testbed.AotCache;
import dev.redisaccess.testbed.Setup;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Runs scenarios one after the other; consecutive ones with an equal setup share a platform. */
final class Run {

    private final JavaProgram program;
    private final Setup.Api api;
    private final Function<Scenario, Form> forms;
    private final Path results;
    private final PrintStream out;

    Run(JavaProgram program, Setup.Api api, Function<Scenario, Form> forms, Path results, PrintStream out) {
        this.program = program;
        this.api = api;
        this.forms = forms;
        this.results = results;
        this.out = out;
    }

    /** Whether every budget of the compared kinds was met. */
    boolean all(List<Scenario> scenarios, List<Budget.Kind> judged) {
        List<Result> found = new ArrayList<>();
        Bench bench = null;
        try {
            for (Scenario scenario : scenarios) {
                Setup setup = forms.apply(scenario).on(api);
                if (bench == null || !bench.setup().equals(setup)) {
                    if (bench != null) {
                        bench.close();
                    }
                    bench = new Bench(setup, program);
                }
                Result result = one(scenario, bench);
                found.add(result);
                JsonFile.write(result, results);
                out.print(Table.of(result, judged));
                out.flush();
            }
        } finally {
            if (bench != null) {
                bench.close();
            }
        }
        return found.stream().allMatch(result -> result.exceeded(judged).isEmpty());
    }

    /** For the report: its version, and whether the program starts with an AOT cache. */
    private static String runtime(JavaProgram program) {
        return program.version() + (program.flags().stream().anyMatch(AotCache::isFlag) ? " with an AOT cache" : "");
    }

    private Result one(Scenario scenario, Bench bench) {
        Machine machine = Machine.here();
        Instant began = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Findings findings = new Findings();
        scenario.run(bench, forms.apply(scenario), findings);
        findings.condition("operator's runtime", runtime(bench.program()));
        return findings.result(scenario.name(), scenario.question(), began.toString(), machine);
    }
}
