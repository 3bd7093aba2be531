package dev.redisaccess.operator;

import dev.redisaccess.operator.config.InvalidConfiguration;
import dev.redisaccess.operator.config.OperatorConfig;
import dev.redisaccess.operator.http.ProxyRules;
import dev.redisaccess.operator.kubernetes.KubernetesConnection;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the operator, and stops it in order on SIGTERM. */
public final class Main {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    /** The configuration is invalid: nothing was started. */
    static final int EXIT_CONFIGURATION = 2;

    /** The start failed, or the Lease was lost. */
    static final int EXIT_FAILURE = 1;

    private Main() {}

    public static void main(String[] args) {
        AtomicBoolean stopping = new AtomicBoolean();
        try {
            OperatorConfig config = OperatorConfig.from(System.getenv());
            if (OutsideSystems.proxy(config).credentials().isPresent()) {
                // Before the first HTTP client is built: it is read once.
                System.setProperty(ProxyRules.DISABLED_SCHEMES, System.getProperty(ProxyRules.DISABLED_SCHEMES, ""));
            }
            // Concurrently with the clients of Azure and Redis: each half loads two thousand classes, and there may
            // be two processors.
            var kubernetes = CompletableFuture.supplyAsync(
                    () -> connection(config), task -> new Thread(task, "kubernetes").start());
            var refused = kubernetes.thenApply(Main::tooOld);
            OperatorRuntime runtime = OperatorRuntime.create(
                    config,
                    () -> {
                        refused.join().ifPresent(refusal -> halt(stopping, logged(refusal)));
                        return kubernetes.join();
                    },
                    () -> lost(stopping));
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                stopping.set(true);
                                runtime.close();
                            },
                            "stop"));
            runtime.start();
        } catch (InvalidConfiguration wrong) {
            LOG.error("Invalid configuration: {}", wrong.getMessage());
            halt(stopping, EXIT_CONFIGURATION);
        } catch (Exception failed) {
            // The framework's threads would keep the process alive.
            halt(stopping, logged(failed));
        }
    }

    private static KubernetesClient connection(OperatorConfig config) {
        KubernetesClient kubernetes = KubernetesConnection.builder(
                        KubernetesConnection.through(OutsideSystems.proxy(config), Config.autoConfigure(null)))
                .build();
        LOG.info(
                "Starting version {} on Java {}, replica {}; Kubernetes at {}, Azure at {}",
                OperatorRuntime.VERSION,
                Runtime.version().feature(),
                config.lease().identity(),
                kubernetes.getMasterUrl(),
                config.azure().resourceManager());
        return kubernetes;
    }

    /** Logs why the start failed, with a stack trace only if the cause is not one of {@link StartFailure}. Returns the exit code. */
    private static int logged(Exception failed) {
        Optional<StartFailure> refusal = StartFailure.of(failed);
        if (refusal.isEmpty()) {
            LOG.error("The operator could not start", failed);
            return EXIT_FAILURE;
        }
        LOG.debug("The refusal", failed);
        return logged(refusal.get());
    }

    private static int logged(StartFailure refusal) {
        LOG.error("The operator could not start. {}", refusal.sentence());
        return refusal.exitCode();
    }

    /** A server that does not report its version may be new enough: what it lacks is found when it is used. */
    private static Optional<StartFailure> tooOld(KubernetesClient kubernetes) {
        try {
            return Optional.ofNullable(kubernetes.getKubernetesVersion())
                    .flatMap(version -> StartFailure.tooOld(version.getMajor(), version.getMinor()));
        } catch (KubernetesClientException unknown) {
            LOG.debug("The API server does not report its version", unknown);
            return Optional.empty();
        }
    }

    /** Another replica leads by now: further work of this one would be done twice. */
    private static void lost(AtomicBoolean stopping) {
        if (!stopping.get()) {
            LOG.error("The Lease was lost: this replica ends, and restarts as a standby");
            halt(stopping, EXIT_FAILURE);
        }
    }

    private static void halt(AtomicBoolean stopping, int status) {
        stopping.set(true);
        Runtime.getRuntime().halt(status);
    }
}
