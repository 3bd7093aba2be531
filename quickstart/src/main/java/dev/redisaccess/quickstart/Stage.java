package dev.redisaccess.quickstart;

import dev.redisaccess.launcher.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/** The resources of a run, closed once, in the reverse order, at any end of the run. */
final class Stage implements AutoCloseable {
    private static final Duration REMOVAL = Duration.ofSeconds(20);

    private final Path directory;
    private final Path logs;
    private final Cluster cluster;
    private final Programs programs;
    private final FederatedTokens tokens;
    private final ClusterObjects objects;
    private boolean closed;
    private boolean keepLogs;

    private Stage(Path directory, Path logs, Cluster cluster) {
        this.directory = directory;
        this.logs = logs;
        this.cluster = cluster;
        this.programs = new Programs(logs);
        this.tokens = new FederatedTokens(cluster.client(), directory);
        this.objects = new ClusterObjects(cluster.client(), REMOVAL);
    }

    /** @throws StepFailure if the cluster cannot be opened */
    static Stage open(Options options, Clock clock) {
        try {
            Path directory = Files.createTempDirectory("redis-access-quickstart-");
            Path logs = options.logs().map(Path::toAbsolutePath).orElse(directory.resolve("logs"));
            Files.createDirectories(logs);
            Cluster cluster = options.kubeconfig().map(Cluster::of).orElseGet(() -> Cluster.embedded(directory, clock));
            return new Stage(directory, logs, cluster);
        } catch (IOException e) {
            throw new UncheckedIOException("The directory of the run cannot be created.", e);
        }
    }

    Path directory() {
        return directory;
    }

    Path logs() {
        return logs;
    }

    Cluster cluster() {
        return cluster;
    }

    Programs programs() {
        return programs;
    }

    FederatedTokens tokens() {
        return tokens;
    }

    ClusterObjects objects() {
        return objects;
    }

    /** Keeps the logs of this run. */
    void keepLogs() {
        keepLogs = true;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (!cluster.isEmbedded()) {
                objects.close();
            }
        } finally {
            programs.close();
            tokens.close();
            cluster.close();
            deleteFiles();
        }
    }

    private void deleteFiles() {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .filter(file -> !keepLogs || !file.startsWith(logs) && !file.equals(directory))
                    .forEach(Stage::delete);
        } catch (IOException e) {
            throw new UncheckedIOException("`" + directory + "` cannot be cleaned.", e);
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("`" + file + "` cannot be deleted.", e);
        }
    }
}
