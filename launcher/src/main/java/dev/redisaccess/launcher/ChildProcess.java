package dev.redisaccess.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running program. Its standard output and its standard error go to one file each. */
public final class ChildProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Launch launch;
    private final Process process;
    private final Path output;
    private final Path errors;
    private boolean paused;

    private ChildProcess(Launch launch, Process process, Path output, Path errors) {
        this.launch = launch;
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    /** @throws UncheckedIOException if the program cannot be started */
    public static ChildProcess start(Launch launch, Path logDirectory) {
        Path output = logDirectory.resolve(launch.name() + ".log");
        Path errors = logDirectory.resolve(launch.name() + ".err.log");
        ProcessBuilder builder = new ProcessBuilder(launch.command());
        builder.environment().keySet().removeIf(name -> !launch.inherits(name));
        builder.environment().putAll(launch.environment());
        builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
        try {
            return new ChildProcess(launch, builder.start(), output, errors);
        } catch (IOException e) {
            throw new UncheckedIOException("`" + launch.name() + "` cannot be started.", e);
        }
    }

    public String name() {
        return launch.name();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** The files of its standard output and its standard error. */
    public List<Path> logs() {
        return List.of(output, errors);
    }

    /** The complete lines of its standard output so far. */
    public List<String> lines() {
        try {
            String text = Files.readString(output, StandardCharsets.UTF_8);
            int end = text.lastIndexOf('\n');
            return end < 0 ? List.of() : text.substring(0, end).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The log of `" + launch.name() + "` cannot be read.", e);
        }
    }

    /** The last lines of its logs, standard error last: the reason of a failure. */
    public LogTail tail(int lines) {
        return LogTail.of(List.of(output, errors), lines);
    }

    /** Ends it at once, like a node that loses power: SIGKILL. Waits for its end. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Pauses it, like a node that hangs: SIGSTOP. Its connections stay open. Not on Windows, which has no such signal. */
    public void pause() {
        signal("STOP");
        paused = true;
    }

    /** Continues it after a pause. */
    public void resume() {
        signal("CONT");
        paused = false;
    }

    private void signal(String name) {
        try {
            int result = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (result != 0 && process.isAlive()) {
                throw new IllegalStateException("`kill -" + name + "` ended with exit code " + result + ".");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Process `" + process.pid()
                            + "` was not paused or resumed: that needs the command `kill` of Linux or macOS.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted.", e);
        }
    }

    /** Sends SIGTERM and does not wait; on Windows, which has no such signal, the process ends at once. */
    void end() {
        process.destroy();
    }

    /** Sends SIGTERM, and SIGKILL after five seconds. */
    @Override
    public void close() {
        close(PATIENCE);
    }

    /** Sends SIGTERM, and SIGKILL after this time: for a program that writes something at its end. */
    public void close(Duration patience) {
        if (paused) {
            resume();
        }
        end();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
