package dev.redisaccess.emulator.redis;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Starts a front, prints the process ids of its servers, and waits until it is ended. */
final class FrontInItsOwnProcess {
    private FrontInItsOwnProcess() {}

    public static void main(String[] args) throws InterruptedException {
        FrontOptions options = new FrontOptions(
                "child",
                "127.0.0.1",
                0,
                "localhost",
                ClusteringPolicy.NoCluster,
                1,
                new TestCertificates().serverFor("localhost"),
                false,
                Path.of(args[0]));
        MovableClock clock = new MovableClock();
        try (RedisFront front = RedisFront.start(options, new FakeLoginPolicy(clock), clock)) {
            ProcessHandle.current().children().forEach(server -> System.out.println("server " + server.pid()));
            System.out.println("port " + front.port());
            new CountDownLatch(1).await();
        }
    }
}
