package dev.redisaccess.operator.telemetry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prometheus' own tool, which checks metrics and rules. Not every machine has it. */
final class Promtool {

    static final String ABSENT =
            "`promtool` is not on the PATH (Debian: package `prometheus`): nothing was checked with it.";

    private Promtool() {}

    static boolean isAvailable() {
        return List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
    }

    /** Returns the exit code, a space, and what it printed. */
    static String run(String input, String... arguments) throws IOException, InterruptedException {
        Path in = Files.createTempFile("promtool", ".txt");
        try {
            Files.writeString(in, input);
            List<String> command = new ArrayList<>(List.of("promtool"));
            command.addAll(List.of(arguments));
            Process process = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() + " " + printed;
        } finally {
            Files.delete(in);
        }
    }
}
