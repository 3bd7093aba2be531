package dev.redisaccess.operator.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.WorkloadToken;
import dev.redisaccess.operator.binding.port.Verifier.Login;
import dev.redisaccess.operator.tls.TestAuthority;
import dev.redisaccess.operator.tls.TlsSessions;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.resource.ClientResources;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing grows with the number of verifications: no thread, no connection, no token. */
class ManyVerificationsTest {

    private static final int VERIFICATIONS = 500;
    private static final int AT_ONCE = 16;

    @TempDir
    Path directory;

    @Test
    void fiveHundredVerificationsLeaveNothing() throws Exception {
        try (VerifierFixture redis = new VerifierFixture(directory, ClusteringPolicy.EnterpriseCluster)) {
            WorkloadToken warm = redis.token();
            redis.succeeds(warm);
            // A failed connection uses more of the client than a good one: warm that also.
            redis.fails(VerifierFixture.strangersToken());
            long before = lettuceThreads();

            List<WeakReference<WorkloadToken>> tokens = runVerifications(redis);

            assertThat(lettuceThreads()).as("threads of the client").isLessThanOrEqualTo(before + 4);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(connections(redis)).hasSize(1));
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                System.gc();
                assertThat(tokens.stream().filter(token -> token.get() != null).count())
                        .as("tokens that are still referenced")
                        .isLessThanOrEqualTo(AT_ONCE);
            });
        }
    }

    @Test
    void closingEndsEveryThread() {
        Queue<Thread> own = new ConcurrentLinkedQueue<>();
        ClientResources.Builder resources = ClientResources.builder().threadFactoryProvider(pool -> task -> {
            Thread thread = new FastThreadLocalThread(task, pool);
            own.add(thread);
            return thread;
        });
        LettuceVerifier verifier = new LettuceVerifier(new TestAuthority().trusted(directory), resources);
        WorkloadToken token = VerifierFixture.strangersToken();
        verifier.verify(
                new dev.redisaccess.operator.api.Endpoint("127.0.0.1", 1),
                ClusteringPolicy.NoCluster,
                token,
                Optional.empty(),
                Duration.ofSeconds(5));
        assertThat(own).isNotEmpty();

        verifier.close();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(own).filteredOn(Thread::isAlive).isEmpty());
    }

    /** Every third one is refused, and drops its connection in the middle of the login. */
    private static List<WeakReference<WorkloadToken>> runVerifications(VerifierFixture redis) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<WeakReference<WorkloadToken>> tokens = new ArrayList<>();
            List<Callable<Result<Login>>> verifications = new ArrayList<>();
            WorkloadToken good = redis.token();
            for (int i = 0; i < VERIFICATIONS; i++) {
                boolean refused = i % 3 == 0;
                verifications.add(() -> {
                    WorkloadToken token = refused ? VerifierFixture.strangersToken() : copy(good);
                    synchronized (tokens) {
                        tokens.add(new WeakReference<>(token));
                    }
                    return redis.run(token, VerifierFixture.PATIENCE);
                });
            }
            int ok = 0;
            for (Future<Result<Login>> end : callers.invokeAll(verifications)) {
                ok += end.get() instanceof Result.Ok ? 1 : 0;
            }
            assertThat(ok).isEqualTo(VERIFICATIONS - (VERIFICATIONS + 2) / 3);
            assertThat(tokens).hasSize(VERIFICATIONS);
            return tokens;
        } finally {
            callers.shutdownNow();
        }
    }

    private static long lettuceThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("lettuce-"))
                .count();
    }

    private static WorkloadToken copy(WorkloadToken token) {
        return new WorkloadToken(token.secret(), token.claims());
    }

    /** As the server counts them: this one, and whatever was left. */
    private List<String> connections(VerifierFixture redis) {
        WorkloadToken token = redis.token();
        var sessions = new TlsSessions(redis.authority.trusted(directory), InstantSource.system());
        try (RedisClient client = RedisClient.create()) {
            client.setOptions(ClientOptions.builder()
                    .sslOptions(SslOptions.builder()
                            .jdkSslProvider()
                            .sslContext(context -> context.sslContextProvider(sessions.provider()))
                            .build())
                    .build());
            RedisURI uri = RedisURI.builder()
                    .withHost(VerifierFixture.HOST)
                    .withPort(redis.front.port())
                    .withSsl(true)
                    .withAuthentication(token.principal().objectId().value(), token.secret())
                    .build();
            return client.connect(uri)
                    .sync()
                    .clientList()
                    .lines()
                    // The front itself is there as another user.
                    .filter(line -> line.matches(".*user=[0-9a-f]{8}-.*"))
                    .toList();
        }
    }
}
