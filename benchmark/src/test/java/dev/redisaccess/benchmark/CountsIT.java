package dev.redisaccess.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.benchmark.report.Budget;
import dev.redisaccess.benchmark.report.JsonFile;
import dev.redisaccess.benchmark.report.Result;
import dev.redisaccess.benchmark.scenario.Form;
import dev.redisaccess.benchmark.scenario.Scenario;
import dev.redisaccess.launcher.JavaProgram;
import dev.redisaccess.launcher.SourceTree;
import dev.redisaccess.testbed.Setup;
import dev.redisaccess.testbed.Shipped;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The counts of every build, with the operator's own jar in a process of its own: writes per binding, requests to Azure per
 * binding and per database, and that nothing is written at rest. Never a time.
 */
class CountsIT {

    private static final List<Budget.Kind> COUNTS = List.of(Budget.Kind.COUNT);

    @TempDir
    Path directory;

    /** Finalizer, ConfigMap, status, Event; one more for each that takes longer than the operator waits with a report. */
    @Test
    void oneBindingAfterTheOtherCostsFourWritesAndOneRequestThatChangesAzure() {
        Result single = run("single");

        assertThat(single.value("API server writes per binding")).isGreaterThanOrEqualTo(4);
        assertThat(single.value("ARM writes (PUT) per binding")).isEqualTo(1);
    }

    @Test
    void whereAzureTakesLongItIsReportedOnceInBetween() {
        Result single =
                run("single", scenario -> scenario.small().withBindings(3).withPace(Setup.Pace.RECORDED));

        assertThat(single.value("API server writes per binding"))
                .as(
                        "each was reported while Azure took its time; the budget is one more for each state that lasted long")
                .isGreaterThanOrEqualTo(5);
        assertThat(single.value("ARM writes (PUT) per binding")).isEqualTo(1);
    }

    @Test
    void manyOnOneDatabaseCostNoMoreAndNoneFails() {
        Result lane = run("lane");

        assertThat(lane.value("assignments that ended Failed")).isZero();
        assertThat(lane.value("ARM writes (PUT) per binding")).isEqualTo(1);
    }

    @Test
    void atRestNothingIsWrittenAndAzureIsReadPerDatabase() {
        Result rest = run("rest");

        assertThat(rest.value("API server writes")).isZero();
        assertThat(rest.value("ARM writes")).isZero();
        assertThat(rest.value("ARM requests per database")).as("the resync ran").isPositive();
    }

    /** Runs the small form; every count must be within its budget. */
    private Result run(String name) {
        return run(name, Scenario::small);
    }

    private Result run(String name, Function<Scenario, Form> form) {
        JavaProgram program = JavaProgram.ofJar(
                Path.of(System.getProperty("java.home")),
                Shipped.read().jvmFlags(),
                SourceTree.requireBuilt(SourceTree.of(CountsIT.class).jar("operator")));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        boolean met = new Run(
                        program, Setup.Api.mock, form, directory, new PrintStream(output, true, StandardCharsets.UTF_8))
                .all(Scenarios.of(List.of(name)), COUNTS);
        assertThat(met).as(output.toString(StandardCharsets.UTF_8)).isTrue();
        return JsonFile.read(directory.resolve(name + ".json"));
    }
}
