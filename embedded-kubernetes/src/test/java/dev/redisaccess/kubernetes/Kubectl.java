package dev.redisaccess.kubernetes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The real kubectl, in a directory of its own. */
final class Kubectl {
    private final String binary;
    private final Path home;

    private Kubectl(String binary, Path home) {
        this.binary = binary;
        this.home = home;
    }

    /** Empty when there is no kubectl on the PATH. */
    static Optional<String> onPath() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .map(directory -> Path.of(directory, "kubectl"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    static Kubectl of(EmbeddedKubernetes kubernetes, Path home) throws IOException {
        Files.writeString(home.resolve("kubeconfig"), kubernetes.kubeconfig());
        return new Kubectl(onPath().orElseThrow(), home);
    }

    record Result(int code, String output) {}

    Process start(Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(binary));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment()
                .putAll(Map.of("KUBECONFIG", home.resolve("kubeconfig").toString(), "HOME", home.toString()));
        return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    /** Runs to the end; standard output and error are one. */
    Result run(String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(home, "kubectl", ".out");
        Process process = start(output, arguments);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("kubectl " + String.join(" ", arguments) + " does not end");
        }
        return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    /** Runs to the end and must succeed. */
    String ok(String... arguments) throws IOException, InterruptedException {
        Result result = run(arguments);
        if (result.code() != 0) {
            throw new AssertionError("kubectl " + String.join(" ", arguments) + ": " + result.output());
        }
        return result.output();
    }
}
