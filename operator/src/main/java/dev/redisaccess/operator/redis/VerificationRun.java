package dev.redisaccess.operator.redis;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.SafeQuote;
import dev.redisaccess.operator.binding.WorkloadToken;
import dev.redisaccess.operator.binding.acl.AccessString;
import dev.redisaccess.operator.binding.acl.Probe;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One verification: DNS, connection and login, commands, shards, all before one deadline. */
final class VerificationRun {

    /** Characters of an access string in a message. */
    private static final int LONGEST_QUOTE = 300;

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

    Result<Login> run(ClusteringPolicy policy, WorkloadToken token, Optional<AccessString> rule) {
        try {
            return verify(policy, token, rule);
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

    private Result<Login> verify(ClusteringPolicy policy, WorkloadToken token, Optional<AccessString> rule)
            throws ExecutionException, TimeoutException, InterruptedException {
        long start = System.nanoTime();
        InetAddress address = dns.resolve(endpoint.host(), endpoint.port(), deadline);
        resolved = Optional.of(HostResolver.describe(address));
        RedisLogin login = new RedisLogin(token, address, endpoint.port());
        StatefulRedisConnection<String, String> connection = connect(login, endpoint.port());
        try (RuleProbes probes = new RuleProbes(connection, port -> shard(token, address, port))) {
            long authenticated = System.nanoTime();
            phase = Phase.COMMAND;
            RedisAsyncCommands<String, String> redis = connection.async();
            Optional<String> user = permitted(redis.aclWhoami(), rule);
            Optional<Problem> mismatch = user.flatMap(name -> mismatch(name, token));
            if (mismatch.isPresent()) {
                return Result.failed(mismatch.get());
            }
            permitted(redis.ping(), rule);
            Duration command = Duration.ofNanos(System.nanoTime() - authenticated);
            List<String> untried = new ArrayList<>();
            if (policy == ClusteringPolicy.OSSCluster) {
                Optional<List<Object>> slots = permitted(redis.clusterSlots(), rule);
                Optional<Problem> unreachable =
                        slots.isPresent() ? unreachable(slots.get(), address) : Optional.empty();
                if (unreachable.isPresent()) {
                    return Result.failed(unreachable.get());
                }
                if (slots.isEmpty()) {
                    untried.add("the ports of the shards, because the profile denies `CLUSTER SLOTS`");
                }
            }
            Duration connect = Duration.ofNanos(login.securedNanos() - start);
            Duration authenticate = Duration.ofNanos(authenticated - login.securedNanos());
            String version = version(redis);
            Result<String> probed = rule.isPresent() ? probed(rule.get(), probes, untried) : Result.ok("");
            return probed.map(text -> new Login(user.orElse(""), version, connect, authenticate, command, text));
        }
    }

    private StatefulRedisConnection<String, String> shard(WorkloadToken token, InetAddress address, int port)
            throws ExecutionException, TimeoutException, InterruptedException {
        StatefulRedisConnection<String, String> connection = connect(new RedisLogin(token, address, port), port);
        phase = Phase.COMMAND;
        return connection;
    }

    /** The answer; empty if the rule of a profile denies the command, which proves the login all the same. */
    private <T> Optional<T> permitted(CompletionStage<T> answer, Optional<AccessString> rule)
            throws ExecutionException, TimeoutException, InterruptedException {
        try {
            return Optional.ofNullable(await(answer));
        } catch (ExecutionException e) {
            if (rule.isPresent() && RuleProbes.isDenied(e.getCause())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Tries what the rule allows and what it does not; the result is what was tried, in words that stay the same. */
    private Result<String> probed(AccessString rule, RuleProbes probes, List<String> untried)
            throws ExecutionException, TimeoutException, InterruptedException {
        List<Probe> allowed = new ArrayList<>();
        List<Probe> denied = new ArrayList<>();
        for (Probe probe :
                rule.probes(() -> Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE))) {
            boolean passed = probes.allows(probe, this::await);
            if (passed != probe.allowed()) {
                return Result.failed(Problem.of(
                        probe.allowed() ? Reason.ALLOWED_COMMAND_DENIED : Reason.DENIED_COMMAND_ALLOWED,
                        "Redis at `" + endpoint + "` " + (passed ? "allows " : "denies ") + probe
                                + ", which the access string `" + SafeQuote.quote(rule.text(), LONGEST_QUOTE) + "` "
                                + (passed ? "does not allow." : "allows.")
                                + " Compare it with the access string of the assignment in Azure."));
            }
            (passed ? allowed : denied).add(probe);
        }
        untried.addAll(rule.unprobed());
        return Result.ok("Redis allowed " + joined(allowed) + ", and denied " + joined(denied) + "."
                + (untried.isEmpty() ? "" : " Not tried: " + String.join(", ", untried) + "."));
    }

    private static String joined(List<Probe> probes) {
        return probes.isEmpty()
                ? "nothing"
                : probes.stream().map(Probe::toString).collect(Collectors.joining(", "));
    }

    private StatefulRedisConnection<String, String> connect(RedisLogin login, int port)
            throws ExecutionException, TimeoutException, InterruptedException {
        RedisURI uri = RedisURI.builder()
                .withHost(endpoint.host())
                .withPort(port)
                .withSsl(true)
                .withVerifyPeer(SslVerifyMode.FULL)
                .withAuthentication(login)
                .withTimeout(deadline.left())
                // Otherwise Lettuce also sends CLIENT SETINFO twice, which a profile may deny: an entry in the ACL log
                // at each verification.
                .withLibraryName("")
                .withLibraryVersion("")
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

    private Optional<Problem> unreachable(List<Object> slots, InetAddress address) throws InterruptedException {
        SortedSet<Integer> ports = ShardReachability.ports(slots);
        if (ports.size() > ShardReachability.MOST_PORTS) {
            return Optional.of(
                    Problem.of(
                            Reason.SHARDS_UNREACHABLE,
                            "Redis at `" + endpoint + "`: the login works, but `CLUSTER SLOTS` names more than "
                                    + ShardReachability.MOST_PORTS
                                    + " ports, of which none was tried. Check that Azure Managed Redis answers at this endpoint."));
        }
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
