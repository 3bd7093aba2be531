package dev.redisaccess.quickstart.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.quickstart.scenario.LocalPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Whatever breaks, at whatever step: one reason names it, and when the cause is gone all is right again by itself. The
 * cells mostly wait, so many run beside each other, each with a database and a namespace of its own.
 */
class FaultMatrixTest {

    /** Long enough to come in between, and a login is refused for a moment after Succeeded. */
    private static final String TIMING =
            "{assignmentCreateMillis: 1500, assignmentDeleteMillis: 1000, propagationMillis: 1500}";

    private static final boolean ALL = "all".equals(System.getProperty("faults"));
    private static final String ONLY = System.getProperty("fault", "");
    private static final int AT_ONCE = 28;

    @RegisterExtension
    static final LocalPlatform PLATFORM = LocalPlatform.of(TIMING, Map.of("REDIS_ACCESS_CHECK_CONCURRENCY", "64"));

    private static final Matrix MATRIX = new Matrix();

    @TestFactory
    Stream<DynamicTest> everyFaultAtEveryStep() {
        ExecutorService cells = Executors.newFixedThreadPool(AT_ONCE);
        Truth truth = new Truth(PLATFORM.azure());
        List<DynamicTest> tests = new ArrayList<>();
        for (Fault fault : AllFaults.list()) {
            for (Step step : Step.values()) {
                if (fault.at(step).isPresent() && chosen(fault, step)) {
                    Cell cell = new Cell(fault, step, PLATFORM, truth);
                    Future<CellResult> result = cells.submit(cell);
                    tests.add(DynamicTest.dynamicTest(fault.name() + " at " + step, () -> await(cell, result)));
                }
            }
        }
        cells.shutdown();
        return tests.stream().onClose(truth::close);
    }

    private static boolean chosen(Fault fault, Step step) {
        String name = fault.name() + "@" + step;
        return ONLY.isEmpty() ? ALL || fault.quickAt(step) : name.matches(ONLY);
    }

    private static void await(Cell cell, Future<CellResult> future) throws Exception {
        MATRIX.put(cell.fault(), cell.step(), "FAILED");
        try {
            CellResult result = future.get();
            MATRIX.put(cell.fault(), cell.step(), result.brief());
            assertThat(result.wrong()).isEmpty();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof AssertionError wrong) {
                throw wrong;
            }
            throw failed;
        }
    }

    @AfterAll
    static void write() throws IOException {
        String text = MATRIX.text();
        System.out.println(text);
        Files.writeString(Path.of("target", "fault-matrix.txt"), text);
    }
}
