package dev.redisaccess.operator;

import dev.redisaccess.operator.azure.SteadyClock;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.OperatorIdentity;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import dev.redisaccess.operator.binding.TenantId;
import dev.redisaccess.operator.config.OperatorConfig;
import dev.redisaccess.operator.controller.Controllers;
import dev.redisaccess.operator.controller.InformerClusterView;
import dev.redisaccess.operator.controller.RedisAccessBindingReconciler;
import dev.redisaccess.operator.controller.RedisDatabaseReconciler;
import dev.redisaccess.operator.controller.pass.BindingMemoryStore;
import dev.redisaccess.operator.controller.pass.BindingPasses;
import dev.redisaccess.operator.controller.pass.WorkLimits;
import dev.redisaccess.operator.controller.pass.WorkTimer;
import dev.redisaccess.operator.leadership.LeaseHolder;
import dev.redisaccess.operator.publish.AccessReportPublisher;
import dev.redisaccess.operator.publish.ConfigMapPublisher;
import dev.redisaccess.operator.publish.SecretServiceBindingPublisher;
import dev.redisaccess.operator.telemetry.HealthServer;
import dev.redisaccess.operator.telemetry.KubernetesEvents;
import dev.redisaccess.operator.telemetry.Metrics;
import dev.redisaccess.operator.telemetry.MetricsServer;
import dev.redisaccess.operator.telemetry.ObservedState;
import dev.redisaccess.operator.telemetry.ProcessMetrics;
import dev.redisaccess.operator.telemetry.SmallHttpServer;
import dev.redisaccess.operator.telemetry.StateMetrics;
import dev.redisaccess.operator.telemetry.TransitionReporter;
import dev.redisaccess.operator.threads.Threads;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.lettuce.core.resource.ClientResources;
import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Creates every object of the operator once, starts them in order and stops them in the opposite one. The clients of outside
 * systems are parameters ({@link OutsideSystems}), so that tests run everything else with fakes.
 */
public final class OperatorRuntime implements AutoCloseable {

    /** The jar's; classes in a folder have none. */
    static final String VERSION = Optional.ofNullable(
                    OperatorRuntime.class.getPackage().getImplementationVersion())
            .orElse("(unpackaged)");

    private final OperatorConfig config;
    private final OutsideSystems outside;
    private final Metrics metrics;
    private final ExecutorService verifications;
    private final ExecutorService events;
    private final Controllers controllers;
    private SmallHttpServer health;
    private SmallHttpServer scraped;

    private OperatorRuntime(
            OperatorConfig config,
            OutsideSystems outside,
            Metrics metrics,
            ExecutorService verifications,
            ExecutorService events,
            Controllers controllers) {
        this.config = config;
        this.outside = outside;
        this.metrics = metrics;
        this.verifications = verifications;
        this.events = events;
        this.controllers = controllers;
    }

    /**
     * The operator as it runs in production.
     *
     * @param kubernetes called once, when all other clients are created; closed with the runtime
     * @param lost called when this replica led and no longer does
     * @throws dev.redisaccess.operator.config.InvalidConfiguration if the CA bundle can't be used
     */
    public static OperatorRuntime create(OperatorConfig config, Supplier<KubernetesClient> kubernetes, Runnable lost) {
        return create(config, kubernetes, lost, ClientResources.builder());
    }

    /**
     * The same with a Redis client of other resources: tests have a DNS of their own.
     *
     * @param redis the resources of the Redis client
     */
    public static OperatorRuntime create(
            OperatorConfig config,
            Supplier<KubernetesClient> kubernetes,
            Runnable lost,
            ClientResources.Builder redis) {
        var metrics = new Metrics(VERSION);
        return create(config, OutsideSystems.connect(config, kubernetes, metrics, redis), metrics, lost);
    }

