package dev.redisaccess.quickstart.workload;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Work on the one connection; says once that it outlived the token it logged in with, and once that it is gone. */
final class HeartBeat implements Runnable {
    /** A server may close a connection a moment after the token's end: only past that is it outlived. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final RedisCommands<String, String> redis;
    private final Instant firstTokenExpires;
    private final Report report;
    private final Clock clock;
    private boolean outlived;
    private boolean lost;

    HeartBeat(RedisCommands<String, String> redis, Instant firstTokenExpires, Report report, Clock clock) {
        this.redis = redis;
        this.firstTokenExpires = firstTokenExpires;
        this.report = report;
        this.clock = clock;
    }

    @Override
    public void run() {
        if (lost) {
            return;
        }
        try {
            long beats = redis.incr("orders:beats");
            if (!outlived && clock.instant().isAfter(firstTokenExpires.plus(MARGIN))) {
                outlived = true;
                report.ok("OUTLIVED", "client=" + redis.clientId(), "beats=" + beats);
            }
        } catch (RedisException e) {
            lost = true;
            report.refused("BEAT", "error=" + Refusal.of(e));
        }
    }
}
