package dev.redisaccess.systemtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redisaccess.emulator.state.Principal.ManagedIdentity;
import dev.redisaccess.operator.api.ConditionType;
import io.lettuce.core.Consumer;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The profiles of the guide, as they are in the example: what each application does works, and what it must not do is denied. */
@Execution(ExecutionMode.CONCURRENT)
class GuideProfilesTest {

    @RegisterExtension
    static final LocalPlatform PLATFORM = new LocalPlatform();

    private static final Path EXAMPLE = Path.of("..", "examples", "access-profiles.yaml");
    private static final Pattern PROFILE =
            Pattern.compile("- name: (\\S+)\\s+accessString: \"([^\"]+)\"", Pattern.MULTILINE);

    /** What an application does with its connection, and what it must not do. */
    private static final Map<String, BiConsumer<WorkloadConnection, String>> APPLICATIONS = applications();

    private static Map<String, BiConsumer<WorkloadConnection, String>> applications() {
        Map<String, BiConsumer<WorkloadConnection, String>> all = new LinkedHashMap<>();
        all.put("cache-reader", GuideProfilesTest::reads);
        all.put("cache-writer", GuideProfilesTest::writes);
        all.put("queue-worker", GuideProfilesTest::works);
        all.put("sessions", GuideProfilesTest::keepsSessions);
        all.put("rate-limiter", GuideProfilesTest::counts);
        all.put("pub-sub", GuideProfilesTest::publishes);
        return all;
    }

    static List<String> profiles() {
        return List.copyOf(APPLICATIONS.keySet());
    }

