package dev.redisaccess.benchmark.stage;

import dev.redisaccess.quickstart.process.ChildProcess;
import dev.redisaccess.quickstart.process.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The operator as it is shipped, as a process of its own. */
public final class OperatorProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(120);
    private static final int TAIL = 20;

    private final ChildProcess process;
    private final Instant began;
    private final String podName;
    private final URI health;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    private OperatorProcess(ChildProcess process, Instant began, String podName, URI health) {
        this.process = process;
        this.began = began;
        this.podName = podName;
        this.health = health;
    }

    /**
     * What to run.
     *
     * @param java the program {@code java} of the runtime
     * @param flags for it
     * @param main what follows the flags: where the classes are, and which of them starts
     * @param environment added to that of a pod
     */
    public record Program(Path java, List<String> flags, List<String> main, Map<String, String> environment) {
        public Program {
            flags = List.copyOf(flags);
            main = List.copyOf(main);
            environment = Map.copyOf(environment);
        }

        /** A jar that starts with {@code java -jar}. */
        public static Program ofJar(Path java, List<String> flags, Path jar) {
            return new Program(java, flags, List.of("-jar", jar.toString()), Map.of());
        }

        /** The same with another jar. */
        public Program withJar(Path jar) {
            return new Program(java, flags, List.of("-jar", jar.toString()), environment);
        }

        /** The same with more flags. */
        public Program plus(List<String> more) {
            List<String> all = new ArrayList<>(flags);
            all.addAll(more);
            return new Program(java, all, main, environment);
        }

        /** The same without some flags. */
        public Program without(Predicate<String> unwanted) {
            return new Program(java, flags.stream().filter(unwanted.negate()).toList(), main, environment);
        }

        /** How it is started. */
        List<String> command() {
            List<String> command = new ArrayList<>(List.of(java.toString()));
            command.addAll(flags);
            command.addAll(main);
            return command;
        }

        /** The version of the runtime, as its release file tells it. */
        public String version() {
            Path release = java.resolveSibling("..").resolve("release").normalize();
            try (Stream<String> lines = Files.lines(release)) {
                return lines.filter(
                                line -> line.startsWith("JAVA_RUNTIME_VERSION=") || line.startsWith("JAVA_VERSION="))
                        .findFirst()
                        .map(line -> "JDK " + line.replaceAll(".*=|\"", ""))
                        .orElse("JDK");
            } catch (IOException e) {
                throw new UncheckedIOException("there is no runtime at " + java, e);
            }
        }

        /** For a person: {@link #version()}, and whether it starts with an AOT cache. */
        public String runtime() {
            return version() + (flags.stream().anyMatch(AotCache::isFlag) ? " with an AOT cache" : "");
        }

        /** The feature release of the runtime, such as 25. */
        public int feature() {
            return Runtime.Version.parse(version().replaceFirst("JDK ", "").replaceAll("-.*", ""))
                    .feature();
        }

        /** The same on another runtime. */
        public Program on(Path home) {
            return new Program(home.resolve("bin").resolve("java"), flags, main, environment);
        }
    }

    static OperatorProcess start(Program program, String podName, Map<String, String> environment, Path logs) {
        int port = freePort();
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(program.environment());
        all.put("POD_NAME", podName);
        all.put("REDIS_ACCESS_HEALTH_PORT", Integer.toString(port));
        all.put("REDIS_ACCESS_METRICS_PORT", "0");
        Instant began = Instant.now();
        ChildProcess process = ChildProcess.start(new Launch(podName, program.command(), all, false), logs);
        return new OperatorProcess(process, began, podName, URI.create("http://127.0.0.1:" + port));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When it was started. */
    public Instant began() {
        return began;
    }

    public long pid() {
        return process.pid();
    }

    /** The name in the Lease. */
    String podName() {
        return podName;
    }

    /** Whether the health endpoint says that every informer has synced. */
    public boolean isWatching() {
        return answers("/readyz");
    }

    private boolean answers(String path) {
        HttpRequest request = HttpRequest.newBuilder(health.resolve(path))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** @throws BenchmarkFailure with the end of its log, if it has ended */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new BenchmarkFailure("the operator has ended: "
                    + String.join("\n", process.tail(TAIL).lines()));
        }
    }

    /** @throws BenchmarkFailure if the condition does not come about within two minutes, or the operator ends */
    public void await(String what, BooleanSupplier condition) {
        Waiting.of(START, Duration.ofMillis(20)).until(what, () -> {
            requireAlive();
            return condition.getAsBoolean();
        });
    }

    /** As the kubelet does first; then waits for its end. */
    @Override
    public void close() {
        process.close();
    }

    /** The same, with another patience. */
    void close(Duration patience) {
        process.close(patience);
    }
}
