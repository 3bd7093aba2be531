package dev.redisaccess.benchmark.stage;

import dev.redisaccess.quickstart.process.ChildProcess;
import dev.redisaccess.quickstart.process.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The ahead-of-time cache that JDK 25 can make of a program: its classes loaded and linked, as they are after a training run
 * (JEP 483, JEP 514). Made here as an image build would: one run of the operator from start to watching, then a second
 * process that writes the cache.
 */
public final class AotCache {

    /** The first release whose cache takes classes of a jar without another file that lists them. */
    public static final int SINCE = 25;

    /** What was loaded is written when the training run ends; the cache takes as long again. */
    private static final Duration WRITING = Duration.ofMinutes(3);

    private final Path directory;

    private AotCache(Path directory) {
        this.directory = directory;
    }

    /** In a fresh directory below this one. */
    public static AotCache in(Path parent) {
        try {
            return new AotCache(Files.createTempDirectory(parent, "aot"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The program with its cache.
     *
     * @param platform where the training run happens; no other operator may run there
     * @param idle how long that run goes on once it watches
     * @throws BenchmarkFailure if no cache is written
     */
    public OperatorProcess.Program trained(Platform platform, OperatorProcess.Program program, Duration idle) {
        Path seen = directory.resolve("operator.aotconf");
        Path cache = directory.resolve("operator.aot");
        OperatorProcess training =
                platform.startOperator(program.plus(List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + seen)));
        Waiting.pause(idle);
        training.close(WRITING);
        List<String> command = new ArrayList<>(List.of(program.java().toString()));
        command.addAll(program.flags());
        command.addAll(List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + seen, "-XX:AOTCache=" + cache));
        command.addAll(List.of("-cp", program.jar().toString()));
        ChildProcess writer = ChildProcess.start(new Launch("aot-cache", command, Map.of(), false), directory);
        Waiting.of(WRITING, Duration.ofMillis(100)).until("the AOT cache to be written", () -> !writer.isAlive());
        if (!Files.exists(cache)) {
            throw new BenchmarkFailure(
                    "no AOT cache was written: " + writer.tail(5).lines());
        }
        return program.plus(List.of("-XX:AOTCache=" + cache));
    }

    /** In MiB. */
    public double sizeMebibytes() {
        try {
            return Files.size(directory.resolve("operator.aot")) / (1024.0 * 1024.0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
