package dev.redisaccess.operator.telemetry;

import com.sun.management.OperatingSystemMXBean;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The process and its Java runtime, read at each scrape, under the names that Prometheus' clients use. Of their own library for
 * it (prometheus-metrics-instrumentation-jvm) these are a tenth: it would add some fifty series of memory pools, threads and
 * collections, and registers listeners for the latter. Without {@code /proc}, what is read from it is absent.
 */
public final class ProcessMetrics implements MultiCollector {

    /** Of {@code status} and {@code limits} in {@code /proc}: name, blanks, first number. */
    private static final Pattern LINE = Pattern.compile("([A-Za-z ]+?):?\\s+(\\d+).*");

    private static final int KIB = 1024;

    private final Path process;

    public ProcessMetrics() {
        this(Path.of("/proc/self"));
    }

    /** @param process its folder in {@code /proc} */
    ProcessMetrics(Path process) {
        this.process = process;
    }

    @Override
    public MetricSnapshots collect() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        ProcessHandle.Info info = ProcessHandle.current().info();
        info.totalCpuDuration().ifPresent(cpu -> all.metricSnapshot(cpu(cpu)));
        info.startInstant()
                .ifPresent(start -> all.metricSnapshot(gauge(
                        "process_start_time_seconds", "Start time of the process, as Unix time.", seconds(start))));
        Map<String, Long> status = numbers("status");
        number(status, "VmRSS")
                .ifPresent(size -> all.metricSnapshot(gauge(
                        "process_resident_memory_bytes", "Resident memory of the process.", size * (double) KIB)));
        number(status, "VmSize")
                .ifPresent(size -> all.metricSnapshot(
                        gauge("process_virtual_memory_bytes", "Virtual memory of the process.", size * (double) KIB)));
        openFiles()
                .ifPresent(open ->
                        all.metricSnapshot(gauge("process_open_fds", "Open file descriptors of the process.", open)));
        number(numbers("limits"), "Max open files")
                .ifPresent(most -> all.metricSnapshot(
                        gauge("process_max_fds", "File descriptors that the process may have open.", most)));
        memory(all);
        return all.build();
    }

    private static void memory(MetricSnapshots.Builder all) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
        all.metricSnapshot(
                areas("jvm_memory_used_bytes", "Used memory of the Java runtime.", heap.getUsed(), other.getUsed()));
        all.metricSnapshot(areas(
                "jvm_memory_committed_bytes",
                "Memory that the Java runtime has reserved.",
                heap.getCommitted(),
                other.getCommitted()));
        all.metricSnapshot(areas(
                "jvm_memory_max_bytes",
                "Limit of the Java runtime's memory; -1 if it has none.",
                heap.getMax(),
                other.getMax()));
        all.metricSnapshot(gauge(
                "redisaccess_memory_limit_bytes",
                "Memory limit of the container; the machine's memory if it has none.",
                ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize()));
    }

    private static CounterSnapshot cpu(Duration used) {
        return CounterSnapshot.builder()
                .name("process_cpu_seconds")
                .help("CPU time of the process, user and system.")
                .dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                        .value(used.toNanos() / 1e9)
                        .build())
                .build();
    }

    private static GaugeSnapshot areas(String name, String help, double heap, double other) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(point(heap, Labels.of("area", "heap")))
                .dataPoint(point(other, Labels.of("area", "nonheap")))
                .build();
    }

    private static GaugeSnapshot gauge(String name, String help, double value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(point(value, Labels.EMPTY))
                .build();
    }

    private static GaugeSnapshot.GaugeDataPointSnapshot point(double value, Labels labels) {
        return GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .value(value)
                .labels(labels)
                .build();
    }

    private static double seconds(Instant time) {
        return time.toEpochMilli() / 1000.0;
    }

    private Optional<Long> openFiles() {
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            return Optional.of(open.count());
        } catch (IOException noProc) {
            return Optional.empty();
        }
    }

    private Map<String, Long> numbers(String file) {
        try (Stream<String> lines = Files.lines(process.resolve(file))) {
            return lines.map(LINE::matcher)
                    .filter(matcher -> matcher.matches())
                    .collect(Collectors.toMap(
                            found -> found.group(1), found -> number(found.group(2)), (first, second) -> first));
        } catch (IOException noProc) {
            return Map.of();
        }
    }

    /** Of at most 18 digits; more is as good as no limit. */
    private static long number(String digits) {
        return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    private static Optional<Long> number(Map<String, Long> numbers, String name) {
        return Optional.ofNullable(numbers.get(name));
    }
}
