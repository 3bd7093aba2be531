package dev.redisaccess.operator.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.redis.InvalidAccessStringException;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.WorkloadToken;
import dev.redisaccess.operator.binding.acl.AccessString;
import dev.redisaccess.operator.binding.acl.Probe;
import dev.redisaccess.operator.binding.acl.ProbeCommand;
import dev.redisaccess.operator.tls.TlsSessions;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The grammar against the verdict of a real redis-server: what it refuses and what it allows, for generated rules. Permissions of
 * keys and selectors are part of the grammar since Redis 7: with an older server, the rules that are generated have none.
 */
class AccessStringAgainstRedisTest {

    private static final int RULES = Integer.getInteger("rules", 2_000);
    private static final List<String> CATEGORIES = List.of(
            "read",
            "write",
            "string",
            "hash",
            "list",
            "set",
            "sortedset",
            "stream",
            "keyspace",
            "fast",
            "slow",
            "all",
            "dangerous",
            "connection",
            "pubsub",
            "scripting",
            "nosuch");
    private static final List<String> COMMANDS = List.of(
            "get",
            "set",
            "exists",
            "setrange",
            "del",
            "xadd",
            "xack",
            "hget",
            "hdel",
            "lpushx",
            "ping",
            "publish",
            "eval",
            "config|get",
            "client|list",
            "get|a|b",
            "expire",
            "ttl",
            "unlink",
            "zscore",
            "sadd");
    private static final List<String> PATTERNS =
            List.of("*", "shop:*", "a?c", "[ab]*", "[^s]*", "{x}:*", "shop:\\*", "cart", "*:shop", "");

    @TempDir
    static Path directory;

    private static VerifierFixture redis;
    private static RedisClient client;
    private static StatefulRedisConnection<String, String> connection;
    private static String user;
    private static boolean seven;

    @BeforeAll
    static void start() {
        redis = new VerifierFixture(directory, ClusteringPolicy.EnterpriseCluster);
        WorkloadToken token = redis.token();
        user = token.principal().objectId().value();
        var sessions = new TlsSessions(redis.authority.trusted(directory), InstantSource.system());
        client = RedisClient.create();
        client.setOptions(ClientOptions.builder()
                .sslOptions(SslOptions.builder()
                        .jdkSslProvider()
                        .sslContext(context -> context.sslContextProvider(sessions.provider()))
                        .build())
                .build());
        connection = client.connect(RedisURI.builder()
                .withHost(VerifierFixture.HOST)
                .withPort(redis.front.port())
                .withSsl(true)
                .withAuthentication(user, token.secret())
                .build());
        seven = redisAccepts("+get (+set ~x) %R~a");
    }

    @AfterAll
    static void stop() {
        client.shutdown();
        redis.close();
    }

    /** What the grammar accepts, Redis accepts; what it refuses, Redis refuses, or it is refused for a reason of our own. */
    @Test
    void agreesWithRedisOnWhatIsARule() {
        Random random = new Random(20261128);
        int refused = 0;
        for (int i = 0; i < RULES; i++) {
            String rule = rule(random, true);
            Optional<String> flaw = AccessString.flaw(rule);
            boolean accepted = redisAccepts(rule);
            refused += flaw.isPresent() ? 1 : 0;
            boolean ours = flaw.filter(AccessStringAgainstRedisTest::isStricterThanRedis)
                    .isPresent();
            assertThat(accepted).as("`%s`: %s", rule, flaw).isEqualTo(flaw.isEmpty() || ours && accepted);
        }
        assertThat(refused).isBetween(RULES / 10, RULES * 9 / 10);
    }

    /** What the operator refuses although Redis does not: it gives nothing, or Azure or a person reads it differently. */
    private static boolean isStricterThanRedis(String flaw) {
        return flaw.contains("allows no command")
                || flaw.contains("and no key")
                || flaw.contains("must have a pattern")
                || flaw.contains("a login requires");
    }

    /** Each probe and each key: the same verdict as that of the server, for the user that has the rule. */
    @Test
    void agreesWithRedisOnWhatARuleAllows() {
        Random random = new Random(42);
        List<String> keys = List.of("shop:1", "abc", "s", "{x}:1", "shop:*", "cart", "a:shop", "zz");
        int compared = 0;
        int allowed = 0;
        while (compared < RULES) {
            String text = rule(random, false);
            Optional<AccessString> rule = AccessString.of(text);
            if (rule.isEmpty()) {
                continue;
            }
            redis.front.grant(user, text);
            for (int i = 0; i < 6; i++) {
                ProbeCommand command = ProbeCommand.values()[random.nextInt(ProbeCommand.values().length)];
                String key = keys.get(random.nextInt(keys.size()));
                boolean expected = rule.get().allows(command, key);
                assertThat(redisAllows(command, key))
                        .as("`%s`: %s %s", text, command, key)
                        .isEqualTo(expected);
                allowed += expected ? 1 : 0;
                compared++;
            }
        }
        assertThat(allowed).isBetween(RULES / 10, RULES * 9 / 10);
    }

