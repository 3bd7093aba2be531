package dev.redisaccess.emulator.redis;

import static dev.redisaccess.emulator.redis.RawClient.array;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.TransactionResult;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisFrontTrafficTest {
    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final Duration SETTLED = Duration.ofSeconds(2);
    private static final Pattern OUTPUT_MEMORY = Pattern.compile("name=slow .* omem=(\\d+)");
    private static final int MEBI = 1024 * 1024;

    @TempDir
    private static Path directory;

    private static FrontFixture fixture;

    @BeforeAll
    static void start() {
        fixture = FrontFixture.start(directory);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void carriesMessagesAndALoginInBetween() throws InterruptedException {
        String user = fixture.newUser();
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        try (StatefulRedisPubSubConnection<String, String> subscriber =
                        fixture.client.connectPubSub(fixture.uri(user, fixture.policy.issue(user, FrontFixture.HOUR))
                                .build());
                StatefulRedisConnection<String, String> publisher = fixture.connect(user)) {
            subscriber.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String message) {
                    received.add(message);
                }
            });
            subscriber.sync().subscribe("news");
            publisher.sync().publish("news", "first");
            assertThat(received.poll(WITHIN.toSeconds(), TimeUnit.SECONDS)).isEqualTo("first");
            subscriber.sync().auth(user, fixture.policy.issue(user, FrontFixture.HOUR));
            publisher.sync().publish("news", "second");
            assertThat(received.poll(WITHIN.toSeconds(), TimeUnit.SECONDS)).isEqualTo("second");
        }
    }

    @Test
    void carriesTransactions() {
        try (StatefulRedisConnection<String, String> connection = fixture.connect(fixture.newUser())) {
            connection.sync().multi();
            connection.sync().incr("counter");
            connection.sync().incr("counter");
            TransactionResult result = connection.sync().exec();
            assertThat(List.<Object>of(result.get(0), result.get(1))).containsExactly(1L, 2L);
        }
    }

    @Test
    void leavesTheRepliesOfASlowReaderWithTheServer() throws IOException {
        String user = fixture.newUser();
        int count = 64;
        try (StatefulRedisConnection<String, String> observer = fixture.connect(user);
                RawClient slow = fixture.raw()) {
            observer.sync().set("mebi", "x".repeat(MEBI));
            slow.send(array("AUTH", user, fixture.policy.issue(user, FrontFixture.HOUR))
                    + array("CLIENT", "SETNAME", "slow")
                    + array("GET", "mebi").repeat(count));
            // For a while, because a front without limits would also need a moment to read everything.
            await().during(SETTLED)
                    .atMost(WITHIN)
                    .until(() -> outputMemory(observer.sync().clientList()) > count / 2L * MEBI);
            assertThat(slow.line()).isEqualTo("+OK");
            assertThat(slow.line()).isEqualTo("+OK");
            for (int i = 0; i < count; i++) {
                assertThat(slow.line()).isEqualTo("$" + MEBI);
                assertThat(slow.line()).hasSize(MEBI);
            }
        }
    }

    private static long outputMemory(String clients) {
        Matcher found = OUTPUT_MEMORY.matcher(clients);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }
}
