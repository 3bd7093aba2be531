package dev.redisaccess.benchmark.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.binding.AssignmentPlan;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.controller.pass.PassResult;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Each benchmark measures what its name says, tested with one call: a pass that ends early would also be fast. */
class CoreTest {

    private static final int BINDINGS = 3;

    @ParameterizedTest
    @EnumSource(AssignmentOrigin.class)
    void aPassFindsItsBindingReadyAndHasNothingToWrite(AssignmentOrigin origin) {
        Passes passes = new Passes(BINDINGS, origin);
        RedisAccessBinding binding = passes.binding();

        PassResult report = passes.run(binding);

        assertThat(report.findings().get(ConditionType.READY).holds()).isTrue();
        assertThat(report.status()).isEqualTo(binding.getStatus());
        assertThat(report.status().assignment().origin()).isEqualTo(origin);
        assertThat(report.nextPass().at())
                .as("nothing is due before the next verification")
                .isEqualTo(OneDatabase.NOW.plus(Duration.ofMinutes(15)));
    }

    @Test
    void newsOfAPrincipalConcernsOneBinding() {
        LaneNews news = new LaneNews();
        news.bindings = BINDINGS;
        news.makeReady();

        assertThat(news.concerned()).hasSize(1);
    }

    @Test
    void theAssignmentIsFoundAndKept() {
        DatabaseAssignments assignments = new DatabaseAssignments();
        assignments.bindings = BINDINGS;
        assignments.read();

        assertThat(assignments.plan()).isInstanceOf(AssignmentPlan.Keep.class);
        assertThat(assignments.inventory().assignments()).hasSize(BINDINGS).allMatch(each -> each.objectId()
                .isPresent());
    }

    @Test
    void theEnvironmentAlreadyExists() {
        PublishedEnvironment environment = new PublishedEnvironment();

        assertThat(environment.withoutProfiles()).isEqualTo(Result.ok(false));
        assertThat(environment.withEveryProfile()).isEqualTo(Result.ok(false));
    }

    @Test
    void theDatabaseIsFound() {
        RegisteredDatabase database = new RegisteredDatabase();
        database.fill();

        assertThat(database.known()).isEqualTo("orders");
        assertThat(database.id()).isNotNull();
    }

    @Test
    void everyOneHasAName() {
        String here = CoreTest.class.getPackageName() + ".";

        assertThat(BenchmarkList.defaultList()
                        .getAll(
                                OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT),
                                java.util.List.of()))
                .extracting(BenchmarkListEntry::getUsername)
                .allMatch(name -> name.startsWith(here))
                .extracting(name -> name.substring(here.length()))
                .hasSameElementsAs(Set.copyOf(CoreRun.NAMES.keySet()));
    }
}
