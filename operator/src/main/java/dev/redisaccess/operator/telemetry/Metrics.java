package dev.redisaccess.operator.telemetry;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.port.Telemetry;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The metrics that are counted while the operator works, and the text of all. Names and labels are part of what users build
 * alerts on. A label has a bounded number of values: results, reasons, calls and registered databases, never bindings. So a
 * histogram has no reason, which a counter of failures has instead. What is only read at a scrape is in {@link StateMetrics}
 * and {@link ProcessMetrics}.
 */
public final class Metrics implements Telemetry {

    private static final String OK = "ok";
    private static final String FAILED = "failed";

    /** With these Azure Resource Manager refuses the operator. Present from the start, so that the first one is an increase. */
    private static final List<Reason> REFUSALS =
            List.of(Reason.AZURE_FORBIDDEN, Reason.AZURE_CREDENTIAL_FAILED, Reason.AZURE_REQUEST_REFUSED);

    private final PrometheusRegistry registry = new PrometheusRegistry();

    private final Histogram tokenExchanges = histogram(
            "token_exchange_duration_seconds",
            "Duration of TokenRequest and the exchange at Entra together, per attempt.",
            List.of("result"),
            0.05,
            0.1,
            0.25,
            0.5,
            1,
            2.5,
            5,
            10,
            30);
    private final Counter tokenExchangeFailures = counter(
            "token_exchange_failures_total", "Attempts to get a token of a workload that failed, by reason.", "reason");
    private final Histogram verifications = histogram(
            "verification_duration_seconds",
            "Duration of logins as a workload with the commands that follow, without the token exchange.",
            List.of("result"),
            0.01,
            0.025,
            0.05,
            0.1,
            0.25,
            0.5,
            1,
            2.5,
            5,
            10,
            30);
    private final Counter verificationFailures = counter(
            "verification_failures_total",
            "Logins as a workload that failed, by reason; `NotAuthorized` also while an assignment propagates.",
            "reason");
    private final Histogram workWaits = histogram(
            "work_wait_duration_seconds",
            "Time for which an identification or verification waited for a thread, or for a limit of its namespace or database.",
            List.of("work"),
            0.01,
            0.1,
            0.5,
            1,
            5,
            10,
            30,
            60,
            300,
            900);
    private final Histogram timesToReady = histogram(
            "binding_time_to_ready_seconds",
            "Time from the creation of a binding until it was Ready for the first time, to the second.",
            List.of(),
            1,
            2,
            5,
            10,
            15,
            20,
            30,
            60,
            120,
            300,
            600,
            1800,
            3600);
    private final Histogram assignmentOperations = histogram(
            "assignment_operation_duration_seconds",
            "Duration of assignments that were created or deleted, from Azure's acceptance of the request to its end.",
            List.of("operation"),
            1,
            2,
            5,
            8,
            10,
            12,
            15,
            20,
            30,
            60,
            120,
            300,
            600);
    private final Counter assignmentFailures = counter(
            "assignment_failures_total",
            "Attempts to create or delete an assignment that failed; the lane retries automatically.",
            "operation",
            "reason");
    private final Histogram databaseReads = histogram(
            "database_read_duration_seconds",
            "Duration of reads of a database with its assignments: usually three GETs, more for further pages of the list.",
            List.of("result"),
            0.1,
            0.25,
            0.5,
            1,
            2.5,
            5,
            10,
            30,
            60,
            120);
    private final Counter databaseReadFailures = counter(
            "database_read_failures_total",
            "Reads of a database with its assignments that failed, by reason. They are repeated automatically.",
            "reason");
    private final Histogram azureCalls = histogram(
            "arm_call_duration_seconds",
            "Duration of calls to Azure Resource Manager, the operator's own token and one retry of a read included.",
            List.of("call", "result"),
            0.05,
            0.1,
            0.25,
            0.5,
            1,
            2.5,
            5,
            10,
            30,
            60);
    private final Counter azureCallFailures = counter(
            "arm_call_failures_total",
            "Calls to Azure Resource Manager that failed, by reason; `AzureForbidden`, `AzureCredentialFailed` and"
                    + " `AzureRequestRefused` mean that Azure refused them.",
            "call",
            "reason");
    private final Counter azurePauses = counter(
            "arm_paused_seconds_total",
            "Seconds for which requests to a subscription were paused because Azure throttled them, summed over subscriptions.");
    private final Counter transitions = counter(
            "transitions_total",
            "Changes of `Ready` or of its reason, by the kind of object.",
            "kind",
            "ready",
            "reason");
    private final Counter statusWrites =
            counter("status_writes_total", "Statuses written, by the kind of object; none at rest.", "kind");

