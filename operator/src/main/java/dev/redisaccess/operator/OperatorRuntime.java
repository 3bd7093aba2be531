package dev.redisaccess.operator;

import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.OperatorIdentity;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import dev.redisaccess.operator.binding.TenantId;
import dev.redisaccess.operator.config.OperatorConfig;
import dev.redisaccess.operator.controller.Controllers;
import dev.redisaccess.operator.controller.HeldLease;
import dev.redisaccess.operator.controller.InformerClusterView;
import dev.redisaccess.operator.controller.RedisAccessBindingReconciler;
import dev.redisaccess.operator.controller.RedisDatabaseReconciler;
import dev.redisaccess.operator.controller.pass.BindingMemoryStore;
import dev.redisaccess.operator.controller.pass.BindingPass;
import dev.redisaccess.operator.controller.pass.IdentificationStep;
import dev.redisaccess.operator.controller.pass.Peers;
import dev.redisaccess.operator.controller.pass.PublishStep;
import dev.redisaccess.operator.controller.pass.RevocationPass;
import dev.redisaccess.operator.controller.pass.Revoker;
import dev.redisaccess.operator.controller.pass.ServiceBindingStep;
import dev.redisaccess.operator.controller.pass.VerificationStep;
import dev.redisaccess.operator.controller.pass.WorkLimits;
import dev.redisaccess.operator.controller.pass.WorkRunner;
import dev.redisaccess.operator.publish.ConfigMapLookup;
import dev.redisaccess.operator.publish.ConfigMapPublisher;
import dev.redisaccess.operator.publish.SecretServiceBindingPublisher;
import dev.redisaccess.operator.telemetry.HealthServer;
import dev.redisaccess.operator.telemetry.KubernetesEvents;
import dev.redisaccess.operator.telemetry.Metrics;
import dev.redisaccess.operator.telemetry.MetricsServer;
import dev.redisaccess.operator.telemetry.Transitions;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.lettuce.core.resource.ClientResources;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Builds every object of the operator once, starts them in order and stops them in the opposite one. What talks to the
 * outside is handed in ({@link OutsideSystems}), so that tests run all the rest with fakes.
 */
public final class OperatorRuntime implements AutoCloseable {

    private final OperatorConfig config;
    private final OutsideSystems outside;
    private final PrometheusMeterRegistry meters;
    private final ExecutorService verifications;
    private final ExecutorService events;
    private final Controllers framework;
    private HealthServer health;
    private MetricsServer scraped;

    private OperatorRuntime(
            OperatorConfig config,
            OutsideSystems outside,
            PrometheusMeterRegistry meters,
            ExecutorService verifications,
            ExecutorService events,
            Controllers framework) {
        this.config = config;
        this.outside = outside;
        this.meters = meters;
        this.verifications = verifications;
        this.events = events;
        this.framework = framework;
    }

    /**
     * The operator as it runs in production.
     *
     * @param kubernetes asked once, when all else that talks to the outside is built; closed with the runtime
     * @param lost called when this replica led and no longer does
     * @throws dev.redisaccess.operator.config.InvalidConfiguration if the CA bundle can't be used
     */
    public static OperatorRuntime create(OperatorConfig config, Supplier<KubernetesClient> kubernetes, Runnable lost) {
        return create(config, kubernetes, lost, ClientResources.builder());
    }

    /**
     * The same, with more said about the Redis client: tests bring their own DNS.
     *
     * @param redis what that client is built on
     */
    public static OperatorRuntime create(
            OperatorConfig config,
            Supplier<KubernetesClient> kubernetes,
            Runnable lost,
            ClientResources.Builder redis) {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        return create(config, OutsideSystems.connect(config, kubernetes, new Metrics(meters), redis), meters, lost);
    }

