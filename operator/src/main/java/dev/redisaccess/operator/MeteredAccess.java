package dev.redisaccess.operator;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.azure.AccessTelemetry;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.telemetry.Metrics;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What the lanes tell, as metrics. */
record MeteredAccess(Metrics metrics) implements AccessTelemetry {

    @Override
    public void operationSucceeded(LaneState.Kind kind, Duration duration) {
        metrics.operationSucceeded(text(kind), duration);
    }

    @Override
    public void operationFailed(LaneState.Kind kind, Reason reason) {
        metrics.operationFailed(text(kind), reason);
    }

    @Override
    public void readingEnded(Optional<Reason> problem, Duration duration) {
        metrics.databaseRead(duration, problem);
    }

    @Override
    public void paused(Duration duration) {
        metrics.paused(duration);
    }

    private static String text(LaneState.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
