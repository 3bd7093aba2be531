package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.AllowedNamespaces;
import dev.redisaccess.operator.api.DatabaseAccessSpec;
import dev.redisaccess.operator.api.DatabaseReference;
import dev.redisaccess.operator.api.DeletionPolicy;
import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.EnvironmentSpec;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingSpec;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.api.RedisDatabaseSpec;
import dev.redisaccess.operator.api.Retention;
import dev.redisaccess.operator.api.VerificationMode;
import dev.redisaccess.operator.api.VerificationSpec;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.Database;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.OperatorIdentity;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import dev.redisaccess.operator.binding.TenantId;
import dev.redisaccess.operator.binding.WorkloadToken;
import dev.redisaccess.operator.binding.port.EnvironmentPublisher;
import dev.redisaccess.operator.binding.port.ServiceBindingPublisher;
import dev.redisaccess.operator.binding.port.Telemetry;
import dev.redisaccess.operator.binding.port.Verifier;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The passes with everything around them controlled by the test: the clock, the executor of verifications, Azure,
 * Entra, Redis.
 */
final class PassFixture {

    static final String SCOPE = "https://redis.azure.com/.default";
    static final OwnerMark MARK = OwnerMark.of("this installation");
    static final Principal ORDERS = principal(1);
    static final Principal BILLING = principal(2);
    static final OperatorIdentity OPERATOR = new OperatorIdentity(
            ORDERS.tenantId(),
            Optional.of(new ClientId("cccccccc-0000-0000-0000-000000000009")),
            Optional.of(new ServiceAccountKey("shop", "redis-access-operator")));

    final FakeCluster cluster = new FakeCluster();
    final FakeAzure azure = new FakeAzure();
    final BindingMemoryStore memories = new BindingMemoryStore();
    final Deque<Runnable> work = new ArrayDeque<>();
    final List<EnvironmentPublisher.Publication> published = new ArrayList<>();
    final List<String> removed = new ArrayList<>();
    final Set<String> strays = new HashSet<>();
    final Map<BindingKey, ServiceBindingPublisher.Publication> secrets = new HashMap<>();
    final List<BindingKey> woken = new ArrayList<>();
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    /** By how much the machine's clock was set. */
    Duration clockSet = Duration.ZERO;

    int exchanges;
    Result<Principal> entra = Result.ok(ORDERS);
    Result<Verifier.Login> redis = Result.ok(login(ORDERS));
    Result<Boolean> publishing = Result.ok(true);
    Result<Boolean> secretsPublishing = Result.ok(true);

    private final Clock clock = ((InstantSource) () -> now.plus(clockSet)).withZone(ZoneOffset.UTC);
    private final RandomGenerator middle = () -> Long.MIN_VALUE;
    private final BindingPasses passes = BindingPasses.compose(
            new BindingPasses.Outside(
                    cluster,
                    azure,
                    (source, last, timeout) -> token(),
                    (endpoint, policy, token, rule, timeout) -> redis,
                    publisher(),
                    secretPublisher()),
            new BindingPasses.Settings(OPERATOR, MARK, WorkLimits.of(16), SCOPE, false),
            new BindingPasses.Execution(work::add, WorkTimer.of(work::add), clock, () -> now, middle, Telemetry.NONE),
            memories,
            woken::add);
    final BindingsByIdentity peers = passes.peers();

    PassFixture() {
        azure.read = true;
        azure.database =
                Optional.of(new Database(new Endpoint("orders.example", 10000), ClusteringPolicy.NoCluster, false));
        register("orders-cache", new AllowedNamespaces(List.of("shop"), null));
        serviceAccount("orders", ORDERS);
    }

    void register(String name, AllowedNamespaces allowed) {
        register(name, allowed, null);
    }

    void register(String name, AllowedNamespaces allowed, Retention retention) {
        register(name, allowed, retention, null);
    }

    void register(String name, AllowedNamespaces allowed, Retention retention, DatabaseAccessSpec access) {
        var database = new RedisDatabase();
        database.setMetadata(
                new ObjectMetaBuilder().withName(name).withGeneration(1L).build());
        database.setSpec(new RedisDatabaseSpec(
                "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop"
                        + "/providers/Microsoft.Cache/redisEnterprise/orders",
                allowed,
                300,
                retention,
                access));
        cluster.databases.put(name, database);
    }

