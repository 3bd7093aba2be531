package dev.redisaccess.systemtest.workloads;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** A Node.js application, copied below target and installed there as its README says, and kept for the next run. */
record NodeApplication(String node, Path directory) {
    private static final String INSTALL = "install Node.js 20 or newer with npm";

    static synchronized NodeApplication named(String name) { // two tests may use the same one
        Path root = Path.of(System.getProperty("repository.root"));
        Path source = root.resolve("examples/workloads").resolve(name);
        Path copy = root.resolve("system-tests/target/workloads").resolve(name);
        try {
            String node = node(source);
            Files.createDirectories(copy);
            install(source, copy);
            return new NodeApplication(node, copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> command() {
        return List.of(node, directory.resolve("app.mjs").toString());
    }

    /** Its path: the application gets no PATH. */
    private static String node(Path directory) {
        BuildCommand.in(directory, "npm", "--version").optional(INSTALL);
        return BuildCommand.in(
                        directory,
                        "node",
                        "-e",
                        "parseInt(process.versions.node) < 20 ? process.exit(1) : console.log(process.execPath)")
                .optional(INSTALL);
    }

    private static void install(Path source, Path copy) throws IOException {
        Path installed = copy.resolve("installed.json");
        String wanted = Files.readString(source.resolve("package-lock.json"));
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (Files.exists(installed) && Files.readString(installed).equals(wanted)) {
            return;
        }
        BuildCommand.in(copy, "npm", "ci", "--no-audit", "--no-fund").run(INSTALL);
        Files.writeString(installed, wanted);
    }
}
