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

/** One verification: DNS, connection and login, commands, shards, all before one deadline. */
final class VerificationRun {

    private static final Pattern VERSION = Pattern.compile("(?m)^redis_version:([0-9A-Za-z.+_-]{1,32})");

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
            return verify(policy, token);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Result.failed(
                    Problem.of(Reason.LOGIN_FAILED, "The verification was interrupted: the operator is stopping."));
        } catch (TimeoutException e) {
            return Result.failed(failures().ofDeadline(phase));
        } catch (ExecutionException e) {
            return Result.failed(failures().of(e.getCause(), phase));
        } catch (RuntimeException e) {
            // Lettuce throws some failures that it otherwise returns as futures; none of them may end a pass.
            return Result.failed(failures().of(e, phase));
        }
    }

    private Result<Login> verify(ClusteringPolicy policy, WorkloadToken token)
            throws ExecutionException, TimeoutException, InterruptedException {
        long start = System.nanoTime();
        InetAddress address = dns.resolve(endpoint.host(), endpoint.port(), deadline);
        resolved = Optional.of(HostResolver.describe(address));
        RedisLogin login = new RedisLogin(token, address, endpoint.port());
        StatefulRedisConnection<String, String> connection = connect(login);
        try {
            long authenticated = System.nanoTime();
            phase = Phase.COMMAND;
            RedisAsyncCommands<String, String> redis = connection.async();
            String user = await(redis.aclWhoami());
            Optional<Problem> mismatch = mismatch(user, token);
            if (mismatch.isPresent()) {
                return Result.failed(mismatch.get());
            }
            await(redis.ping());
            Duration command = Duration.ofNanos(System.nanoTime() - authenticated);
            if (policy == ClusteringPolicy.OSSCluster) {
                Optional<Problem> unreachable = unreachable(redis, address);
                if (unreachable.isPresent()) {
                    return Result.failed(unreachable.get());
                }
            }
            Duration connect = Duration.ofNanos(login.securedNanos() - start);
            Duration authenticate = Duration.ofNanos(authenticated - login.securedNanos());
            return Result.ok(new Login(user, version(redis), connect, authenticate, command));
        } finally {
            connection.closeAsync();
        }
    }

    private StatefulRedisConnection<String, String> connect(RedisLogin login)
            throws ExecutionException, TimeoutException, InterruptedException {
        RedisURI uri = RedisURI.builder()
                .withHost(endpoint.host())
                .withPort(endpoint.port())
                .withSsl(true)
                .withVerifyPeer(SslVerifyMode.FULL)
                .withAuthentication(login)
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
            phase = login.phase();
            login.clearCredentials();
            if (!connected) {
                // A connection that is established later has no owner.
                connecting.thenAccept(StatefulRedisConnection::closeAsync);
                login.close();
            }
        }
    }

    private Optional<Problem> mismatch(String user, WorkloadToken token) {
        String expected = token.principal().objectId().value();
        return expected.equalsIgnoreCase(user)
                ? Optional.empty()
                : Optional.of(Problem.of(
                        Reason.USER_MISMATCH,
                        "Redis at `" + endpoint + "` accepted the login of `" + expected + "`, but reports the user `"
                                + RedisFailures.quote(String.valueOf(user)) + "`."));
    }

    private Optional<Problem> unreachable(RedisAsyncCommands<String, String> redis, InetAddress address)
            throws ExecutionException, TimeoutException, InterruptedException {
        SortedSet<Integer> ports = ShardReachability.ports(await(redis.clusterSlots()));
        ports.remove(endpoint.port());
        SortedMap<Integer, Throwable> failed = shards.unreachable(address, ports, deadline);
        if (failed.isEmpty()) {
            return Optional.empty();
        }
        String each = failed.entrySet().stream()
                .map(port -> port.getKey() + " (" + reason(port.getValue()).text() + ")")
                .collect(Collectors.joining(", "));
        return Optional.of(Problem.of(
                Reason.SHARDS_UNREACHABLE,
                "Redis at `" + endpoint + "`: the login works, but " + failed.size() + " of " + ports.size()
                        + " shard ports can't be reached: " + each + ". Open the ports 8500 to 8599, in addition to "
                        + endpoint.port() + ", in egress policies and firewalls."));
    }

    private Reason reason(Throwable failure) {
        return failure instanceof TimeoutException
                ? Phase.TCP.timeoutReason()
                : failures().of(failure, Phase.TLS).reason();
    }

    /** For information only: a user that may not call INFO has a valid login all the same. */
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