    /** The probes that a rule derives get the answers that they predict, and leave no key. */
    @Test
    void probesAreAnsweredAsPredictedAndLeaveNothing() {
        Random random = new Random(7);
        int probes = 0;
        for (int i = 0; i < 300; i++) {
            String text = rule(random, false);
            Optional<AccessString> rule = AccessString.of(text);
            if (rule.isEmpty()) {
                continue;
            }
            redis.front.grant(user, text);
            for (Probe probe : rule.get().probes(() -> UUID.randomUUID().toString())) {
                assertThat(redisAllows(probe.command(), probe.key()))
                        .as("`%s`: %s %s", text, probe, probe.key())
                        .isEqualTo(probe.allowed());
                probes++;
            }
        }
        assertThat(probes).isGreaterThan(300);
        redis.front.grant(user, "+@all ~*");
        for (ProbeCommand command : ProbeCommand.values()) {
            assertThat(redisAllows(command, UUID.randomUUID().toString()))
                    .as(command.name())
                    .isTrue();
        }
        assertThat(connection.sync().dbsize()).isZero();
    }

    private static String rule(Random random, boolean faulty) {
        List<String> words = words(random, faulty);
        if (seven && random.nextInt(4) == 0) {
            List<String> selector = words(random, faulty);
            String text = String.join(" ", selector);
            words.add(
                    random.nextInt(words.size() + 1), faulty && random.nextInt(5) == 0 ? "(" + text : "(" + text + ")");
        }
        return String.join(" ", words);
    }

    private static List<String> words(Random random, boolean faulty) {
        List<String> words = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            words.add(word(random, faulty));
        }
        if (random.nextInt(3) > 0) {
            words.add("~" + any(PATTERNS, random));
        }
        return words;
    }

    private static String word(Random random, boolean faulty) {
        String sign = random.nextInt(4) == 0 ? "-" : "+";
        return switch (random.nextInt(faulty ? 12 : 8)) {
            case 0, 1, 2 -> sign + "@" + any(CATEGORIES.subList(0, CATEGORIES.size() - (faulty ? 0 : 1)), random);
            case 3, 4 -> sign + command(random, faulty, sign);
            case 5 -> "~" + any(PATTERNS, random);
            case 6 -> seven ? any(List.of("%R~", "%W~", "%RW~"), random) + any(PATTERNS, random) : "~cart*";
            case 7 -> any(List.of("allkeys", "resetkeys", "allcommands", "nocommands", "&*", "&shop"), random);
            case 8 -> seven ? any(List.of("%~x", "%RR~x", "%X~x"), random) : "+";
            case 9 -> any(List.of("on", "reset", "nopass", ">secret", "wat", "-hello", "+@"), random);
            case 10 -> any(List.of("resetchannels", "allchannels", "&a*"), random);
            default -> "+";
        };
    }

    /** Before Redis 7, a single subcommand can't be denied. */
    private static String command(Random random, boolean faulty, String sign) {
        String command = any(COMMANDS, random);
        boolean third = command.equals("get|a|b") && !faulty;
        boolean sub = command.contains("|") && !seven;
        return third || sub ? "get" : command;
    }

    private static <T> T any(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static boolean redisAccepts(String rule) {
        try {
            redis.front.grant("verdict", rule);
            return true;
        } catch (InvalidAccessStringException refused) {
            return false;
        }
    }

    private static boolean redisAllows(ProbeCommand command, String key) {
        CommandArgs<String, String> arguments = new CommandArgs<>(StringCodec.UTF8);
        command.arguments(key).forEach(arguments::add);
        try {
            connection
                    .async()
                    .dispatch(CommandType.valueOf(command.name()), new NestedMultiOutput<>(StringCodec.UTF8), arguments)
                    .toCompletableFuture()
                    .join();
            return true;
        } catch (java.util.concurrent.CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(RedisCommandExecutionException.class);
            if (e.getCause().getMessage().startsWith("NOPERM")) {
                return false;
            }
            throw e;
        }
    }
}
