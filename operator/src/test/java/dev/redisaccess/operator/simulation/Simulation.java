package dev.redisaccess.operator.simulation;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.azure.DrivenAccess;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.Identification;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.OperatorIdentity;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.TenantId;
import dev.redisaccess.operator.binding.WorkloadToken;
import dev.redisaccess.operator.binding.port.Telemetry;
import dev.redisaccess.operator.binding.port.Verifier;
import dev.redisaccess.operator.controller.pass.BindingMemoryStore;
import dev.redisaccess.operator.controller.pass.BindingPasses;
import dev.redisaccess.operator.controller.pass.PassResult;
import dev.redisaccess.operator.controller.pass.WorkLimits;
import dev.redisaccess.operator.sequences.ModelPublisher;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The operator's own passes, lanes, queue of work and limits on virtual time. A pass and a call to ARM take no time, an
 * exchange and a login hold one of the threads for {@link #WORK}. All that is random has a fixed seed.
 */
final class Simulation {

    static final Duration WORK = Duration.ofMillis(50);
    private static final int CONCURRENCY = 16;
    private static final OwnerMark MARK = OwnerMark.of("the simulation");
    private static final TenantId TENANT = new TenantId("dddddddd-0000-0000-0000-000000000001");

    private final Clock clock = DrivenAccess.newClock();
    private final Random random = new Random(1);
    final SimulatedCluster cluster = new SimulatedCluster(clock);
    final SimulatedAzure azure;
    private final DrivenAccess driven;
    private final BindingPasses passes;
    private final Map<BindingKey, Instant> due = new HashMap<>();
    private final Map<BindingKey, Instant> applied = new LinkedHashMap<>();
    private final Map<BindingKey, Instant> ready = new HashMap<>();
    private final List<Instant> exchanges = new ArrayList<>();

    /** The workloads whose token Entra refuses. */
    Predicate<BindingKey> refused = key -> false;

    /** @param service see {@link SimulatedAzure} */
    Simulation(Duration service, Duration propagation) {
        azure = new SimulatedAzure(clock, service, propagation);
        driven = DrivenAccess.start(clock, azure, MARK, random);
        passes = BindingPasses.compose(
                new BindingPasses.Outside(
                        cluster,
                        driven.access(),
                        (source, last, timeout) -> token(source),
                        (endpoint, policy, token, rule, timeout) -> login(token.principal()),
                        new ModelPublisher(),
                        new ModelPublisher()),
                new BindingPasses.Settings(
                        new OperatorIdentity(TENANT, Optional.empty(), Optional.empty()),
                        MARK,
                        WorkLimits.of(CONCURRENCY),
                        "scope",
                        false),
                new BindingPasses.Execution(
                        task -> driven.after(WORK, task), driven::after, clock, clock, random, Telemetry.NONE),
                new BindingMemoryStore(),
                key -> schedule(key, Duration.ZERO));
        driven.access().listen((database, concerned) -> passes.peers()
                .concerned(database, concerned)
                .map(BindingKey::of)
                .forEach(key -> schedule(key, Duration.ZERO)));
    }

    /** Databases that admit these namespaces; their first reading has ended. */
    Simulation databases(int count, List<String> namespaces) {
        IntStream.range(0, count).forEach(number -> cluster.register("db" + number, namespaces));
        cluster.registered().forEach(database -> driven.access().watch(database, Duration.ofSeconds(300)));
        pass(Duration.ofSeconds(1));
        azure.reads = 0;
        return this;
    }

    BindingKey apply(String namespace, String database) {
        BindingKey key = cluster.bind(namespace, database);
        applied.put(key, clock.instant());
        schedule(key, Duration.ZERO);
        return key;
    }

    void pass(Duration time) {
        driven.advance(time);
    }

    Instant now() {
        return clock.instant();
    }

    /** Lets time pass until all are Ready, at most so long. */
    void untilReady(Duration most) {
        Instant end = clock.instant().plus(most);
        while (ready.size() < applied.size() && clock.instant().isBefore(end)) {
            pass(Duration.ofSeconds(1));
        }
    }

    int readyCount() {
        return ready.size();
    }

    /** From apply to Ready, of those that are. */
    List<Duration> untilReady() {
        return ready.entrySet().stream()
                .map(each -> Duration.between(applied.get(each.getKey()), each.getValue()))
                .sorted()
                .toList();
    }

    Optional<Duration> untilReady(BindingKey key) {
        return Optional.ofNullable(ready.get(key)).map(at -> Duration.between(applied.get(key), at));
    }

    /** From the end of Azure's change to Ready. */
    List<Duration> fromSucceeded() {
        return ready.entrySet().stream()
                .map(each -> Duration.between(
                        azure.succeededAt(objectId(client(each.getKey()))).orElseThrow(), each.getValue()))
                .sorted()
                .toList();
    }

    List<Instant> exchanges() {
        return exchanges;
    }

    /** As the framework: one pass at a time, and the time of the next one is that of the last pass, or earlier. */
    private void schedule(BindingKey key, Duration delay) {
        Instant at = clock.instant().plus(delay);
        Instant before = due.get(key);
        if (before == null || at.isBefore(before)) {
            due.put(key, at);
            driven.after(delay, () -> {
                if (at.equals(due.get(key))) {
                    reconcile(key);
                }
            });
        }
    }

    private void reconcile(BindingKey key) {
        due.remove(key);
        RedisAccessBinding binding = cluster.bindings.get(key);
        PassResult result = passes.binding().run(binding);
        if (result.write()) {
            binding.setStatus(result.status());
        }
        if (result.findings().get(ConditionType.READY).holds()) {
            ready.putIfAbsent(key, clock.instant());
        }
        result.nextPass().delay(clock.instant()).ifPresent(delay -> schedule(key, delay));
    }

    private Result<WorkloadToken> token(Identification.Source source) {
        exchanges.add(clock.instant());
        BindingKey key = new BindingKey(
                source.serviceAccount().namespace(), source.serviceAccount().name());
        if (refused.test(key)) {
            return Result.failed(Problem.of(Reason.FEDERATION_NOT_MATCHED, "The simulated Entra refuses it."));
        }
        var principal = new Principal(source.clientId(), objectId(source.clientId()), TENANT);
        Instant now = clock.instant();
        return Result.ok(new WorkloadToken(
                "secret",
                new WorkloadToken.Claims(
                        principal, "https://redis.azure.com", now.minusSeconds(60), now.plusSeconds(3600))));
    }

    private Result<Verifier.Login> login(Principal principal) {
        return azure.knows(principal.objectId())
                ? Result.ok(new Verifier.Login(principal.objectId().value(), "7.4.0", WORK, WORK, WORK, ""))
                : Result.failed(Problem.of(Reason.NOT_AUTHORIZED, "WRONGPASS"));
    }

    private static ClientId client(BindingKey key) {
        return new ClientId(SimulatedCluster.clientId(key.name()));
    }

    private static ObjectId objectId(ClientId client) {
        return new ObjectId(client.value().replace('c', 'a'));
    }
}
