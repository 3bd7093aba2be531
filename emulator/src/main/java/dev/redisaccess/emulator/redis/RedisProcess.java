package dev.redisaccess.emulator.redis;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One real {@code redis-server}: on loopback, without data on disk, with one internal user; it ends with
 * {@link #close()} or with this JVM.
 */
final class RedisProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisProcess.class);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(20);
    private static final long POLL_MILLIS = 10;
    private static final long STOP_SECONDS = 5;
    private static final int ATTEMPTS = 5;

    private final Process process;
    private final int port;
    private final Credentials admin;
    private final Thread endWithJvm;

    private RedisProcess(Process process, int port, Credentials admin) {
        this.process = process;
        this.port = port;
        this.admin = admin;
        this.endWithJvm = new Thread(process::destroyForcibly, "redis-server-end");
        Runtime.getRuntime().addShutdownHook(endWithJvm);
    }

    /**
     * Starts a server and waits until it replies to {@code PING}. If another process binds the chosen port first, the
     * start is repeated on another one.
     *
     * @param binary the {@code redis-server}
     * @param directory its working directory; created
     * @param settings lines of {@code redis.conf} in addition to the common ones
     */
    static RedisProcess start(RedisBinary binary, Path directory, List<String> settings) {
        IOException last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                Files.createDirectories(directory);
                return tryStart(binary, directory, settings);
            } catch (IOException e) {
                last = e;
            }
        }
        throw new UncheckedIOException("cannot start " + binary.path() + " in " + directory, last);
    }

    private static RedisProcess tryStart(RedisBinary binary, Path directory, List<String> settings) throws IOException {
        int port = FreePorts.forServer();
        Path log = directory.resolve("redis-server.log");
        Process process = new ProcessBuilder(binary.path().toAbsolutePath().toString(), "-")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        RedisProcess server = new RedisProcess(process, port, Credentials.random("emulator"));
        try {
            // The configuration goes through standard input, so that the password is in no file and no process list.
            try (OutputStream configuration = process.getOutputStream()) {
                configuration.write(server.configuration(settings).getBytes(StandardCharsets.UTF_8));
            }
            server.awaitPing();
            LOG.debug("redis-server (pid {}) listens on loopback port {}.", process.pid(), port);
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private String configuration(List<String> settings) {
        List<String> common = List.of(
                "bind 127.0.0.1",
                "port " + port,
                "daemonize no",
                "save \"\"",
                "appendonly no",
                "maxclients 10000",
                "user default off",
                "user " + admin.user() + " on >" + admin.password() + " ~* &* +@all");
        return String.join("\n", common) + "\n" + String.join("\n", settings) + "\n";
    }

    private void awaitPing() throws IOException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        IOException last = new IOException("no attempt was made");
        while (System.nanoTime() < deadline) {
            if (exitedWithin(POLL_MILLIS)) {
                throw new IOException("redis-server ended with code " + process.exitValue(), last);
            }
            // The password is random: only our own server accepts it, and not another one on the port.
            try (AdminConnection connection = open()) {
                connection.command("PING");
                return;
            } catch (IOException e) {
                last = e;
            }
        }
        throw new IOException("redis-server did not answer within " + START_TIMEOUT, last);
    }

    private boolean exitedWithin(long millis) throws IOException {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while redis-server was starting", e);
        }
    }

    int port() {
        return port;
    }

    /** A connection as the internal user, which has all permissions. */
    AdminConnection open() throws IOException {
        return AdminConnection.open(port, admin);
    }

    @Override
    public void close() {
        process.destroyForcibly(); // there is no data on disk, so a graceful end is not needed
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("redis-server (pid {}) did not end.", process.pid());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(endWithJvm);
        } catch (IllegalStateException e) {
            LOG.debug("The JVM is already shutting down.");
        }
    }
}
