package dev.redisaccess.operator.kubernetes;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operator as a process of its own, with nothing but the environment that its pod would have. */
public final class UnpackagedOperator implements AutoCloseable {

    private static final Duration STOP = Duration.ofSeconds(20);

    private final Process process;
    private final Path log;

    private UnpackagedOperator(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Flags for a short start. */
    static final List<String> QUICK = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx160m");

    static UnpackagedOperator start(Map<String, String> environment, Path log) {
        return start(QUICK, environment, log);
    }

    /** The same, with these flags of the runtime. */
    static UnpackagedOperator start(List<String> flags, Map<String, String> environment, Path log) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath(), "dev.redisaccess.operator.Main"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return new UnpackagedOperator(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Without the tests: their log shows errors only. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** As a node that loses power. */
    void kill() {
        process.destroyForcibly();
        await();
    }

    /** As the kubelet does first. Returns the exit code. */
    public int terminate() {
        process.destroy();
        await();
        return process.exitValue();
    }

    /** The exit code of a process that ends without a signal. */
    int exitCode() {
        await();
        return process.exitValue();
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await() {
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the operator did not end within " + STOP + ":\n" + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the operator ended", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
