package dev.redisaccess.quickstart.scenario;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A measurement, not a test: how long after Azure's Succeeded a binding is Ready, and what the operator costs when it has
 * nothing to do. The operator runs as a process of its own, as it is shipped.
 *
 * <p>Arguments: the operator's jar (it must be built), how many bindings (20), and {@code recorded} for Azure's durations.
 */
final class TimeToReady {

    private final LocalPlatform platform = new LocalPlatform();
    private final PrintStream out;

    private TimeToReady(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        Path jar = Path.of(arguments.length > 0 ? arguments[0] : "operator/target/operator.jar");
        int bindings = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        String timing = arguments.length > 2 ? arguments[2] : "fast";
        new TimeToReady(System.out).measure(jar, bindings, timing);
        System.exit(0); // the clients' threads are not daemons
    }

    private void measure(Path jar, int bindings, String timing) throws Exception {
        platform.startWithoutOperator(timing);
        Process operator = start(jar);
        try {
            out.printf(
                    "start to leader           %6d ms%n", untilLeader(operator).toMillis());
            Tenant tenant = platform.tenant("measured").withDatabase().registered();
            List<Duration> delays = new ArrayList<>();
            try (StatusHistory history = StatusHistory.of(platform.client(), "measured")) {
                for (int i = 0; i < bindings; i++) {
                    delays.add(fromSucceededToReady(tenant, history, i));
                }
            }
            delays.sort(null);
            out.printf(
                    "Succeeded to Ready        p50 %d ms, p99 %d ms, max %d ms over %d bindings, timing %s%n",
                    percentile(delays, 0.5), percentile(delays, 0.99), percentile(delays, 1), bindings, timing);
            out.printf(
                    "resident memory           %6d MiB with %d bindings at rest%n",
                    residentMebibytes(operator), bindings);
        } finally {
            operator.destroy();
            operator.waitFor(20, TimeUnit.SECONDS);
            platform.closeWithoutOperator();
        }
    }

    private Process start(Path jar) throws IOException {
        Path kubeconfig = platform.directory().resolve("kubeconfig");
        Files.writeString(kubeconfig, platform.kubeconfig());
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString());
        Map<String, String> environment = builder.environment();
        environment.putAll(platform.environment());
        environment.put("KUBECONFIG", kubeconfig.toString());
        File log = platform.directory().resolve("operator.log").toFile();
        return builder.redirectErrorStream(true).redirectOutput(log).start();
    }

    private Duration untilLeader(Process operator) {
        Instant began = operator.info().startInstant().orElseGet(Instant::now);
        BindingView.patiently("the Lease held")
                .pollInterval(Duration.ofMillis(10))
                .until(() -> platform.client().leases().inAnyNamespace().list().getItems().stream()
                        .anyMatch(TimeToReady::held));
        return Duration.between(began, Instant.now());
    }

    private static boolean held(Lease lease) {
        return lease.getSpec() != null && lease.getSpec().getHolderIdentity() != null;
    }

    private Duration fromSucceededToReady(Tenant tenant, StatusHistory history, int number) {
        String objectId = tenant.workload("orders-" + number).objectId();
        String binding = "cache-" + number;
        tenant.bind(binding, "orders-" + number);
        BindingView.patiently("Ready").pollInterval(Duration.ofMillis(20)).until(() -> history.readyAt(binding)
                .isPresent());
        Instant succeeded = platform.azure().state().redis().operations().stream()
                .filter(operation -> operation.target().name().equals(objectId))
                .flatMap(operation -> operation.ended().stream())
                .findFirst()
                .orElseThrow();
        return Duration.between(succeeded, history.readyAt(binding).orElseThrow());
    }

    private static long percentile(List<Duration> sorted, double share) {
        int index = (int) Math.ceil(share * sorted.size()) - 1;
        return sorted.get(Math.max(0, index)).toMillis();
    }

    private static long residentMebibytes(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }
}
