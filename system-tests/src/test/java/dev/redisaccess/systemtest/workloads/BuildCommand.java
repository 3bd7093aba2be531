package dev.redisaccess.systemtest.workloads;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command of a language's own tools, which builds an application. */
record BuildCommand(Path directory, List<String> command) {
    private static final int MINUTES = 4;

    static BuildCommand in(Path directory, String... command) {
        return new BuildCommand(directory, List.of(command));
    }

    private record Ended(int status, String output) {}

    /** A requirement is missing if it fails, is not there, or does not end. */
    void run(String install) {
        Ended ended = ended(install);
        if (ended.status() != 0) {
            Requirement.missing(this + " failed: " + ended.output());
        }
    }

    /**
     * Skips the test if the tool is not there or refuses, also where applications may not be skipped: a machine need not have
     * this language.
     *
     * @return what it printed
     */
    String optional(String install) {
        try {
            Ended ended = await();
            return ended.status() == 0
                    ? ended.output().strip()
                    : Requirement.skip(install + ": " + this + " failed: " + ended.output());
        } catch (IOException e) {
            return Requirement.skip(install);
        }
    }

    private Ended ended(String install) {
        try {
            return await();
        } catch (IOException e) {
            return Requirement.missing("`" + command.get(0) + "` cannot be started: " + install);
        }
    }

    private Ended await() throws IOException {
        Path output = Files.createTempFile("build", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroy();
                return Requirement.missing(this + " does not end");
            }
            return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            delete(output);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "`" + String.join(" ", command) + "`";
    }
}
