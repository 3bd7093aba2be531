package dev.redisaccess.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.benchmark.report.Budget;
import dev.redisaccess.benchmark.report.JsonFile;
import dev.redisaccess.benchmark.report.Result;
import dev.redisaccess.benchmark.scenario.Scenario;
import dev.redisaccess.benchmark.stage.OperatorProcess;
import dev.redisaccess.benchmark.stage.Setup;
import dev.redisaccess.benchmark.stage.Shipped;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every build counts, with the operator's own jar in a process of its own: writes per binding, requests to Azure per
 * binding and per database, and that nothing is written at rest. Never a time.
 */
class CountsIT {

    private static final List<Budget.Kind> COUNTS = List.of(Budget.Kind.COUNT);

    @TempDir
    Path directory;

    @Test
    void oneBindingAfterTheOtherCostsFiveWritesAndOneRequestThatChangesAzure() {
        Result single = run("single");

        assertThat(single.value("API server writes per binding")).isGreaterThanOrEqualTo(5);
        assertThat(single.value("ARM writes (PUT) per binding")).isEqualTo(1);
    }

    @Test
    void manyOnOneDatabaseCostNoMoreAndNoneFails() {
        Result lane = run("lane");

        assertThat(lane.value("assignments that ended Failed")).isZero();
        assertThat(lane.value("ARM writes (PUT) per binding")).isEqualTo(1);
    }

    @Test
    void atRestNothingIsWrittenAndAzureIsAskedPerDatabase() {
        Result rest = run("rest");

        assertThat(rest.value("API server writes")).isZero();
        assertThat(rest.value("ARM writes")).isZero();
        assertThat(rest.value("ARM requests per database"))
                .as("the resync is seen at work")
                .isPositive();
    }

    /** Runs the small form; every count must be within its budget. */
    private Result run(String name) {
        OperatorProcess.Program program = OperatorProcess.Program.ofJar(
                        Path.of("java"), Shipped.read().jvmFlags(), SourceTree.operatorJar())
                .on(Path.of(System.getProperty("java.home")));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        boolean met = new Run(
                        program,
                        Setup.Api.mock,
                        Scenario::small,
                        directory,
                        new PrintStream(output, true, StandardCharsets.UTF_8))
                .all(Scenarios.of(List.of(name)), COUNTS);
        assertThat(met).as(output.toString(StandardCharsets.UTF_8)).isTrue();
        return JsonFile.read(directory.resolve(name + ".json"));
    }
}
