package dev.redisaccess.operator.docs;

import dev.redisaccess.operator.telemetry.ServedMetrics;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Generates docs/reference/metrics.md from what {@code /metrics} serves. */
final class MetricsPage {

    private MetricsPage() {}

    static String text() {
        return "# Metrics\n\n"
                + GeneratedFile.notice("dev.redisaccess.operator.telemetry")
                + """

                `/metrics` on its own port (`REDIS_ACCESS_METRICS_PORT`, 8081), in Prometheus' text format; the health port does not serve
                it. [Monitoring](../monitoring.md) has the set-up, alerts and a dashboard.

                - No label names a binding, so the number of series grows with registered databases and with servers, not with bindings. For the
                  readiness of single objects see [kube-state-metrics](../monitoring.md#readiness-of-single-objects).
                - The state of bindings, databases, work and lanes is reported by the leader only, so that sums over replicas are right.
                  Counters and durations of a replica that never led stay 0 or absent.
                - `result` is `ok` or `failed`; failures are counted by [reason](conditions.md). A histogram has the series `_bucket`, `_sum` and
                  `_count`.
                - The expiry of a server's certificate is known from full TLS handshakes only; that of the Kubernetes API server and of client
                  certificates is not known.

                ## The operator

                """
                + table(name -> name.startsWith("redisaccess_"))
                + """

                ## Process and Java runtime

                Those from `/proc` exist on Linux only. Resident memory is what the container's limit is compared with; of the heap's limit see
                [scaling](../scaling.md).

                """
                + table(name -> !name.startsWith("redisaccess_"))
                + """

                ## Useful questions

                - *Do bindings become unready, and why?*
                  `sum by (reason) (increase(redisaccess_transitions_total{kind="RedisAccessBinding",ready="False"}[1h]))`.
                  A series appears with its first event, which `increase()` does not count:
                  `sum by (reason) (redisaccess_bindings{ready="False"})` shows those of this moment.
                - *How long does Azure take for a grant?*
                  `histogram_quantile(0.99, sum by (le) (rate(redisaccess_assignment_operation_duration_seconds_bucket{operation="grant"}[1h])))`;
                  about 8.7 s is usual.
                - *How long do teams wait?* `histogram_quantile(0.95, sum by (le) (rate(redisaccess_binding_time_to_ready_seconds_bucket[1d])))`
                - *Are there writes at rest?* `rate(redisaccess_status_writes_total[10m])` is 0 in a quiet cluster.
                """;
    }

    private static String table(Predicate<String> names) {
        return "| metric | type | labels | meaning |\n|---|---|---|---|\n"
                + ServedMetrics.families().stream()
                        .filter(family -> names.test(family.name()))
                        .map(MetricsPage::row)
                        .collect(Collectors.joining());
    }

    private static String row(ServedMetrics.Family family) {
        String buckets = family.buckets().isEmpty() ? "" : " Buckets: " + String.join(", ", family.buckets()) + ".";
        return "| `" + family.name() + "` | " + family.type() + " | " + quoted(family.labels()) + " | " + family.help()
                + buckets + " |\n";
    }

    private static String quoted(List<String> labels) {
        return labels.stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
    }
}
