package dev.redisaccess.quickstart;

import dev.redisaccess.launcher.ChildProcess;
import dev.redisaccess.launcher.JavaProgram;
import dev.redisaccess.launcher.OperatorEnvironment;
import dev.redisaccess.launcher.OperatorProcess;
import dev.redisaccess.quickstart.show.Lines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The platform of the demonstration: a cluster with the definitions, a local Azure, and the operator. */
final class Platform {
    private static final ServiceAccountName OPERATOR =
            new ServiceAccountName(OperatorEnvironment.NAMESPACE, OperatorEnvironment.SERVICE_ACCOUNT);
    /** A Lease that another operator did not release is free after 15 s. */
    private static final Duration START = Duration.ofSeconds(120);

    private final Stage stage;
    private final Options options;
    private final Examples examples;
    private final ServiceAccountName workload;
    private final LocalAzure azure;
    private Endpoints endpoints;
    private OperatorProcess operator;

    Platform(Stage stage, Options options, Examples examples) {
        this.stage = stage;
        this.options = options;
        this.examples = examples;
        this.workload = new ServiceAccountName(
                examples.namespace(), examples.serviceAccount().getMetadata().getName());
        this.azure = new LocalAzure(examples, stage.directory());
    }

    void raise(Progress progress) {
        long before = System.nanoTime();
        String kubernetes = stage.cluster().isEmbedded() ? "embedded, in this process" : "yours";
        progress.step("Kubernetes API", "definitions", () -> {
            prepareCluster();
            return stage.cluster().url() + " (" + kubernetes + ")";
        });
        progress.step("local Azure", "ARM, Entra ID and Redis start", () -> {
            endpoints = azure.start(stage.programs(), options, trust());
            return "ARM and Entra ID at their own ports, Redis at "
                    + endpoints.redis().address();
        });
        progress.step("operator", "starts and becomes the leader", () -> {
            startOperator();
            return "leader, process " + operator.pid();
        });
        progress.sum("platform started", "Kubernetes API, local Azure, operator", Progress.since(before));
    }

    private void prepareCluster() {
        ClusterObjects objects = stage.objects();
        if (!stage.cluster().isEmbedded()) {
            objects.requireUnused(List.of(OPERATOR.namespace(), examples.namespace()), examples.definitions());
        }
        objects.definitions(examples.definitions());
        objects.namespace(OPERATOR.namespace());
        objects.serviceAccount(OPERATOR);
        objects.namespace(examples.namespace());
        if (options.federation() == Options.Federation.identity_binding) {
            objects.identityBindingUser(workload, examples.clientId());
        }
    }

    private LocalAzure.Trust trust() {
        Path keys = stage.directory().resolve("jwks.json");
        try {
            Files.writeString(keys, stage.cluster().keys());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new LocalAzure.Trust(stage.cluster().issuer(), keys, workload, OPERATOR);
    }

    private void startOperator() {
        Map<String, String> environment = new OperatorEnvironment(
                        new OperatorEnvironment.Azure(endpoints.arm(), endpoints.authority(), endpoints.caFile()),
                        new OperatorEnvironment.Identity(
                                azure.tenantId(),
                                azure.operatorClientId(),
                                stage.tokens().file(OPERATOR)))
                .of("quickstart-" + UUID.randomUUID().toString().substring(0, 8));
        endpoints
                .tokenProxy()
                .ifPresent(proxy -> environment.putAll(Map.of(
                        "AZURE_KUBERNETES_TOKEN_PROXY", proxy.url(),
                        "AZURE_KUBERNETES_SNI_NAME", proxy.serverName(),
                        "AZURE_KUBERNETES_CA_FILE", proxy.caFile())));
        environment.put("KUBECONFIG", stage.cluster().kubeconfig().toString());
        operator = OperatorProcess.start(
                stage.programs(), JavaProgram.small(options.jars().operator()), environment);
        new Patience("operator", START, List.of(operator.process()))
                .until("the operator to hold its Lease", () -> Optional.of(operator)
                        .filter(program -> program.isLeading(stage.cluster().client())));
    }

    Endpoints endpoints() {
        return endpoints;
    }

    ChildProcess operator() {
        return operator.process();
    }

    Path workloadJar() {
        return options.jars().workload();
    }

    ServiceAccountName workload() {
        return workload;
    }

    String tenantId() {
        return azure.tenantId();
    }

    LocalAzure.ToolsPrincipal tools() {
        return azure.tools();
    }

    String subscriptionId() {
        return examples.subscriptionId();
    }

    /** The printed description of Azure's durations. */
    String pace() {
        return options.timing() == Options.Timing.recorded
                ? "durations as recorded from Azure (" + Lines.seconds(Duration.ofMillis(8700)) + " for a grant)"
                : "short durations; --timing recorded takes as long as Azure";
    }
}
