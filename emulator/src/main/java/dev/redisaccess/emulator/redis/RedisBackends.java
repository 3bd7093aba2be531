package dev.redisaccess.emulator.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The real servers behind one front: a single one, or the shards of a Redis Cluster. */
final class RedisBackends implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisBackends.class);
    private static final Duration FORM_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int SLOTS = 16_384;

    private final List<RedisProcess> servers = new ArrayList<>();

    private final Path directory;

    private RedisBackends(Path directory) {
        this.directory = directory;
    }

    /**
     * Starts the servers of the clustering policy: one server without cluster mode, or masters that share the
     * slots of a Redis Cluster evenly.
     *
     * @param announcedPorts the port that is announced to clients, for each shard; empty without a cluster
     */
    static RedisBackends start(FrontOptions options, List<Integer> announcedPorts) {
        RedisBinary binary = RedisBinary.find(System.getenv().getOrDefault("PATH", ""), options.workDirectory());
        RedisBackends backends = new RedisBackends(newDirectory(options));
        try {
            if (announcedPorts.isEmpty()) {
                backends.servers.add(RedisProcess.start(binary, backends.directory.resolve("0"), List.of()));
            } else {
                backends.startCluster(binary, announcedAddress(options.bindAddress()), announcedPorts);
            }
            return backends;
        } catch (IOException e) {
            backends.close();
            throw new UncheckedIOException("The shards could not form a cluster.", e);
        } catch (RuntimeException e) {
            backends.close();
            throw e;
        }
    }

    /** A new one each time: files of an earlier run must not be loaded. */
    private static Path newDirectory(FrontOptions options) {
        try {
            Files.createDirectories(options.workDirectory());
            return Files.createTempDirectory(options.workDirectory(), options.name() + "-");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + options.workDirectory(), e);
        }
    }

    private static String announcedAddress(String bindAddress) throws IOException {
        InetAddress address = InetAddress.getByName(bindAddress);
        return address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
    }

    private void startCluster(RedisBinary binary, String address, List<Integer> announcedPorts) throws IOException {
        for (int i = 0; i < announcedPorts.size(); i++) {
            Path own = directory.resolve(Integer.toString(i));
            servers.add(RedisProcess.start(binary, own, clusterSettings(address, announcedPorts.get(i))));
        }
        form(address, announcedPorts);
    }

    private static List<String> clusterSettings(String address, int port) {
        List<String> settings = new ArrayList<>(List.of(
                "cluster-enabled yes",
                "cluster-config-file nodes.conf",
                "cluster-node-timeout 15000",
                "cluster-announce-ip " + address,
                "cluster-announce-port " + port));
        if (!address.startsWith("127.")) {
            settings.add("protected-mode no");
            settings.add("bind 127.0.0.1 " + address); // the shards find each other at the announced address
        } else if (!address.equals("127.0.0.1")) {
            settings.add("bind 127.0.0.1 " + address);
        }
        return settings;
    }

    private void form(String address, List<Integer> announcedPorts) throws IOException {
        for (int i = 0; i < servers.size(); i++) {
            try (AdminConnection connection = servers.get(i).open()) {
                connection.command("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
                connection.command(slotsOf(i));
            }
        }
        try (AdminConnection first = servers.get(0).open()) {
            for (int i = 1; i < servers.size(); i++) {
                int bus = servers.get(i).port() + FreePorts.BUS_OFFSET;
                first.command("CLUSTER", "MEET", address, announcedPorts.get(i).toString(), Integer.toString(bus));
            }
        }
        long deadline = System.nanoTime() + FORM_TIMEOUT.toNanos();
        for (RedisProcess server : servers) {
            awaitComplete(server, deadline);
        }
    }

    private List<String> slotsOf(int shard) {
        List<String> command = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
        int from = shard * SLOTS / servers.size();
        int to = (shard + 1) * SLOTS / servers.size();
        for (int slot = from; slot < to; slot++) {
            command.add(Integer.toString(slot));
        }
        return command;
    }

    private void awaitComplete(RedisProcess server, long deadline) throws IOException {
        try (AdminConnection connection = server.open()) {
            while (!isComplete(connection.command("CLUSTER", "INFO"))) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("the shards did not form a cluster within " + FORM_TIMEOUT);
                }
                LockSupport.parkNanos(POLL.toNanos()); // polling: redis-server has no event for this
            }
        }
    }

    private boolean isComplete(String info) {
        List<String> lines = info.lines().map(String::strip).toList();
        return lines.contains("cluster_state:ok") && lines.contains("cluster_known_nodes:" + servers.size());
    }

    List<RedisProcess> servers() {
        return List.copyOf(servers);
    }

    @Override
    public void close() {
        servers.forEach(RedisProcess::close);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            LOG.warn("Cannot delete {}: {}", directory, e.getMessage());
        }
    }
}
