package dev.redisaccess.quickstart.kills;

import dev.redisaccess.quickstart.process.ChildProcess;
import dev.redisaccess.quickstart.process.Launch;
import dev.redisaccess.quickstart.scenario.LocalPlatform;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operator's main class with the environment of its pod, in a process that takes signals. */
public final class OperatorChild implements AutoCloseable {

    private static final String[] OTHERS = {
        Path.of("quickstart", "target", "test-classes").toString(),
        Path.of("quickstart", "target", "classes").toString()
    };

    private final ChildProcess process;
    private final Path log;

    private OperatorChild(ChildProcess process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** @param pod its name: two processes of one name hold the Lease as one, as a container that was started anew does */
    static OperatorChild start(LocalPlatform platform, String pod, int number) {
        // At DEBUG, because what is logged is searched for tokens.
        return start(platform, pod, number, Map.of("REDIS_ACCESS_LOG_LEVEL", "debug"));
    }

    /**
     * The same.
     *
     * @param more what its environment has besides
     */
    public static OperatorChild start(LocalPlatform platform, String pod, int number, Map<String, String> more) {
        Path logs = platform.newDirectory(pod + "-" + number + "-");
        Path kubeconfig = logs.resolve("kubeconfig");
        Map<String, String> environment = new HashMap<>(platform.environment());
        environment.put("KUBECONFIG", kubeconfig.toString());
        environment.put("POD_NAME", pod);
        environment.putAll(more);
        try {
            Files.writeString(kubeconfig, platform.kubeconfig());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var program = new Launch.ClassPath(classPath(), "dev.redisaccess.operator.Main");
        ChildProcess process = ChildProcess.start(Launch.isolated("operator", program, environment), logs);
        return new OperatorChild(process, process.output());
    }

    /** Without what is not the operator's: tests and quickstart log otherwise than it does, or not at all. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Stream.of(OTHERS).noneMatch(entry::endsWith))
                .collect(Collectors.joining(File.pathSeparator));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As a node that loses power. */
    void kill() {
        signal("KILL");
        awaitEnd();
    }

    /** As a node that hangs: connections stay open, and no time passes for it. */
    void pause() {
        signal("STOP");
    }

    void resume() {
        signal("CONT");
    }

    /** What it wrote to standard output and standard error. */
    public List<Path> logs() {
        return List.of(log, log.resolveSibling("operator.err.log"));
    }

    String log() {
        return String.join("\n", process.tail(200).lines());
    }

    private void signal(String name) {
        try {
            int result = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (result != 0 && process.isAlive()) {
                throw new IllegalStateException("kill -" + name + " ends with " + result);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void awaitEnd() {
        while (process.isAlive()) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            signal("CONT");
        }
        process.close();
    }
}
