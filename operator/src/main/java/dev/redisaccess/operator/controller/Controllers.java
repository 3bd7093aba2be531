package dev.redisaccess.operator.controller;

import dev.redisaccess.operator.api.ApiGroup;
import dev.redisaccess.operator.config.OperatorConfig;
import dev.redisaccess.operator.threads.FairExecutor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
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

/** The framework, configured: two controllers, leader election, endless retry at growing intervals, health of informers. */
public final class Controllers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Controllers.class);

    private static final int RECONCILE_THREADS = 16;
    private static final Duration FIRST_RETRY = Duration.ofSeconds(2);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

    /** A pass waits for the API server at most; so it ends within this, which is below the pod's grace period. */
    private static final Duration STOP = Duration.ofSeconds(10);

    /** Each object is looked at this often, even if every event were lost. */
    private static final Duration SAFETY_NET = Duration.ofHours(1);

    private final Operator operator;
    private final RedisAccessBindingReconciler bindings;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean leads = new AtomicBoolean();

    /**
     * @param lost called when this replica led and no longer does
     */
    public Controllers(
            KubernetesClient client,
            OperatorConfig config,
            RedisDatabaseReconciler databases,
            RedisAccessBindingReconciler bindings,
            Runnable lost) {
        this.bindings = bindings;
        operator = new Operator(overrider -> overrider
                .withKubernetesClient(client)
                .withResourceCloner(new SharingCloner(client.getKubernetesSerialization()))
                .withCloseClientOnStop(false)
                .withExecutorService(new FairExecutor(RECONCILE_THREADS))
                .withReconciliationTerminationTimeout(STOP)
                .withLeaderElectionConfiguration(leaderElection(config.lease(), leads, lost)));
        operator.register(databases, overrider -> common(overrider, "redisdatabase")
                .withItemStore(databases.stores().create())
                .withFinalizer(ApiGroup.NAME + "/in-use"));
        var ofBindings = common(
                        ControllerConfigurationOverrider.override(
                                operator.getConfigurationService().getConfigurationFor(bindings)),
                        "redisaccessbinding")
                .withFinalizer(ApiGroup.FINALIZER);
        if (!config.watchNamespaces().isEmpty()) {
            ofBindings.settingNamespaces(config.watchNamespaces());
        }
        operator.register(bindings, StorePerInformer.in(ofBindings.build(), bindings.stores()::create));
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
     * With callbacks of ours the framework does not end the process when the Lease is lost, nor from within its own stop, which
     * would never return (java-operator-sdk #3376): {@code lost} decides.
     */
    private static LeaderElectionConfiguration leaderElection(
            OperatorConfig.Lease lease, AtomicBoolean leads, Runnable lost) {
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(lease.name())
                .withLeaseNamespace(lease.namespace())
                .withIdentity(lease.identity())
                .withLeaderCallbacks(new LeaderCallbacks(
                        () -> {
                            leads.set(true);
                            LOG.info("This replica leads");
                        },
                        () -> {
                            leads.set(false);
                            lost.run();
                        },
                        leader -> LOG.info(leader.isEmpty() ? "No replica leads" : "The leader is {}", leader)))
                .build();
    }

    /** Syncs the informers, and reconciles while this replica leads. */
    public void start() {
        // Needed by every informer; the framework's own call has then no effect.
        ConfigurationService framework = operator.getConfigurationService();
        framework.getExecutorServiceManager().start(framework);
        bindings.syncEarly();
        operator.start();
        started.set(true);
    }

    /** Whether this replica leads. */
    public boolean isLeading() {
        return leads.get();
    }

    /** What is not ready: nothing has started yet, or an informer has not synced. Standby replicas are ready also. */
    public List<String> notReady() {
        if (!started.get()) {
            return List.of("the informers are starting");
        }
        return informers(informer -> !informer.hasSynced() || !informer.isRunning(), "has not synced");
    }

    /** What only a restart repairs: an informer that has ended, as opposed to a watch that reconnects. */
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