    @Test
    void everyProfileOfTheExampleHasAnApplication() throws IOException {
        assertThat(rules().keySet()).containsExactlyElementsOf(profiles());
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void anApplicationDoesItsWorkAndNothingElse(String profile) throws IOException {
        Tenant tenant = PLATFORM.tenant("guide-" + profile).withDatabase();
        String access = rules().entrySet().stream()
                .map(rule -> "{name: " + rule.getKey() + ", accessString: \"" + rule.getValue() + "\"}")
                .collect(Collectors.joining(", ", "{full: Forbidden, profiles: [", "]}"));
        tenant.registeredWithAccess(access);
        ManagedIdentity workload = tenant.workload("orders");
        BindingView binding = tenant.bind("cache", "orders", "accessProfile: " + profile);
        binding.awaitReady();
        assertThat(binding.condition(ConditionType.LEAST_PRIVILEGE_VERIFIED)
                        .orElseThrow()
                        .getMessage())
                .contains("outside of all patterns");
        try (WorkloadConnection connection = WorkloadConnection.of(PLATFORM, tenant, workload, "orders")) {
            APPLICATIONS.get(profile).accept(connection, tenant.name());
            assertThat(connection.redis().ping()).isEqualTo("PONG");
            assertDenied(() -> connection.redis().get("another-team:1"));
            assertDenied(() -> connection.redis().flushall());
            assertDenied(() -> connection.redis().keys("*"));
            assertDenied(() -> connection.redis().scan());
            assertDenied(() -> connection.redis().randomkey());
            assertDenied(() -> connection.redis().configGet("*"));
        }
    }

    private static void reads(WorkloadConnection connection, String namespace) {
        RedisCommands<String, String> redis = connection.redis();
        assertThat(redis.get(namespace + ":1")).isNull();
        assertThat(redis.mget(namespace + ":1", namespace + ":2")).hasSize(2);
        assertThat(redis.hgetall(namespace + ":h")).isEmpty();
        assertDenied(() -> redis.set(namespace + ":1", "v"));
        assertDenied(() -> redis.del(namespace + ":1"));
        assertDenied(() -> redis.expire(namespace + ":1", 1));
    }

    private static void writes(WorkloadConnection connection, String namespace) {
        RedisCommands<String, String> redis = connection.redis();
        redis.set(namespace + ":1", "v", SetArgs.Builder.ex(60));
        assertThat(redis.get(namespace + ":1")).isEqualTo("v");
        assertThat(redis.del(namespace + ":1")).isEqualTo(1);
        assertDenied(() -> redis.set("another-team:1", "v"));
        assertDenied(() -> redis.publish(namespace, "m"));
    }

    @SuppressWarnings("unchecked") // the offsets are an array of a generic type
    private static void works(WorkloadConnection connection, String namespace) {
        RedisCommands<String, String> redis = connection.redis();
        String stream = namespace + ":jobs:mail";
        redis.xgroupCreate(XReadArgs.StreamOffset.from(stream, "0"), "workers", XGroupCreateArgs.Builder.mkstream());
        redis.xadd(stream, Map.of("to", "a"));
        List<StreamMessage<String, String>> jobs =
                redis.xreadgroup(Consumer.from("workers", "one"), XReadArgs.StreamOffset.lastConsumed(stream));
        assertThat(jobs).singleElement().satisfies(job -> assertThat(redis.xack(stream, "workers", job.getId()))
                .isEqualTo(1));
        assertDenied(() -> redis.del(stream));
        assertDenied(() -> redis.xadd("another-team:jobs:mail", Map.of("to", "a")));
        assertDenied(() -> redis.get(stream));
    }

    /** The commands of Spring Session's default repository. */
    private static void keepsSessions(WorkloadConnection connection, String namespace) {
        RedisCommands<String, String> redis = connection.redis();
        String session = "spring:session:" + namespace + ":sessions:1";
        redis.hset(session, Map.of("creationTime", "1", "sessionAttr:user", "alice"));
        redis.expire(session, 1800);
        assertThat(redis.hgetall(session)).containsEntry("sessionAttr:user", "alice");
        redis.rename(session, session + "2");
        assertThat(redis.del(session + "2")).isEqualTo(1);
        assertDenied(() -> redis.hgetall("spring:session:another-team:sessions:1"));
        assertDenied(() -> redis.rename(session, "spring:session:another-team:sessions:1"));
    }

    private static void counts(WorkloadConnection connection, String namespace) {
        RedisCommands<String, String> redis = connection.redis();
        String script = "local n = redis.call('INCR', KEYS[1]) "
                + "if n == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end return n";
        String[] key = {namespace + ":limits:alice"};
        assertThat(redis.<Long>eval(script, ScriptOutputType.INTEGER, key, "60000"))
                .isEqualTo(1);
        assertThat(redis.<Long>evalsha(redis.scriptLoad(script), ScriptOutputType.INTEGER, key, "60000"))
                .isEqualTo(2);
        assertThatThrownBy(() ->
                        redis.eval(script, ScriptOutputType.INTEGER, new String[] {"another-team:limits:alice"}, "1"))
                .isInstanceOf(RedisCommandExecutionException.class);
        assertThatThrownBy(() -> redis.eval("return redis.call('DEL', KEYS[1])", ScriptOutputType.INTEGER, key, "1"))
                .isInstanceOf(RedisCommandExecutionException.class);
        assertDenied(() -> redis.del(key));
    }

    private static void publishes(WorkloadConnection connection, String namespace) {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        try (StatefulRedisPubSubConnection<String, String> subscriber = connection.subscriber()) {
            subscriber.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String message) {
                    received.add(message);
                }
            });
            subscriber.sync().subscribe(namespace + ":news");
            connection.redis().publish(namespace + ":news", "hello");
            assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("hello");
            assertDenied(() -> subscriber.sync().subscribe("another-team:news"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        assertDenied(() -> connection.redis().publish("another-team:news", "m"));
        assertDenied(() -> connection.redis().set(namespace + ":news", "m"));
    }

    private static Map<String, String> rules() throws IOException {
        Map<String, String> rules = new LinkedHashMap<>();
        Matcher profile = PROFILE.matcher(Files.readString(EXAMPLE));
        while (profile.find()) {
            rules.put(profile.group(1), profile.group(2));
        }
        return rules;
    }

    private static void assertDenied(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(RedisCommandExecutionException.class)
                .hasMessageStartingWith("NOPERM");
    }
}
