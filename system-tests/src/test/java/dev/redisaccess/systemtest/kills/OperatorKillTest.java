package dev.redisaccess.systemtest.kills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.launcher.OperatorProcess;
import dev.redisaccess.systemtest.faults.LeakSearch;
import dev.redisaccess.systemtest.scenario.LocalPlatform;
import dev.redisaccess.systemtest.scenario.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The operator dies by SIGKILL at any moment and at every marked step, is started again, and dies again, while its
 * bindings change. Now and then it may continue; then Azure must have exactly what the bindings require.
 * {@code -Dfaults=all}: 200 kills.
 */
class OperatorKillTest {

    private static final boolean ALL = "all".equals(System.getProperty("faults"));
    private static final int KILLS = Integer.getInteger("kills", ALL ? 200 : 6);

    /** After so many kills the operator must come to rest. */
    private static final int REST = ALL ? 10 : 3;

    /** Until a mark is reached; much more than a start takes. */
    private static final Duration LONGEST = Duration.ofSeconds(12);

    private final LocalPlatform platform = new LocalPlatform();
    private final long seed = Long.getLong("kills.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<Mark, Integer> killedAt = new EnumMap<>(Mark.class);
    private final Map<Mark, Integer> missed = new EnumMap<>(Mark.class);
    private final List<Path> logs = new ArrayList<>();
    private int started;

    @BeforeEach
    void start() throws Exception {
        platform.startWithoutOperator("fast");
    }

    @AfterEach
    void stop() throws IOException {
        platform.closeWithoutOperator();
    }

    @Test
    @Timeout(value = 90, unit = TimeUnit.MINUTES)
    void afterKillsAtAnyMomentAzureHasWhatTheBindingsRequire() throws Exception {
        Tenant tenant = platform.tenant("killed").withDatabase().registered();
        var life = new Life(platform, tenant, random);
        try (var truth = new StatusTruth(platform.client(), tenant);
                var marks = new MarkWatch(platform, tenant.name())) {
            for (int kill = 0; kill < KILLS; kill++) {
                killOnce(life, marks, markFor(kill));
                if (kill % REST == REST - 1) {
                    rest(life);
                }
            }
            life.end();
            rest(life);
            assertThat(tenant.assignments()).isEmpty();
            assertThat(truth.claims()).as("claims that were compared").isPositive();
            assertThat(truth.wrong()).isEmpty();
            checkLogs(truth);
            System.out.println("kills " + killedAt + ", marks not reached " + missed + ", claims of Ready compared "
                    + truth.claims() + ", starts " + started);
        } catch (AssertionError | RuntimeException wrong) {
            throw new AssertionError(
                    "-Dkills.seed=" + seed + ": " + wrong.getMessage() + "\n" + killedAt + "\n" + life.story(), wrong);
        }
    }

    /** Every mark has its turn; between them, any moment. */
    private Mark markFor(int kill) {
        Mark[] marks = Mark.values();
        return ALL && kill % 2 == 1 ? Mark.ANY : marks[(ALL ? kill / 2 : kill * 2 + (int) (seed & 1)) % marks.length];
    }

    private void killOnce(Life life, MarkWatch marks, Mark mark) throws InterruptedException {
        marks.arm(mark);
        life.towards(mark);
        try (OperatorProcess operator = startOperator()) {
            life.go();
            Duration time = mark == Mark.ANY ? Duration.ofMillis(random.nextInt(8000)) : LONGEST;
            boolean reached = marks.await(mark, time);
            assertThat(operator.process().isAlive())
                    .as("it ends by a kill only:\n%s", operator.process().tail(200))
                    .isTrue();
            operator.process().kill();
            (reached ? killedAt : missed).merge(mark, 1, Integer::sum);
            if (random.nextBoolean()) {
                life.go();
            }
        }
    }

    private void rest(Life life) {
        platform.azure().faults().clear();
        try (OperatorProcess operator = startOperator()) {
            life.awaitSettled();
            assertThat(operator.process().isAlive()).isTrue();
        }
    }

    private OperatorProcess startOperator() {
        OperatorProcess operator = platform.startProcess("operator");
        started++;
        logs.addAll(operator.process().logs());
        return operator;
    }

    private void checkLogs(StatusTruth truth) throws IOException {
        LeakSearch leaks = new LeakSearch(platform).messages(truth.messages()).objects();
        long logging = 0;
        for (Path log : logs) {
            logging += Files.readString(log).contains(" INFO ") ? 1 : 0;
            assertThat(Files.readString(log)).doesNotContain("eyJ", "InternalError", "failed unexpectedly");
            leaks.log(log);
        }
        assertThat(logging).as("processes that log as they do in a pod").isGreaterThan(started / 2);
        leaks.mustHaveFoundNothing();
    }
}
