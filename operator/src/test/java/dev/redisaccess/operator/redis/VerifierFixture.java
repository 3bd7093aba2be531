package dev.redisaccess.operator.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.redis.FrontOptions;
import dev.redisaccess.emulator.redis.LoginPolicy;
import dev.redisaccess.emulator.redis.RedisFront;
import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.TenantId;
import dev.redisaccess.operator.binding.WorkloadToken;
import dev.redisaccess.operator.binding.acl.AccessString;
import dev.redisaccess.operator.binding.port.Verifier.Login;
import dev.redisaccess.operator.tls.TestAuthority;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A front with a real redis-server behind it, and the verifier that is tested against it. */
final class VerifierFixture implements AutoCloseable {

    static final String HOST = "localhost";
    static final Duration PATIENCE = Duration.ofSeconds(30);

    final TestAuthority authority = new TestAuthority();
    final RedisFront front;
    final LettuceVerifier verifier;
    private final ClusteringPolicy policy;
    private final Map<String, String> users = new ConcurrentHashMap<>();

    VerifierFixture(Path directory, ClusteringPolicy policy) {
        this.policy = policy;
        FrontOptions options = new FrontOptions(
                "orders",
                "127.0.0.1",
                0,
                HOST,
                dev.redisaccess.emulator.redis.ClusteringPolicy.valueOf(policy.name()),
                3,
                authority.serverFor(HOST),
                false,
                directory);
        front = RedisFront.start(options, this::login, Clock.systemUTC());
        verifier = new LettuceVerifier(authority.trusted(directory));
    }

    /** A login with a token is the user that it was issued for. */
    private LoginPolicy.Login login(String user, String password) {
        String objectId = users.get(password);
        return objectId == null
                ? new LoginPolicy.Refused("not issued")
                : new LoginPolicy.Accepted(objectId, Instant.now().plusSeconds(3600));
    }

    /** A token that no Redis accepts. */
    static WorkloadToken strangersToken() {
        Principal principal = new Principal(
                new ClientId(UUID.randomUUID().toString()),
                new ObjectId(UUID.randomUUID().toString()),
                new TenantId(UUID.randomUUID().toString()));
        // As long as a real one, and shaped like it.
        String secret = "eyJ" + UUID.randomUUID().toString().replace("-", "").repeat(50) + ".c." + UUID.randomUUID();
        return new WorkloadToken(
                secret,
                new WorkloadToken.Claims(
                        principal,
                        "https://redis.azure.com",
                        Instant.now(),
                        Instant.now().plusSeconds(3600)));
    }

    /** A token of a principal with this access string. */
    WorkloadToken token(String accessString) {
        WorkloadToken token = strangersToken();
        String objectId = token.principal().objectId().value();
        users.put(token.secret(), objectId);
        front.grant(objectId, accessString);
        return token;
    }

    WorkloadToken token() {
        return token("+@all ~*");
    }

    /** Admits a token as another user. */
    void becomes(WorkloadToken token, ObjectId other) {
        users.put(token.secret(), other.value());
    }

    Endpoint endpoint() {
        return new Endpoint(HOST, front.port());
    }

    Result<Login> run(WorkloadToken token, Duration timeout) {
        return verifier.verify(endpoint(), policy, token, Optional.empty(), timeout);
    }

    Result<Login> run(WorkloadToken token, String rule) {
        return verifier.verify(endpoint(), policy, token, AccessString.of(rule), PATIENCE);
    }

    Login succeeds(WorkloadToken token) {
        Result<Login> result = run(token, PATIENCE);
        assertThat(result).isInstanceOf(Result.Ok.class);
        return ((Result.Ok<Login>) result).value();
    }

    Problem fails(WorkloadToken token, Duration timeout) {
        return problem(run(token, timeout), token);
    }

    Problem fails(WorkloadToken token) {
        return fails(token, PATIENCE);
    }

    /** The problem, which never holds the token. */
    static Problem problem(Result<Login> result, WorkloadToken token) {
        assertThat(result).isInstanceOf(Result.Failed.class);
        Problem problem = ((Result.Failed<Login>) result).problem();
        assertThat(problem.message())
                .doesNotContain(token.secret())
                .doesNotContain("****")
                .doesNotContain("\n");
        return problem;
    }

    @Override
    public void close() {
        verifier.close();
        front.close();
    }
}
