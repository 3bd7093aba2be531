package dev.redisaccess.systemtest.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.systemtest.scenario.LocalPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Whatever breaks, at whatever step: one reason names it, and when the cause is gone the operator recovers automatically. The
 * cells mostly wait, so many run in parallel, each with a database and a namespace of its own.
 */
class FaultMatrixTest {

    /**
     * Where two have access, a list has two pages. The times are long enough to come in between, and a login is refused
     * for a moment after Succeeded.
     */
    private static final String TIMING =
            "{assignmentCreateMillis: 2000, assignmentDeleteMillis: 1000, propagationMillis: 2000}";

    private static final boolean ALL = "all".equals(System.getProperty("faults"));

    /** A regular expression that selects cells: {@code -Dfault='arm-4.*@NEW'}. */
    private static final String ONLY = System.getProperty("fault", "");

    /** A short form is over when its longest cell is; in full, the machine's processors set the pace. */
    private static final int AT_ONCE = ALL ? 14 : 32;

    private static final Path RESULT = Path.of("target", "fault-matrix.txt");
    private static final Path LOG = Path.of("target", "fault-matrix.log");

    private static final String AZURE = """
            pageSize: 1
            tokenProxy: {kubernetes: {server: "KUBERNETES"}}
            """;

    @RegisterExtension
    static final LocalPlatform PLATFORM =
            LocalPlatform.of(TIMING, AZURE, Map.of("REDIS_ACCESS_VERIFICATION_CONCURRENCY", "64"));

    private static final Matrix MATRIX = new Matrix();

    /** Every message of every version of a status. */
    private static final Set<String> MESSAGES = ConcurrentHashMap.newKeySet();

    private static LogCapture log;
    private static Truth truth;

    @BeforeAll
    static void watch() throws IOException {
        log = LogCapture.to(LOG);
        truth = new Truth(PLATFORM.azure());
    }

    @TestFactory
    Stream<DynamicTest> everyFaultAtEveryStep() {
        ExecutorService cells = Executors.newFixedThreadPool(AT_ONCE);
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
        tests.add(DynamicTest.dynamicTest("no token anywhere", FaultMatrixTest::findsNoToken));
        return tests.stream();
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
            MESSAGES.addAll(result.messages());
            Files.writeString(RESULT, MATRIX.text());
            assertThat(result.wrong()).isEmpty();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof AssertionError wrong) {
                throw wrong;
            }
            throw failed;
        }
    }

    /** Of all that Entra issued or was shown, nothing is in a log line, a status, an Event or any other object. */
    private static void findsNoToken() throws IOException {
        new LeakSearch(PLATFORM).log(LOG).messages(MESSAGES).objects().mustHaveFoundNothing();
    }

    @AfterAll
    static void write() throws IOException {
        truth.close();
        log.close();
        String text = MATRIX.text();
        System.out.println(text);
        Files.writeString(RESULT, text);
    }
}
