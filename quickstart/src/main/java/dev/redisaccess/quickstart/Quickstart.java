package dev.redisaccess.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.quickstart.show.Screen;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The steps: start the platform, register a database, bind, use, renew, revoke. The run fails if a step cannot be verified. */
final class Quickstart {
    private static final Duration DATABASE = Duration.ofSeconds(30);
    private static final Duration BINDING = Duration.ofSeconds(60);
    private static final Duration REMOVAL = Duration.ofSeconds(60);

    private final Options options;
    private final Screen screen;
    private final Clock clock;
    private final Examples examples = Examples.load();

    Quickstart(Options options, Screen screen, Clock clock) {
        this.options = options;
        this.screen = screen;
        this.clock = clock;
    }

    /** Runs the steps. The exit code is 0 only if every step was verified. */
    int run() {
        Progress progress = new Progress(screen);
        Stage stage = Stage.open(options, clock);
        Thread onInterrupt = new Thread(stage::close, "end-quickstart");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try {
            printSteps(stage, progress);
            return 0;
        } catch (StepFailure failure) {
            stage.keepLogs();
            new FailureReport(screen).print(failure, binding(stage), stage.logs());
            return 1;
        } finally {
            stage.close();
        }
    }

    private void printSteps(Stage stage, Progress progress) {
        Platform platform = new Platform(stage, options, examples);
        screen.heading("Platform", platform.pace());
        platform.raise(progress);
        registerDatabase(stage, platform, progress);
        screen.heading(
                "Bind", "kubectl apply -f examples/quickstart/serviceaccount.yaml -f examples/quickstart/binding.yaml");
        JsonNode binding = bind(stage, platform, progress);
        WorkloadScene workload = new WorkloadScene(stage, platform, progress);
        screen.heading("Run a workload", "a JVM of its own, with the ConfigMap and workload identity as environment");
        workload.use(
                binding.path("status").path("environment").path("configMapName").asText());
        revoke(stage, workload, progress);
        progress.summarise();
        if (options.keep()) {
            screen.heading("Bind once more", "so that you can connect");
            bind(stage, platform, progress);
            new KeepRunning(screen, stage, platform).untilInterrupted();
        }
    }

    private void registerDatabase(Stage stage, Platform platform, Progress progress) {
        screen.heading("Register the database", "kubectl apply -f examples/quickstart/database.yaml");
        long applied = System.nanoTime();
        stage.objects().apply(examples.database());
        try (BindingWatch watch = BindingWatch.of(stage.cluster().client(), examples.database())) {
            JsonNode database = new ReadyWait(screen, watch, applied)
                    .until(ReadyWait.patience("database", DATABASE, platform.operator()));
            JsonNode status = database.path("status");
            progress.sum(
                    "database registered",
                    ConditionDetail.endpoint(status) + ", "
                            + status.path("clusteringPolicy").asText() + ", access keys "
                            + status.path("accessKeysAuthentication").asText(),
                    Progress.since(applied));
        }
    }

    private JsonNode bind(Stage stage, Platform platform, Progress progress) {
        long applied = System.nanoTime();
        stage.objects().apply(examples.serviceAccount());
        stage.objects().apply(examples.binding());
        try (BindingWatch watch = BindingWatch.of(stage.cluster().client(), examples.binding())) {
            JsonNode binding = new ReadyWait(screen, watch, applied)
                    .until(ReadyWait.patience("binding", BINDING, platform.operator()));
            progress.sum("binding Ready", "granted, verified, published", Progress.since(applied));
            return binding;
        }
    }

    private void revoke(Stage stage, WorkloadScene workload, Progress progress) {
        screen.heading("Delete the binding", "kubectl delete -f examples/quickstart/binding.yaml");
        long deleted = System.nanoTime();
        progress.step("binding deleted", "Azure removes the assignment", () -> {
            stage.objects().delete(examples.binding());
            new Patience("revocation", REMOVAL, java.util.List.of()).until("the binding to be gone", () -> gone(stage));
            return "its finalizer ended when Azure had removed the assignment";
        });
        progress.step("next login refused", "the workload connects again", workload::refusal);
        progress.sum("access revoked", "the same workload is refused with WRONGPASS", Progress.since(deleted));
    }

    private Optional<Boolean> gone(Stage stage) {
        return stage.objects().exists(examples.binding()) ? Optional.empty() : Optional.of(true);
    }

    private Conditions binding(Stage stage) {
        try {
            return Optional.ofNullable(stage.cluster()
                            .client()
                            .resource(examples.binding())
                            .get())
                    .map(object -> Conditions.of(Examples.tree(object)))
                    .orElse(new Conditions(java.util.List.of()));
        } catch (io.fabric8.kubernetes.client.KubernetesClientException e) {
            // The report is about another failure; without a cluster there are no conditions to show.
            return new Conditions(java.util.List.of());
        }
    }
}
