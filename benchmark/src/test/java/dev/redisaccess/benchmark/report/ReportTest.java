package dev.redisaccess.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.benchmark.measure.Rate;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report has what was measured. */
class ReportTest {

    private static final List<Budget.Kind> ALL = List.of(Budget.Kind.values());

    private static Result sample() {
        return new Findings()
                .condition("bindings", 3)
                .add(Measure.of("writes", 6, "").within(Budget.count(5)))
                .add(Measure.of("delay, p99", 1400, "ms").within(Budget.time(1500)))
                .add(Measure.of("memory", 300, "MiB").within(Budget.memory(240)))
                .add(Distribution.of("delay", "ms", List.of(3.0, 1.0, 2.0)))
                .add(new Series("CPU", "% of one core", List.of(1.0, 2.0), List.of(50.0, 5.0)))
                .result("sample", "Is it reported?", "2030-01-01T00:00:00Z", new Machine("any", 2, 4096, "Linux", 0.1));
    }

    @Test
    void onlyWhatIsJudgedCanExceed() {
        assertThat(sample().exceeded(ALL)).extracting(Measure::name).containsExactly("writes", "memory");
        assertThat(sample().exceeded(List.of(Budget.Kind.COUNT)))
                .extracting(Measure::name)
                .containsExactly("writes");
        assertThat(sample().exceeded(List.of(Budget.Kind.TIME))).isEmpty();
    }

    @Test
    void theTableSaysWhichBudgetIsExceeded() {
        assertThat(Table.of(sample(), List.of(Budget.Kind.COUNT)).lines())
                .anyMatch(line -> line.matches(" *writes +6 +budget 5 +EXCEEDED"))
                .anyMatch(line -> line.matches(" *delay, p99 +1,400 ms +budget 1,500 +met"))
                .anyMatch(line -> line.matches(" *memory +300 MiB +budget 240 +exceeded, not judged"));
    }

    @Test
    void aResultSurvivesItsFile(@TempDir Path directory) {
        assertThat(JsonFile.read(JsonFile.write(sample(), directory))).isEqualTo(sample());
    }

    @Test
    void quantilesAreOfTheSortedValues() {
        List<Double> values = IntStream.rangeClosed(1, 1000)
                .mapToObj(i -> (double) (1001 - i))
                .toList();
        Distribution spread = Distribution.of("delay", "ms", values);

        assertThat(spread.at(0)).isEqualTo(1);
        assertThat(spread.at(0.5)).isBetween(499.0, 502.0);
        assertThat(spread.at(0.99)).isBetween(985.0, 995.0);
        assertThat(spread.at(1)).isEqualTo(1000);
        assertThat(spread.quantiles()).hasSizeLessThanOrEqualTo(201);
        assertThat(Distribution.of("one", "ms", List.of(7.0)).at(0.99)).isEqualTo(7);
    }

    @Test
    void aRateCountsWhatIsWithinItsSpan() {
        Instant from = Instant.parse("2030-01-01T00:00:00Z");
        Series rate = Rate.of(
                "requests",
                List.of(from.minusSeconds(1), from, from.plusMillis(900), from.plusSeconds(3), from.plusSeconds(9)),
                from,
                from.plusSeconds(4));

        assertThat(rate.values()).containsExactly(2.0, 0.0, 0.0, 1.0);
        assertThat(rate.seconds()).containsExactly(0.5, 1.5, 2.5, 3.5);
    }
}
