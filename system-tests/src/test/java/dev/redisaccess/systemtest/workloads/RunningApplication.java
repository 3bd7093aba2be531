package dev.redisaccess.systemtest.workloads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redisaccess.launcher.ChildProcess;
import dev.redisaccess.launcher.Launch;
import dev.redisaccess.systemtest.scenario.BindingView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An application that serves. It prints its port when it has started. */
final class RunningApplication implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final ChildProcess process;
    private final Path logs;
    private final URI base;

    private RunningApplication(ChildProcess process, Path logs, Pattern listening) {
        this.process = process;
        this.logs = logs;
        BindingView.patiently("a port of " + process.name())
                .until(() -> !process.isAlive() || port(listening).isPresent());
        this.base = URI.create("http://127.0.0.1:"
                + port(listening).orElseThrow(() -> new AssertionError(process.name() + " has ended:\n" + log())));
    }

    /** @param listening finds the port, its first group, in what the program prints */
    static RunningApplication start(Launch launch, Path logs, Pattern listening) {
        ChildProcess process = ChildProcess.start(launch, logs);
        try {
            return new RunningApplication(process, logs, listening);
        } catch (RuntimeException | AssertionError e) {
            process.close();
            throw e;
        }
    }

    private Optional<String> port(Pattern listening) {
        return Optional.of(listening.matcher(log())).filter(Matcher::find).map(found -> found.group(1));
    }

    /** A response of the application. */
    record Response(int status, JsonNode body) {}

    Response get(String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)).GET());
    }

    Response post(String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private Response send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
            boolean json =
                    response.headers().firstValue("content-type").orElse("").startsWith("application/json");
            return new Response(response.statusCode(), json ? JSON.readTree(response.body()) : JSON.nullNode());
        } catch (IOException e) {
            throw new UncheckedIOException(process.name() + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All that it printed. */
    String log() {
        try (Stream<Path> files = Files.list(logs)) {
            return files.filter(file -> file.getFileName().toString().startsWith(process.name() + "."))
                    .sorted()
                    .map(RunningApplication::read)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
