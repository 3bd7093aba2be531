package dev.redisaccess.benchmark.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The machine of a run.
 *
 * @param processors that this program may use
 * @param memoryMebibytes of the machine
 * @param loadBefore the load average of the minute before; above 0.5, times are not reliable
 */
public record Machine(String processor, int processors, long memoryMebibytes, String system, double loadBefore) {

    /** This machine, now. */
    public static Machine here() {
        return new Machine(
                line(Path.of("/proc/cpuinfo"), "model name"),
                Runtime.getRuntime().availableProcessors(),
                Long.parseLong(line(Path.of("/proc/meminfo"), "MemTotal").replaceAll("[^0-9]", "")) / 1024,
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** As text for the report. */
    public String describe() {
        return processors + " × " + processor + ", " + memoryMebibytes / 1024 + " GiB, " + system
                + String.format(java.util.Locale.ROOT, ", load %.1f before", loadBefore);
    }

    private static String line(Path file, String key) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("0 (not reported)");
        } catch (IOException e) {
            throw new IllegalStateException("The benchmark needs /proc, which only Linux has.", e);
        }
    }
}
