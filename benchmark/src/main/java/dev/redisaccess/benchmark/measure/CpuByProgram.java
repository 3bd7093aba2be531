package dev.redisaccess.benchmark.measure;

import dev.redisaccess.benchmark.report.Findings;
import dev.redisaccess.benchmark.report.Measure;
import dev.redisaccess.launcher.ProcessUse;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * CPU time of this program and of all programs that it has started. They share the processors with the operator: the time that they
 * use is independent of the operator.
 *
 * @param seconds by the name of a program
 */
public record CpuByProgram(Map<String, Double> seconds) {

    /** The name of a measure is the name of a program between these. */
    public static final String OF = "· CPU of ";

    public static final String EACH = " per binding";

    private static final String THIS = "local Azure, Entra and the load";

    public CpuByProgram {
        seconds = Map.copyOf(seconds);
    }

    /** Since the start of each; the time of an ended process is lost. */
    public static CpuByProgram now(long except) {
        Map<String, Double> found = new TreeMap<>();
        ProcessHandle self = ProcessHandle.current();
        Stream.concat(Stream.of(self), self.descendants())
                .filter(process -> process.pid() != except)
                .forEach(process -> found.merge(
                        process.equals(self) ? THIS : program(process),
                        ProcessUse.of(process.pid()).cpuSeconds(),
                        Double::sum));
        return new CpuByProgram(found);
    }

    private static String program(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> String.valueOf(Path.of(command).getFileName()))
                .orElse("others");
    }

    /** Adds the CPU time of each program since then, per binding. Returns the seconds of all of them. */
    public double since(CpuByProgram before, int bindings, Findings findings) {
        double all = 0;
        for (Map.Entry<String, Double> program : new TreeMap<>(seconds).entrySet()) {
            double used = program.getValue() - before.seconds.getOrDefault(program.getKey(), 0.0);
            all += used;
            findings.add(Measure.of(OF + program.getKey() + EACH, 1000 * used / bindings, "ms"));
        }
        return all;
    }
}
