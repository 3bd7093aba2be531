package dev.redisaccess.operator.controller;

import dev.redisaccess.operator.api.ApiGroup;
import dev.redisaccess.operator.config.OperatorConfig;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The framework with our settings: two controllers, leader election, endless capped retry, and what its health is. */
public final class Controllers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Controllers.class);

    private static final int RECONCILE_THREADS = 16;
    private static final Duration FIRST_RETRY = Duration.ofSeconds(2);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

    /** A pass writes to the API server at most; this is enough to end it, and below the pod's grace period. */
    private static final Duration STOP = Duration.ofSeconds(10);

    /** If every event were lost, each object would still be looked at this often. */
    private static final Duration SAFETY_NET = Duration.ofHours(1);

    private final Operator operator;
    private final AtomicBoolean started = new AtomicBoolean();

    /**
     * @param lost called when this replica led and no longer does
     */
    public Controllers(
            KubernetesClient client,
            OperatorConfig config,
            RedisDatabaseReconciler databases,
            RedisAccessBindingReconciler bindings,
            Runnable lost) {
        operator = new Operator(overrider -> overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withExecutorService(new FairExecutor(RECONCILE_THREADS))
                .withReconciliationTerminationTimeout(STOP)
                .withLeaderElectionConfiguration(leaderElection(config.lease(), lost)));
        operator.register(databases, overrider -> {
            common(overrider, "redisdatabase")
                    .withItemStore(databases.store())
                    .withFinalizer(ApiGroup.NAME + "/in-use");
        });
        operator.register(bindings, overrider -> {
            common(overrider, "redisaccessbinding")
                    .withItemStore(bindings.store())
                    .withFinalizer(ApiGroup.FINALIZER);
            if (!config.watchNamespaces().isEmpty()) {
                overrider.settingNamespaces(config.watchNamespaces());
            }
        });
    }

    private static <P extends HasMetadata> ControllerConfigurationOverrider<P> common(
            ControllerConfigurationOverrider<P> overrider, String name) {
        return overrider
                .withName(name)
                .withFieldManager(ApiGroup.FIELD_MANAGER)
                .withRetry(new GenericRetry()
                        .setInitialInterval(FIRST_RETRY)
                        .setIntervalMultiplier(2)
                        .setMaxInterval(LONGEST_RETRY.toMillis())
                        .withoutMaxAttempts())
                .withReconciliationMaxInterval(SAFETY_NET)
                .withInformerListLimit(BindingInformers.PAGE);
    }

    /**
     * Built this way the framework does not end the process by itself when the Lease is lost, also not from within its own
     * stop, which would never return (java-operator-sdk #3376): {@code lost} decides.
     */
    private static LeaderElectionConfiguration leaderElection(OperatorConfig.Lease lease, Runnable lost) {
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(lease.name())
                .withLeaseNamespace(lease.namespace())
                .withIdentity(lease.identity())
                .withLeaderCallbacks(new LeaderCallbacks(
                        () -> LOG.info("This replica leads"), lost, leader -> LOG.info("The leader is {}", leader)))
                .build();
    }

    /** Syncs the informers, and reconciles from the moment on that this replica leads. */
    public void start() {
        operator.start();
        started.set(true);
    }

    /** What is not ready: nothing has started yet, or an informer has not synced. Standby replicas are ready too. */
    public List<String> notReady() {
        if (!started.get()) {
            return List.of("the informers are starting");
        }
        return informers(informer -> !informer.hasSynced() || !informer.isRunning(), "has not synced");
    }

    /** What only a restart mends: an informer that has ended. A watch that reconnects is no such thing. */
    public List<String> dead() {
        return started.get() ? informers(informer -> !informer.isRunning(), "has ended") : List.of();
    }

    @SuppressWarnings("rawtypes") // the framework answers with raw types
    private List<String> informers(Predicate<InformerHealthIndicator> wrong, String what) {
        List<String> found = new ArrayList<>();
        operator.getRuntimeInfo()
                .unhealthyInformerWrappingEventSourceHealthIndicator()
                .forEach((controller, sources) -> sources.forEach((source, indicator) -> {
                    Map<String, InformerHealthIndicator> informers =
                            ((InformerWrappingEventSourceHealthIndicator<?>) indicator).informerHealthIndicators();
                    if (informers.values().stream().anyMatch(wrong)) {
                        found.add(controller + ": informer " + source + " " + what);
                    }
                }));
        return found;
    }

    @Override
    public void close() {
        operator.stop();
    }
}
