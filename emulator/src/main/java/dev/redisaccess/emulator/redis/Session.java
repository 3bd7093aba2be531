package dev.redisaccess.emulator.redis;

import io.netty.channel.Channel;
import java.time.Instant;

/** One client's connection, and the expiry of its last accepted login. */
final class Session {
    private final Channel client;
    private volatile Instant expires = Instant.MAX; // before the login the real server replies with NOAUTH

    Session(Channel client) {
        this.client = client;
    }

    void extendTo(Instant newExpires) {
        expires = newExpires;
    }

    boolean isOverAt(Instant now) {
        return !now.isBefore(expires);
    }

    void end() {
        client.close();
    }
}