    /** @param version of the operator */
    public Metrics(String version) {
        Info build = Info.builder()
                .name("redisaccess_build_info")
                .help("1; the labels have the version of the operator and of the Java runtime.")
                .labelNames("version", "java_version")
                .register(registry);
        build.setLabelValues(version, Runtime.version().toString());
        for (AzureCall call : AzureCall.values()) {
            REFUSALS.forEach(reason -> azureCallFailures.initLabelValues(text(call), reason.text()));
        }
    }

    /** Adds metrics that are read at each scrape. */
    public void add(MultiCollector collector) {
        registry.register(collector);
    }

    /** All metrics in Prometheus' text format. */
    public String text() {
        var text = new ByteArrayOutputStream(32 * 1024);
        try {
            PrometheusTextFormatWriter.create().write(text, registry.scrape());
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void tokenRequested(Duration took, Optional<Reason> problem) {
        tokenExchanges.labelValues(result(problem)).observe(seconds(took));
        problem.ifPresent(
                reason -> tokenExchangeFailures.labelValues(reason.text()).inc());
    }

    @Override
    public void verificationEnded(Duration took, Optional<Reason> problem) {
        verifications.labelValues(result(problem)).observe(seconds(took));
        problem.ifPresent(
                reason -> verificationFailures.labelValues(reason.text()).inc());
    }

    @Override
    public void workStarted(BindingKey binding, WorkKind kind, Duration waited) {
        workWaits.labelValues(text(kind)).observe(seconds(waited));
    }

    @Override
    public void azureCallEnded(AzureCall call, Duration took, Optional<Reason> problem) {
        azureCalls.labelValues(text(call), result(problem)).observe(seconds(took));
        problem.ifPresent(reason ->
                azureCallFailures.labelValues(text(call), reason.text()).inc());
    }

    @Override
    public void operationSucceeded(LaneState.Kind kind, Duration took) {
        assignmentOperations.labelValues(text(kind)).observe(seconds(took));
    }

    @Override
    public void operationFailed(LaneState.Kind kind, Reason reason) {
        assignmentFailures.labelValues(text(kind), reason.text()).inc();
    }

    @Override
    public void readingEnded(Optional<Reason> problem, Duration took) {
        databaseReads.labelValues(result(problem)).observe(seconds(took));
        problem.ifPresent(
                reason -> databaseReadFailures.labelValues(reason.text()).inc());
    }

    @Override
    public void paused(Duration pause) {
        azurePauses.inc(seconds(pause));
    }

    /** A binding is Ready for the first time. */
    public void becameReady(Duration sinceCreation) {
        timesToReady.observe(seconds(sinceCreation));
    }

    /** Ready, or its reason, changed on an object of this kind. */
    public void transition(String kind, Finding ready) {
        transitions
                .labelValues(kind, ready.status().text(), ready.reason().text())
                .inc();
    }

    /** A status was written. */
    public void statusWritten(String kind) {
        statusWrites.labelValues(kind).inc();
    }

    private Counter counter(String name, String help, String... labels) {
        return Counter.builder()
                .name(StateMetrics.PREFIX + name)
                .help(help)
                .labelNames(labels)
                .withoutExemplars()
                .register(registry);
    }

    private Histogram histogram(String name, String help, List<String> labels, double... buckets) {
        return Histogram.builder()
                .name(StateMetrics.PREFIX + name)
                .help(help)
                .labelNames(labels.toArray(String[]::new))
                .classicOnly()
                .classicUpperBounds(buckets)
                .withoutExemplars()
                .register(registry);
    }

    private static String result(Optional<Reason> problem) {
        return problem.isPresent() ? FAILED : OK;
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Never negative: the clock may be set back. */
    private static double seconds(Duration took) {
        return Math.max(0, took.toNanos() / 1e9);
    }
}
