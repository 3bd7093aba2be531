package dev.redisaccess.benchmark.measure;

import dev.redisaccess.benchmark.report.Findings;
import dev.redisaccess.benchmark.report.Measure;
import dev.redisaccess.launcher.ProcessUse;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * CPU time of this program and of all that it has started, by program. They share the processors with the operator: what they
 * take is time that no operator could save.
 *
 * @param seconds by the name of a program
 */
public record CpuByProgram(Map<String, Double> seconds) {

    private static final String THIS = "local Azure, Entra and the load";

    public CpuByProgram {
        seconds = Map.copyOf(seconds);
    }

    /** Since each of them has started; a process that ends takes its time with it. */
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

    /** What each has used since then, for each binding; and how long all of it takes on this machine's processors. */
    public void since(CpuByProgram before, int bindings, Findings findings) {
        double all = 0;
        for (Map.Entry<String, Double> program : new TreeMap<>(seconds).entrySet()) {
            double used = program.getValue() - before.seconds.getOrDefault(program.getKey(), 0.0);
            all += used;
            findings.add(Measure.of("· CPU of " + program.getKey() + " per binding", 1000 * used / bindings, "ms"));
        }
        findings.add(Measure.of(
                "until all would be Ready if the operator took no CPU",
                all / Runtime.getRuntime().availableProcessors(),
                "s"));
    }
}
