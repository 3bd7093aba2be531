package dev.redisaccess.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process uses at a moment, as reported in {@code /proc}.
 *
 * @param residentMebibytes memory that is in RAM
 * @param peakMebibytes the most that ever was
 * @param cpuSeconds since its start, of all threads
 * @param threads that live
 * @param files that are open, connections among them
 */
public record ProcessUse(double residentMebibytes, double peakMebibytes, double cpuSeconds, int threads, int files) {

    /** Linux counts in hundredths of a second, whatever the kernel's own tick is. */
    private static final double TICKS = 100;

    private static final int USER_TIME = 11;
    private static final double KIB = 1024;

    /** @throws IllegalStateException if there is no such process, or no {@code /proc} */
    public static ProcessUse of(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            List<String> status = Files.readAllLines(process.resolve("status"));
            String stat = Files.readString(process.resolve("stat"));
            // The name in parentheses may have blanks; numbers follow it.
            String[] numbers = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            double ticks = Double.parseDouble(numbers[USER_TIME]) + Double.parseDouble(numbers[USER_TIME + 1]);
            return new ProcessUse(
                    number(status, "VmRSS:") / KIB,
                    number(status, "VmHWM:") / KIB,
                    ticks / TICKS,
                    (int) number(status, "Threads:"),
                    files(process));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The use of process `" + pid + "` was not read from `/proc`. Measurements need Linux.", e);
        }
    }

    private static double number(List<String> status, String key) {
        return status.stream()
                .filter(line -> line.startsWith(key))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }

    private static int files(Path process) throws IOException {
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            return (int) open.count();
        }
    }
}
