package dev.redisaccess.systemtest.workloads;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A Flask application in a virtual environment below target, made as its README says and kept for the next run. */
record PythonApplication(Path directory, Path environment) {
    private static final String INSTALL = "install Python 3.10 or newer with venv and pip";

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
        BuildCommand.in(directory, "python3", "-m", "venv", "--clear", environment.toString())
                .run(INSTALL);
        BuildCommand.in(
                        directory,
                        environment.resolve("bin/pip").toString(),
                        "install",
                        "--quiet",
                        "--require-hashes",
                        "-r",
                        "requirements.txt")
                .run(INSTALL);
        Files.writeString(installed, wanted);
    }
}