    /** The operator over the real systems, or fakes of them. */
    static OperatorRuntime create(OperatorConfig config, OutsideSystems outside, Metrics metrics, Runnable lost) {
        Clock clock = Clock.systemUTC();
        Clock steady = new SteadyClock();
        WorkLimits limits = WorkLimits.of(config.verificationConcurrency());
        ExecutorService verifications = Threads.bounded("verify", limits.threads());
        ExecutorService events = Threads.bounded("events", 1);
        var kubernetesEvents = new KubernetesEvents(
                outside.kubernetes(), events, clock, config.lease().identity());
        var transitions = new TransitionReporter(kubernetesEvents, metrics, outside.telemetry(), clock);

        var settings = new BindingPasses.Settings(
                identity(config),
                outside.mark(),
                limits,
                config.azure().redisScope(),
                config.azure().tokenProxy().isPresent());
        var execution = new BindingPasses.Execution(
                verifications,
                WorkTimer.of(verifications),
                clock,
                steady,
                () -> ThreadLocalRandom.current().nextLong(),
                outside.telemetry());
        var cluster = new InformerClusterView(config.watchNamespaces().isEmpty());
        var bindings = new RedisAccessBindingReconciler(
                wake -> BindingPasses.compose(
                        systems(outside, cluster), settings, execution, new BindingMemoryStore(), wake),
                cluster,
                transitions,
                clock);
        var databases = new RedisDatabaseReconciler(
                outside.azure(),
                cluster,
                bindings.peers(),
                outside.mark(),
                cache -> new AccessReportPublisher(outside.kubernetes(), cache),
                transitions,
                clock,
                steady);
        bindings.listen(databases::bindingChanged);
        outside.azure().listen((database, concerned) -> {
            databases.wake(database);
            bindings.wake(database, concerned);
        });
        var controllers = new Controllers(outside.kubernetes(), config, databases, bindings, lost);
        metrics.add(new ProcessMetrics());
        metrics.add(new StateMetrics(
                new ObservedState(
                        controllers::isLeading,
                        new ObservedState.Objects(bindings::stored, databases::stored),
                        bindings::load,
                        outside.azure()::load,
                        new ObservedState.Certificates(outside.trust()::bundleExpiry, outside.trust()::serverExpiries)),
                clock));
        return new OperatorRuntime(config, outside, metrics, verifications, events, controllers);
    }

    private static BindingPasses.Outside systems(OutsideSystems outside, InformerClusterView cluster) {
        return new BindingPasses.Outside(
                cluster,
                outside.azure(),
                outside.tokens(),
                outside.verifier(),
                new ConfigMapPublisher(outside.kubernetes(), published(cluster)),
                new SecretServiceBindingPublisher(outside.kubernetes()));
    }

    private static OperatorIdentity identity(OperatorConfig config) {
        return new OperatorIdentity(
                new TenantId(config.azure().tenantId()),
                config.azure().clientId().map(ClientId::new),
                config.serviceAccount()
                        .map(name -> new ServiceAccountKey(config.lease().namespace(), name)));
    }

    private static ConfigMapPublisher.Cache published(InformerClusterView cluster) {
        return new ConfigMapPublisher.Cache() {
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
     * Serves health at once, then syncs, then reconciles when it leads.
     *
     * @throws IOException if the port of health or of metrics is not available
     */
    public void start() throws IOException {
        health = HealthServer.start(config.healthPort(), controllers::dead, controllers::notReady);
        scraped = MetricsServer.start(config.metricsPort(), metrics::text);
        controllers.start();
    }

    /** The port of health. */
    public int healthPort() {
        return health.port();
    }

    /** The port of metrics. */
    public int metricsPort() {
        return scraped.port();
    }

    /** Stops passes, then work; both get some seconds to end. Then releases the Lease. */
    @Override
    public void close() {
        controllers.close();
        verifications.shutdownNow();
        outside.closing().run();
        new LeaseHolder(outside.kubernetes(), config.lease()).release();
        events.shutdown();
        outside.flushing().run();
        if (scraped != null) {
            scraped.close();
        }
        if (health != null) {
            health.close();
        }
        outside.kubernetes().close();
    }
}
