package dev.redisaccess.quickstart;

import dev.redisaccess.quickstart.show.Lines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the story takes place on: a cluster with the definitions, a local Azure, and the operator. */
final class Platform {
    private final Stage stage;
    private final Options options;
    private final Examples examples;
    private final ServiceAccountName workload;
    private final LocalAzure azure;
    private Endpoints endpoints;
    private OperatorProgram operator;

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
            return "leader, process " + operator.process().pid();
        });
        progress.sum("platform started", "Kubernetes API, local Azure, operator", Progress.since(before));
    }

    private void prepareCluster() {
        ClusterObjects objects = stage.objects();
        objects.definitions(examples.definitions());
        objects.namespace(OperatorProgram.ACCOUNT.namespace());
        objects.serviceAccount(OperatorProgram.ACCOUNT);
        objects.namespace(examples.namespace());
    }

    private LocalAzure.Trust trust() {
        Path keys = stage.directory().resolve("jwks.json");
        try {
            Files.writeString(keys, stage.cluster().keys());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new LocalAzure.Trust(stage.cluster().issuer(), keys, workload, OperatorProgram.ACCOUNT);
    }

    private void startOperator() {
        OperatorProgram.Identity identity = new OperatorProgram.Identity(
                azure.operatorClientId(), azure.tenantId(), stage.tokens().file(OperatorProgram.ACCOUNT));
        operator = OperatorProgram.start(
                stage.programs(), options.jars().operator(), stage.cluster(), endpoints, identity);
        operator.awaitLeadership(stage.cluster().client());
    }

    Endpoints endpoints() {
        return endpoints;
    }

    OperatorProgram operator() {
        return operator;
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

    /** How long a person is told that Azure takes. */
    String pace() {
        return options.timing() == Options.Timing.recorded
                ? "durations as recorded from Azure (" + Lines.seconds(java.time.Duration.ofMillis(8700))
                        + " for a grant)"
                : "short durations; --timing recorded takes as long as Azure";
    }
}
