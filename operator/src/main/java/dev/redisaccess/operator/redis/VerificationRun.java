package dev.redisaccess.operator.redis;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.WorkloadToken;
import dev.redisaccess.operator.binding.port.Deadline;
import dev.redisaccess.operator.binding.port.Verifier.Login;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One check: DNS, connection and login, commands, shards, all before one deadline. */
final class VerificationRun {

    private static final Pattern VERSION = Pattern.compile("(?m)^redis_version:(\\S{1,32})");

    private final RedisClient client;
    private final HostResolver dns;
    private final ShardReachability shards;
    private final Endpoint endpoint;
    private final Deadline deadline;
    private Phase phase = Phase.DNS;
    private Optional<String> resolved = Optional.empty();

    VerificationRun(
            RedisClient client, HostResolver dns, ShardReachability shards, Endpoint endpoint, Duration timeout) {
        this.client = client;
        this.dns = dns;
        this.shards = shards;
        this.endpoint = endpoint;
        this.deadline = Deadline.after(timeout);
    }

    Result<Login> run(ClusteringPolicy policy, WorkloadToken token) {
        try {
            return login(policy, token);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Result.failed(Problem.of(
                    Reason.LOGIN_FAILED, "The verification was interrupted because the operator is stopping."));
        } catch (TimeoutException e) {
            return Result.failed(failures().ofDeadline(phase));
        } catch (ExecutionException e) {
            return Result.failed(failures().of(e.getCause(), phase));
        } catch (RuntimeException e) {
            // Lettuce throws some failures at the caller that others come back as futures; none of them may end a pass.
            return Result.failed(failures().of(e, phase));
        }
    }

    private Result<Login> login(ClusteringPolicy policy, WorkloadToken token)
            throws ExecutionException, TimeoutException, InterruptedException {
        long start = System.nanoTime();
        InetAddress address = dns.resolve(endpoint.host(), endpoint.port(), deadline);
        resolved = Optional.of(ResolvedHost.describe(address));
        Duration resolving = Duration.ofNanos(System.nanoTime() - start);
        RedisLogin attempt = new RedisLogin(token, address, endpoint.port());
        StatefulRedisConnection<String, String> connection = connect(attempt);
        try {
            Duration authenticate = attempt.sinceSecured();
            phase = Phase.COMMAND;
            return commands(
                    connection.async(),
                    token,
                    policy,
                    address,
                    (user, version, command) ->
                            new Login(user, version, resolving.plus(attempt.untilSecured()), authenticate, command));
        } finally {
            connection.closeAsync();
        }
    }

    private StatefulRedisConnection<String, String> connect(RedisLogin attempt)
            throws ExecutionException, TimeoutException, InterruptedException {
        RedisURI uri = RedisURI.builder()
                .withHost(endpoint.host())
                .withPort(endpoint.port())
                .withSsl(true)
                .withVerifyPeer(SslVerifyMode.FULL)
                .withAuthentication(attempt)
                .withTimeout(deadline.left())
                .build();
        phase = Phase.TCP;
        CompletableFuture<StatefulRedisConnection<String, String>> connecting =
                client.connectAsync(StringCodec.UTF8, uri).toCompletableFuture();
        boolean connected = false;
        try {
            StatefulRedisConnection<String, String> connection = await(connecting);
            connected = true;
            return connection;
        } finally {
            phase = attempt.phase();
            attempt.forget();
            if (!connected) {
                // A connection that stands after all belongs to nobody.
                connecting.thenAccept(StatefulRedisConnection::closeAsync);
                attempt.abandon();
            }
        }
    }

    /** How a login is told, once its commands are through. */
    private interface Told {
        Login login(String user, String version, Duration command);
    }

    private Result<Login> commands(
            RedisAsyncCommands<String, String> redis,
            WorkloadToken token,
            ClusteringPolicy policy,
            InetAddress address,
            Told told)
            throws ExecutionException, TimeoutException, InterruptedException {
        long start = System.nanoTime();
        String user = await(redis.aclWhoami());
        String expected = token.principal().objectId().value();
        if (!expected.equalsIgnoreCase(user)) {
            return Result.failed(Problem.of(
                    Reason.USER_MISMATCH,
                    "`" + endpoint + "` accepted the login of `" + expected + "`, but reports the user as `"
                            + RedisFailures.said(String.valueOf(user))
                            + "`. Report it to the operator's maintainers."));
        }
        await(redis.ping());
        Duration command = Duration.ofNanos(System.nanoTime() - start);
        if (policy == ClusteringPolicy.OSSCluster) {
            Optional<Problem> unreachable = shards(redis, address);
            if (unreachable.isPresent()) {
                return Result.failed(unreachable.get());
            }
        }
        return Result.ok(told.login(user, version(redis), command));
    }

    private Optional<Problem> shards(RedisAsyncCommands<String, String> redis, InetAddress address)
            throws ExecutionException, TimeoutException, InterruptedException {
        SortedSet<Integer> ports = ShardPorts.of(await(redis.clusterSlots()));
        ports.remove(endpoint.port());
        SortedMap<Integer, Throwable> failed = shards.unreachable(endpoint.host(), address, ports, deadline);
        if (failed.isEmpty()) {
            return Optional.empty();
        }
        String each = failed.entrySet().stream()
                .map(port -> port.getKey() + " (" + shardReason(port.getValue()) + ")")
                .collect(Collectors.joining(", "));
        return Optional.of(Problem.of(
                Reason.SHARDS_UNREACHABLE,
                "`" + endpoint + "` accepted the login, but " + failed.size() + " of " + ports.size()
                        + " shard ports cannot be reached: " + each
                        + ". Open the ports 8500 to 8599, in addition to " + endpoint.port()
                        + ", in egress policies and firewalls."));
    }

    private String shardReason(Throwable failure) {
        Problem problem = failure instanceof TimeoutException
                ? failures().ofDeadline(Phase.TCP)
                : failures().of(failure, Phase.TLS);
        return problem.reason().text();
    }

    /** For information only: a user that may not call INFO has a good login all the same. */
    private String version(RedisAsyncCommands<String, String> redis)
            throws ExecutionException, TimeoutException, InterruptedException {
        try {
            Matcher matcher = VERSION.matcher(await(redis.info("server")));
            return matcher.find() ? matcher.group(1) : "";
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RedisCommandExecutionException) {
                return "";
            }
            throw e;
        }
    }

    private <T> T await(CompletionStage<T> stage) throws ExecutionException, TimeoutException, InterruptedException {
        return stage.toCompletableFuture().get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
    }

    private RedisFailures failures() {
        return new RedisFailures(endpoint, resolved);
    }
}