    /** The operator over whatever stands for the outside. */
    static OperatorRuntime create(
            OperatorConfig config, OutsideSystems outside, PrometheusMeterRegistry meters, Runnable lost) {
        Clock clock = Clock.systemUTC();
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        WorkLimits limits = WorkLimits.of(config.verificationConcurrency());
        ExecutorService verifications = Threads.bounded("verify", limits.threads());
        ExecutorService events = Threads.bounded("events", 1);
        KubernetesClient client = outside.kubernetes();
        var metrics = new Metrics(meters);
        var transitions = new Transitions(
                new KubernetesEvents(client, events, clock, config.lease().identity()), metrics);

        var cluster = new InformerClusterView();
        var memories = new BindingMemoryStore();
        var peers = new Peers(cluster, memories);
        // The reconciler is woken by what it hands work to: the one knot in this graph.
        var wake = new AtomicReference<RedisAccessBindingReconciler>();
        var revoker = new Revoker(outside.azure(), peers, memories, outside.mark(), key -> wake.get()
                .wake(key));
        OperatorIdentity operator = identity(config);
        var workRunner = new WorkRunner(
                outside.tokens(),
                outside.verifier(),
                verifications,
                limits,
                operator,
                clock,
                random,
                new MeteredVerifications(metrics),
                key -> wake.get().wake(key));
        var identification = new IdentificationStep(cluster, workRunner, operator, clock, random);
        var verification = new VerificationStep(outside.azure(), workRunner, clock, random);
        var publishing = new PublishStep(
                new ConfigMapPublisher(client, published(cluster)),
                new ServiceBindingStep(new SecretServiceBindingPublisher(client)),
                config.azure().redisScope());
        var pass = new BindingPass(
                cluster,
                outside.azure(),
                peers,
                revoker,
                memories,
                identification,
                verification,
                publishing,
                outside.mark(),
                clock);
        var bindings = new RedisAccessBindingReconciler(
                pass,
                new RevocationPass(cluster, revoker, identification, memories, clock),
                memories,
                peers,
                cluster,
                transitions,
                clock);
        wake.set(bindings);
        var databases =
                new RedisDatabaseReconciler(outside.azure(), cluster, peers, outside.mark(), transitions, clock);
        outside.azure().listen((database, concerned) -> {
            databases.wake(database);
            bindings.wake(database, concerned);
        });
        return new OperatorRuntime(
                config,
                outside,
                meters,
                verifications,
                events,
                new Controllers(client, config, databases, bindings, lost));
    }

    private static OperatorIdentity identity(OperatorConfig config) {
        return new OperatorIdentity(
                new TenantId(config.azure().tenantId()),
                config.azure().clientId().map(ClientId::new),
                config.serviceAccount()
                        .map(name -> new ServiceAccountKey(config.lease().namespace(), name)));
    }

    private static ConfigMapLookup published(InformerClusterView cluster) {
        return new ConfigMapLookup() {
            @Override
            public Optional<ConfigMap> find(String namespace, String name) {
                return cluster.configMap(namespace, name);
            }

            @Override
            public Collection<ConfigMap> ownedBy(BindingKey binding) {
                return cluster.configMapsOf(binding);
            }
        };
    }

    /**
     * Answers for its health at once, then syncs, then reconciles when it leads.
     *
     * @throws IOException if the port of health or of metrics is not available
     */
    public void start() throws IOException {
        health = HealthServer.start(config.healthPort(), framework::dead, framework::notReady);
        scraped = MetricsServer.start(config.metricsPort(), meters::scrape);
        framework.start();
    }

    /** Where health is answered. */
    public int healthPort() {
        return health.port();
    }

    /** Where metrics are served. */
    public int metricsPort() {
        return scraped.port();
    }

    /** No new passes, then no new work; what is under way gets some seconds. Then another replica may lead. */
    @Override
    public void close() {
        framework.close();
        verifications.shutdownNow();
        outside.closing().run();
        new HeldLease(outside.kubernetes(), config.lease()).release();
        events.shutdown();
        if (scraped != null) {
            scraped.close();
        }
        if (health != null) {
            health.close();
        }
        outside.kubernetes().close();
    }
}
