package dev.redisaccess.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.launcher.SourceTree;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quickstart as a user starts it: the jars of this build, in processes of their own. */
class QuickstartIT {
    /** The beginning of every token: {@code {"} in base64. */
    private static final String TOKEN = "eyJ";

    @TempDir
    Path directory;

    private record Run(int exitCode, String output) {}

    private Run quickstart(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // All files of the run are then in the directory of the test, and can be looked at.
                "-Djava.io.tmpdir=" + directory,
                "-jar",
                SourceTree.of(QuickstartIT.class).jar("quickstart").toString()));
        command.addAll(List.of(arguments));
        File output = directory.resolve("output.txt").toFile();
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        if (!process.waitFor(180, TimeUnit.SECONDS)) {
            process.destroy();
            process.waitFor(10, TimeUnit.SECONDS);
            throw new AssertionError("the quickstart does not end:\n" + Files.readString(output.toPath()));
        }
        return new Run(process.exitValue(), Files.readString(output.toPath(), StandardCharsets.UTF_8));
    }

    @Test
    void everyStepIsSeenFromTheRegistrationToTheRefusal() throws Exception {
        Path logs = directory.resolve("logs");
        Run run = quickstart("--logs", logs.toString());
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output())
                .containsSubsequence(
                        "Kubernetes API",
                        "local Azure",
                        "operator",
                        "Register the database",
                        "Ready",
                        "Bind",
                        "Run a workload",
                        "login",
                        "write and read",
                        "token renewed",
                        "first token expired",
                        "Delete the binding",
                        "next login refused",
                        "WRONGPASS",
                        "all steps seen")
                .contains(
                        "DatabaseResolved",
                        "IdentityResolved",
                        "AccessGranted",
                        "ConnectionVerified",
                        "EnvironmentPublished")
                .doesNotContain(TOKEN)
                .doesNotContain("\u001b");
        assertThat(leftovers()).as("files that the run left").isEmpty();
        for (String program : List.of("operator", "emulator", "workload")) {
            assertThat(Files.readString(logs.resolve(program + ".log"))).doesNotContain(TOKEN);
            assertThat(Files.readString(logs.resolve(program + ".err.log"))).doesNotContain(TOKEN);
        }
    }

    @Test
    void aProgramThatDoesNotStartIsNamedWithTheEndOfItsLog() throws Exception {
        Path broken = directory.resolve("broken.jar");
        Files.writeString(broken, "not a jar");
        Run run = quickstart("--operator-jar", broken.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output())
                .contains("expected the operator to hold its Lease, but operator has ended")
                .contains("Invalid or corrupt jarfile")
                .contains("All logs of this run: ")
                .doesNotContain(TOKEN);
        assertThat(leftovers()).allMatch(file -> file.toString().endsWith(".log"));
        for (Path log : leftovers()) {
            assertThat(Files.readString(log)).doesNotContain(TOKEN);
        }
    }

    @Test
    void saysHowToBuildAJarThatIsMissing() throws Exception {
        Run run = quickstart("--emulator-jar", directory.resolve("none.jar").toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).contains("Build it with `mvn -q -DskipTests package`");
    }

    private List<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> directory.relativize(file).toString().startsWith("redis-access-quickstart-"))
                    .toList();
        }
    }
}
