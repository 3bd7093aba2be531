package dev.redisaccess.benchmark.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The live heap of another JVM. */
public final class LiveHeap {

    private static final double MIB = 1024 * 1024;

    private LiveHeap() {}

    /**
     * Runs a full garbage collection in the process, which pauses it, and returns the remaining heap in MiB.
     *
     * @param java the program {@code java} that runs it: {@code jcmd} is in the same folder of a JDK
     * @throws IllegalStateException if there is no {@code jcmd}, or the process does not answer
     */
    public static double mebibytes(Path java, long pid) {
        ProcessBuilder jcmd = new ProcessBuilder(
                List.of(java.resolveSibling("jcmd").toString(), Long.toString(pid), "GC.class_histogram"));
        try {
            Process process = jcmd.redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output.lines()
                    .filter(line -> line.startsWith("Total"))
                    .mapToDouble(line -> Double.parseDouble(line.strip().split("\\s+")[2]) / MIB)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("`jcmd` printed no total: " + output));
        } catch (IOException e) {
            throw new UncheckedIOException("There is no jcmd in the folder of " + java + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted.", e);
        }
    }
}
