package dev.redisaccess.systemtest.workloads;

import java.nio.file.Path;
import java.util.List;

/** A Go application, built below target as its README says. */
record GoApplication(Path program) {
    private static final String INSTALL = "install the Go version of the application's go.mod";

    static synchronized GoApplication named(String name) { // two tests may use the same one
        Path root = Path.of(System.getProperty("repository.root"));
        Path source = root.resolve("examples/workloads").resolve(name);
        Path program =
                root.resolve("system-tests/target/workloads").resolve(name).resolve("orders");
        BuildCommand.in(source, "go", "list", "-m").optional(INSTALL); // refuses a go.mod that requires a newer version
        BuildCommand.in(source, "go", "build", "-buildvcs=false", "-o", program.toString(), ".")
                .run(INSTALL);
        return new GoApplication(program);
    }

    List<String> command() {
        return List.of(program.toString());
    }
}
