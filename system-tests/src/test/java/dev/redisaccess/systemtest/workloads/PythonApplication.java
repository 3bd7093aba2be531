package dev.redisaccess.systemtest.workloads;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Flask application in a virtual environment below target, made as its README says and kept for the next run. */
record PythonApplication(Path directory, Path environment) {
    private static final int INSTALL_MINUTES = 4;

    static synchronized PythonApplication named(String name) { // two tests may use the same one
        Path root = Path.of(System.getProperty("repository.root"));
        PythonApplication application = new PythonApplication(
                root.resolve("examples/workloads").resolve(name),
                root.resolve("system-tests/target/workloads").resolve(name));
        try {
            application.install();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return application;
    }

    /** Serves on a free port, which it prints. */
    List<String> command() {
        return List.of(
                environment.resolve("bin/python").toString(),
                "-B",
                "-m",
                "gunicorn",
                "--chdir",
                directory.toString(),
                "--bind",
                "127.0.0.1:0",
                "--threads",
                "4",
                "--no-control-socket",
                "app:app");
    }

    private void install() throws IOException {
        String wanted = Files.readString(directory.resolve("requirements.txt"));
        Path installed = environment.resolve("installed.txt");
        if (Files.exists(installed) && Files.readString(installed).equals(wanted)) {
            return;
        }
        Files.createDirectories(environment);
        run("python3", "-m", "venv", "--clear", environment.toString());
        run(
                environment.resolve("bin/pip").toString(),
                "install",
                "--quiet",
                "--require-hashes",
                "-r",
                directory.resolve("requirements.txt").toString());
        Files.writeString(installed, wanted);
    }

    private static void run(String... command) throws IOException {
        Path output = Files.createTempFile("python", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
                process.destroy();
                Requirement.missing(String.join(" ", command) + " does not end");
            } else if (process.exitValue() != 0) {
                String said = Files.readString(output, StandardCharsets.UTF_8);
                Requirement.missing(String.join(" ", command) + " failed: " + said);
            }
        } catch (IOException e) {
            Requirement.missing(
                    "`" + command[0] + "` cannot be started: install Python 3.10 or newer with venv and pip");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
