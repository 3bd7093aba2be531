package dev.redisaccess.testbed;

import dev.redisaccess.launcher.ChildProcess;
import dev.redisaccess.launcher.JavaProgram;
import dev.redisaccess.launcher.Launch;
import dev.redisaccess.launcher.OperatorProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The ahead-of-time cache that JDK 25 can make of a program: its classes loaded and linked, as they are after a training run
 * (JEP 483, JEP 514). Made by one run of the operator, and a second process that writes the cache.
 */
public final class AotCache {

    /** The first release whose cache accepts classes of a jar without another file that lists them. */
    public static final int SINCE = 25;

    private static final String FLAG = "-XX:AOTCache=";

    /** What was loaded is written when the training run ends; the cache takes as long again. */
    private static final Duration WRITING = Duration.ofMinutes(3);

    private final Path file;

    private AotCache(Path file) {
        this.file = file;
    }

    /** In a fresh directory below this one, which is deleted when this program ends. */
    public static AotCache in(Path parent) {
        try {
            AotCache cache = at(Files.createTempDirectory(parent, "aot").resolve("operator.aot"));
            cache.directory().toFile().deleteOnExit(); // the last of the two to go
            cache.file.toFile().deleteOnExit();
            return cache;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In this file, whose directory is there. */
    public static AotCache at(Path file) {
        return new AotCache(file.toAbsolutePath());
    }

    /** Whether this flag names a program's cache. */
    public static boolean isFlag(String flag) {
        return flag.startsWith(FLAG);
    }

    /** The file that such a flag names. */
    public static String fileOf(String flag) {
        return flag.substring(FLAG.length());
    }

    /** Names a program's cache. */
    public static String flag(Path file) {
        return FLAG + file;
    }

    /**
     * The program with its cache.
     *
     * @param platform where the training run happens; no other operator may run there
     * @param work done once the operator watches; what it loads for that is also in the cache
     * @throws TestbedFailure if no cache is written
     */
    public JavaProgram trained(Platform platform, JavaProgram program, Runnable work) {
        Path seen = platform.directory().resolve("operator.aotconf");
        OperatorProcess training =
                platform.startOperator(program.plus(List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + seen)));
        try {
            work.run();
        } finally {
            training.close(WRITING);
        }
        // Ends when the cache is written: the operator does not start.
        List<String> command = program.plus(List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + seen, flag(file)))
                .command();
        ChildProcess writer =
                ChildProcess.start(new Launch("aot-cache", command, Map.of(), false), platform.directory());
        Waiting.of(WRITING, Duration.ofMillis(100)).until("the AOT cache to be written", () -> !writer.isAlive());
        if (!Files.exists(file)) {
            throw new TestbedFailure(
                    "No AOT cache was written: " + writer.tail(5).lines());
        }
        return program.plus(List.of(flag(file)));
    }

    /** Where it is. */
    public Path directory() {
        return file.resolveSibling("");
    }

    /** In MiB. */
    public double sizeMebibytes() {
        try {
            return Files.size(file) / (1024.0 * 1024.0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
