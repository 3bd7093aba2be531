package dev.redisaccess.emulator.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RedisFrontLifecycleTest {
    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final String PROC = "the working directories of processes are read from /proc";

    @TempDir
    private Path directory;

    private final TestCertificates certificates = new TestCertificates();
    private final MovableClock clock = new MovableClock();

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = PROC)
    void leavesNoProcessNoThreadAndNoFilesBehind() {
        RedisFront front = start("leaving", 0, ClusteringPolicy.OSSCluster);
        List<ProcessHandle> servers = serversOf(directory);
        assertThat(servers).hasSize(2);
        assertThat(threads("redis-front-leaving")).isNotEmpty();

        front.close();

        assertThat(servers).noneMatch(ProcessHandle::isAlive);
        await().atMost(WITHIN)
                .untilAsserted(() -> assertThat(threads("redis-front-leaving")).isEmpty());
        assertThat(directoriesIn(directory)).isEmpty();
        front.close(); // a second time does no harm
    }

    @Test
    void leavesNothingBehindWhenItsPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThatThrownBy(() -> start("unlucky", taken.getLocalPort(), ClusteringPolicy.NoCluster))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cannot listen on");
        }
        await().atMost(WITHIN)
                .untilAsserted(() -> assertThat(threads("redis-front-unlucky")).isEmpty());
        assertThat(directoriesIn(directory)).isEmpty();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = PROC)
    void runsSeveralFrontsInOneDirectory() {
        try (RedisFront first = start("same", 0, ClusteringPolicy.NoCluster);
                RedisFront second = start("same", 0, ClusteringPolicy.EnterpriseCluster)) {
            assertThat(first.port()).isNotEqualTo(second.port());
            assertThat(serversOf(directory)).hasSize(2);
        }
        assertThat(serversOf(directory)).isEmpty();
    }

    @Test
    void givesShardsPortsAsAzureDoesWhenItsOwnPortIsFixed() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (RedisFront front = start("fixed", port, ClusteringPolicy.OSSCluster)) {
            assertThat(front.port()).isEqualTo(port);
            assertThat(front.shardPorts()).hasSize(2).doesNotHaveDuplicates().allMatch(shard -> shard / 100 == 85);
        }
    }

    @Test
    void endsItsServersWhenTheJvmIsTerminated() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FrontInItsOwnProcess.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        List<ProcessHandle> servers = new ArrayList<>();
        try (BufferedReader output = jvm.inputReader()) {
            for (String line = output.readLine(); !line.startsWith("port "); line = output.readLine()) {
                if (line.startsWith("server ")) {
                    ProcessHandle.of(Long.parseLong(line.substring(7))).ifPresent(servers::add);
                }
            }
            assertThat(servers).hasSize(1).allMatch(ProcessHandle::isAlive);
            jvm.destroy();
            await().atMost(WITHIN).until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
        } finally {
            jvm.destroyForcibly();
            servers.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private RedisFront start(String name, int port, ClusteringPolicy policy) {
        FrontOptions options = new FrontOptions(
                name, "0.0.0.0", port, "localhost", policy, 2, certificates.serverFor("localhost"), false, directory);
        return RedisFront.start(options, new FakeLoginPolicy(clock), clock);
    }

    /** The servers of other tests, which may run at the same time, were unpacked elsewhere or work elsewhere. */
    private static List<ProcessHandle> serversOf(Path directory) {
        try (Stream<ProcessHandle> children = ProcessHandle.current().children()) {
            return children.filter(child -> workingDirectory(child).startsWith(directory))
                    .toList();
        }
    }

    private static Path workingDirectory(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"));
        } catch (IOException e) {
            return Path.of("/"); // it has just ended
        }
    }

    private static List<String> threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix))
                .toList();
    }

    private static List<Path> directoriesIn(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
