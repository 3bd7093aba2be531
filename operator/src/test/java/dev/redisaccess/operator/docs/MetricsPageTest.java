package dev.redisaccess.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.AssignmentKind;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.telemetry.Metrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/reference/metrics.md names every metric that is served, and no other. */
class MetricsPageTest {

    private static final Pattern SERVED = Pattern.compile("# TYPE (redisaccess_\\w+?)(_max)? ");
    private static final Pattern DOCUMENTED = Pattern.compile("\\| `(redisaccess_\\w+)` \\|");
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void thePageNamesEveryMetricThatIsServedAndNoOther() throws IOException {
        Path page = Path.of(System.getProperty("repository.root"), "docs", "reference", "metrics.md");
        assertThat(names(DOCUMENTED, Files.readString(page))).containsExactlyInAnyOrderElementsOf(served());
    }

    private static Iterable<String> served() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var metrics = new Metrics(registry);
        metrics.tokenRequested(SECOND, Optional.empty());
        metrics.loginTried(SECOND, Optional.empty());
        metrics.operationSucceeded(LaneState.Kind.GRANT, SECOND);
        metrics.operationFailed(LaneState.Kind.GRANT, Reason.ASSIGNMENT_FAILED);
        metrics.readingEnded(Optional.of(Reason.AZURE_UNAVAILABLE), SECOND);
        metrics.paused(SECOND);
        metrics.transition("RedisAccessBinding", Finding.of(Reason.READY, ""));
        metrics.statusWritten("RedisAccessBinding");
        metrics.assignments("orders-cache", AssignmentKind.BOUND, 1);
        return names(SERVED, registry.scrape()).toList();
    }

    private static Stream<String> names(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .distinct();
    }
}
