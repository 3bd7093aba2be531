package dev.redisaccess.emulator.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Chooses loopback ports for backing servers, which cannot choose one themselves. */
final class FreePorts {
    /** The cluster bus of a server listens this much above its port: fixed before Redis 7. */
    static final int BUS_OFFSET = 10_000;

    private static final int LOWEST = 12_000;
    private static final int HIGHEST = 32_000; // below Linux' range for outgoing connections
    private static final int ATTEMPTS = 100;

    private FreePorts() {}

    /** A port that is free now, as is the one of its cluster bus. */
    static int forServer() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST - BUS_OFFSET);
            if (isFree(port) && isFree(port + BUS_OFFSET)) {
                return port;
            }
        }
        throw new IOException("no free port between " + LOWEST + " and " + (HIGHEST - BUS_OFFSET));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
