package dev.redisaccess.operator.redis;

import dev.redisaccess.operator.binding.acl.Probe;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends probes over one login, and over a login to another shard where the slot of a key is there: each shard has its own copy of
 * the access rules. Closes all these connections.
 */
final class RuleProbes implements AutoCloseable {

    private static final Pattern MOVED = Pattern.compile("MOVED \\d{1,5} .*:(\\d{1,5})");

    /** A slot that moves while it is probed is answered by its next owner; more than that is a cluster at odds with itself. */
    private static final int MOST_MOVES = 3;

    /** Logs in to a port of the database. */
    @FunctionalInterface
    interface Shards {
        StatefulRedisConnection<String, String> connect(int port)
                throws ExecutionException, TimeoutException, InterruptedException;
    }

    /** Waits for an answer, at most until the deadline of the verification. */
    @FunctionalInterface
    interface Waiting {
        Object await(CompletionStage<List<Object>> answer)
                throws ExecutionException, TimeoutException, InterruptedException;
    }

    private final StatefulRedisConnection<String, String> main;
    private final Shards shards;
    private final Map<Integer, StatefulRedisConnection<String, String>> byPort = new HashMap<>();

    RuleProbes(StatefulRedisConnection<String, String> main, Shards shards) {
        this.main = main;
        this.shards = shards;
    }

    /** Whether an error is that the user may not do it. */
    static boolean isDenied(Throwable error) {
        return error instanceof RedisCommandExecutionException
                && String.valueOf(error.getMessage()).startsWith("NOPERM");
    }

    /** Whether Redis allows the command. */
    boolean allows(Probe probe, Waiting waiting) throws ExecutionException, TimeoutException, InterruptedException {
        StatefulRedisConnection<String, String> connection = main;
        for (int moves = 0; ; moves++) {
            try {
                waiting.await(send(probe, connection));
                return true;
            } catch (ExecutionException e) {
                String error = String.valueOf(e.getCause().getMessage());
                Matcher moved = MOVED.matcher(error);
                if (isDenied(e.getCause())) {
                    return false;
                } else if (error.startsWith("OOM")) {
                    return true; // A command is denied for lack of memory only after it was allowed.
                } else if (!moved.matches() || moves >= MOST_MOVES) {
                    throw e;
                }
                connection = shard(Integer.parseInt(moved.group(1)));
            }
        }
    }

    private StatefulRedisConnection<String, String> shard(int port)
            throws ExecutionException, TimeoutException, InterruptedException {
        StatefulRedisConnection<String, String> known = byPort.get(port);
        if (known == null) {
            known = shards.connect(port);
            byPort.put(port, known);
        }
        return known;
    }

    private static CompletionStage<List<Object>> send(Probe probe, StatefulRedisConnection<String, String> connection) {
        CommandArgs<String, String> arguments = new CommandArgs<>(StringCodec.UTF8);
        probe.command().arguments(probe.key()).forEach(arguments::add);
        return connection
                .async()
                .dispatch(
                        CommandType.valueOf(probe.command().name()),
                        new NestedMultiOutput<>(StringCodec.UTF8),
                        arguments);
    }

    @Override
    public void close() {
        byPort.values().forEach(StatefulRedisConnection::closeAsync);
        main.closeAsync();
    }
}
