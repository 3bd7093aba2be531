package dev.redisaccess.systemtest.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.systemtest.scenario.LocalPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Faults of all requests to Kubernetes: they concern bindings at every step at once, so all bindings reach their step
 * first.
 */
@Execution(ExecutionMode.SAME_THREAD)
class ApiServerOutageTest {

    /** The steps that last until a test acts. The others end before all bindings have reached them. */
    private static final Step[] STEPS = {Step.NEW, Step.READY, Step.CHANGING, Step.DELETING};

    private static final boolean ALL = "all".equals(System.getProperty("faults"));
    private static final Set<String> OPERATOR = Set.of(LocalPlatform.AGENT);
    private static final Duration MEETING = Duration.ofMinutes(2);

    @RegisterExtension
    static final LocalPlatform PLATFORM = new LocalPlatform();

    private static Truth truth;

    @BeforeAll
    static void watch() {
        truth = new Truth(PLATFORM.azure());
    }

    @AfterAll
    static void end() {
        truth.close();
    }

    /** Longer than the Lease can be held without it: the process ends then, and another takes its place. */
    @Test
    void continuesAfterTheApiServerWasGone() throws Exception {
        int before = PLATFORM.leasesLost();
        Fault gone = Fault.of(
                        "api-gone", together(() -> PLATFORM.kubernetesFaults().hangUp(OPERATOR), () -> {
                            if (PLATFORM.leasesLost() > before) {
                                replaceOperator();
                            }
                        }))
                .lastsFor(Duration.ofSeconds(ALL ? 60 : 16), STEPS);
        run(gone);
        assertThat(PLATFORM.leasesLost()).as("Leases lost").isGreaterThan(before);
    }

    @Test
    void missesNothingWhenItsWatchesAreCut() throws Exception {
        run(Fault.of(
                        "api-watches-cut",
                        together(
                                () -> {
                                    PLATFORM.kubernetesFaults().cut(OPERATOR);
                                    return () -> {};
                                },
                                () -> {}))
                .passes(STEPS));
    }

    @Test
    @EnabledIfSystemProperty(named = "faults", matches = "all")
    void waitsForASlowApiServer() throws Exception {
        run(Fault.of(
                        "api-slow",
                        together(
                                () -> PLATFORM.kubernetesFaults()
                                        .delay(call -> OPERATOR.contains(call.agent()), Duration.ofMillis(400)),
                                () -> {}))
                .passes(STEPS));
    }

    private static void replaceOperator() {
        try {
            PLATFORM.stopOperator();
            PLATFORM.startOperator();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A fault that begins when every cell has come to its step, and ends when every cell has observed it. */
    private static java.util.function.Consumer<Scene> together(Outage outage, Runnable after) {
        List<Runnable> ends = new ArrayList<>();
        CyclicBarrier beginning = new CyclicBarrier(STEPS.length, () -> ends.add(outage.begin()));
        CyclicBarrier ending = new CyclicBarrier(STEPS.length, () -> {
            ends.forEach(Runnable::run);
            after.run();
        });
        return scene -> {
            meet(beginning);
            scene.undo(() -> meet(ending));
        };
    }

    /** Begins, and returns what ends it. */
    private interface Outage {
        Runnable begin();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(MEETING.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted.", e);
        } catch (BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("A cell did not reach its step.", e);
        }
    }

    private static void run(Fault fault) throws Exception {
        ExecutorService cells = Executors.newFixedThreadPool(STEPS.length);
        List<Future<CellResult>> results = new ArrayList<>();
        for (Step step : STEPS) {
            results.add(cells.submit(new Cell(fault, step, PLATFORM, truth)));
        }
        cells.shutdown();
        Matrix matrix = new Matrix();
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < STEPS.length; i++) {
            CellResult result = results.get(i).get();
            matrix.put(fault, STEPS[i], result.brief());
            wrong.addAll(result.wrong());
        }
        System.out.println(matrix.text());
        assertThat(wrong).isEmpty();
    }
}