    void serviceAccount(String name, Principal principal) {
        cluster.serviceAccounts.put(
                new ServiceAccountKey("shop", name),
                new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withUid("uid-" + name)
                        .withAnnotations(Map.of(
                                "azure.workload.identity/client-id",
                                principal.clientId().value()))
                        .endMetadata()
                        .build());
    }

    RedisAccessBinding bind(String name) {
        return bind(name, VerificationMode.WORKLOAD, DeletionPolicy.DELETE, null);
    }

    RedisAccessBinding bind(String name, VerificationMode mode, DeletionPolicy policy, String configMap) {
        var binding = new RedisAccessBinding();
        binding.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace("shop")
                .withUid("uid-" + name)
                .withGeneration(1L)
                .build());
        binding.setSpec(new RedisAccessBindingSpec(
                new DatabaseReference("orders-cache"),
                "orders",
                null,
                null,
                new VerificationSpec(mode, 900, 10),
                new EnvironmentSpec(configMap, null, null, null),
                policy,
                null));
        cluster.bindings.put(new BindingKey("shop", name), binding);
        return binding;
    }

    /** As an edit may make it: the CRD of today refuses a blank, but it is not what keeps or revokes access. */
    static void invalidate(RedisAccessBinding binding) {
        profile(binding, " ");
    }

    static void profile(RedisAccessBinding binding, String profile) {
        RedisAccessBindingSpec spec = binding.getSpec();
        binding.setSpec(new RedisAccessBindingSpec(
                spec.databaseRef(),
                spec.serviceAccountName(),
                spec.clientId(),
                spec.federation(),
                spec.verification(),
                spec.environment(),
                spec.deletionPolicy(),
                profile));
    }

    /** One pass; its status is stored as the API server would. */
    PassResult pass(RedisAccessBinding binding) {
        PassResult report = passes.binding().run(binding);
        binding.setStatus(report.status());
        return report;
    }

    PassResult revoke(RedisAccessBinding binding) {
        binding.getMetadata().setDeletionTimestamp(now.toString());
        PassResult result = passes.revocation().run(binding);
        binding.setStatus(result.status());
        return result;
    }

    /** Runs what passes have started. */
    void work() {
        while (!work.isEmpty()) {
            work.poll().run();
        }
    }

    /** All passes until a binding is Ready. */
    PassResult makeReady(RedisAccessBinding binding) {
        pass(binding);
        work();
        pass(binding);
        if (azure.lanes.containsKey(ORDERS.objectId())) {
            azure.succeed(ORDERS.objectId(), now);
        }
        pass(binding);
        work();
        return pass(binding);
    }

    private Result<WorkloadToken> token() {
        exchanges++;
        return entra.map(principal -> new WorkloadToken(
                "secret",
                new WorkloadToken.Claims(
                        principal, "https://redis.azure.com", now.minusSeconds(60), now.plusSeconds(3600))));
    }

    private EnvironmentPublisher publisher() {
        return new EnvironmentPublisher() {
            @Override
            public Result<Boolean> publish(Publication publication) {
                published.add(publication);
                return publishing;
            }

            @Override
            public boolean isCurrent(Publication publication) {
                return !published.isEmpty()
                        && published.get(published.size() - 1).equals(publication);
            }

            @Override
            public Result<Boolean> remove(Publication publication, String formerName) {
                removed.add(formerName);
                strays.remove(formerName);
                return Result.ok(true);
            }

            @Override
            public Set<String> strays(Publication publication) {
                return Set.copyOf(strays);
            }
        };
    }

    private ServiceBindingPublisher secretPublisher() {
        return new ServiceBindingPublisher() {
            @Override
            public Result<Boolean> publish(Publication publication) {
                if (secretsPublishing instanceof Result.Ok<Boolean>) {
                    secrets.put(publication.binding(), publication);
                }
                return secretsPublishing;
            }

            @Override
            public Result<Boolean> remove(BindingKey binding, String uid) {
                if (secretsPublishing instanceof Result.Ok<Boolean>) {
                    secrets.remove(binding);
                }
                return secretsPublishing;
            }
        };
    }

    static Verifier.Login login(Principal principal) {
        return new Verifier.Login(
                principal.objectId().value(),
                "7.4.0",
                Duration.ofMillis(12),
                Duration.ofMillis(3),
                Duration.ofMillis(2),
                "");
    }

    private static Principal principal(int number) {
        return new Principal(
                new ClientId("cccccccc-0000-0000-0000-00000000000" + number),
                new ObjectId("aaaaaaaa-0000-0000-0000-00000000000" + number),
                new TenantId("dddddddd-0000-0000-0000-000000000001"));
    }
}
