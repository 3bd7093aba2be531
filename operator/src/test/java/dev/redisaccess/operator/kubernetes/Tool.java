package dev.redisaccess.operator.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command-line program that a user would run, such as kubectl or helm.
 *
 * @param binary the program
 * @param environment variables to set in addition to the inherited ones
 */
public record Tool(Path binary, Map<String, String> environment) {

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    /** The result of one run; {@code text} has both streams. */
    public record Run(int exitCode, String text) {

        public boolean succeeded() {
            return exitCode == 0;
        }
    }

    /** Runs it, and fails with its output unless it succeeds. */
    public String run(String... arguments) {
        return succeed(call("", arguments), arguments);
    }

    /** Like {@link #run} with something on standard input. */
    public String runWith(String input, String... arguments) {
        return succeed(call(input, arguments), arguments);
    }

    /** Runs it, and returns how it ended. */
    public Run call(String input, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(binary.toString());
        command.addAll(List.of(arguments));
        try {
            // Files instead of pipes: they need not be emptied while the program runs.
            Path in = Files.writeString(Files.createTempFile("tool", ".in"), input);
            Path out = Files.createTempFile("tool", ".out");
            try {
                return new Run(exitCode(command, in, out), Files.readString(out));
            } finally {
                Files.delete(in);
                Files.delete(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int exitCode(List<String> command, Path in, Path out) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(command + " did not end within " + DEADLINE);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while " + command + " ran", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private String succeed(Run run, String... arguments) {
        if (!run.succeeded()) {
            throw new AssertionError(binary.getFileName() + " " + String.join(" ", arguments) + " ended with "
                    + run.exitCode() + ":\n" + run.text());
        }
        return run.text();
    }
}
