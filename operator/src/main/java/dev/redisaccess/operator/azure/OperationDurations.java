package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.binding.LaneState;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** How long operations take on one database: of each kind a moving average, in which the latest counts most. */
final class OperationDurations {

    /** From recorded traffic: westus2, B0, API 2025-04-01. */
    private static final Map<LaneState.Kind, Double> RECORDED_MILLIS =
            Map.of(LaneState.Kind.GRANT, 8690.0, LaneState.Kind.REVOKE, 5990.0);

    private static final double WEIGHT_OF_LATEST = 0.3;

    /** A longer one was delayed by something else, and says nothing about the next. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Map<LaneState.Kind, Double> averageMillis = new EnumMap<>(RECORDED_MILLIS);

    synchronized Duration expected(LaneState.Kind kind) {
        return Duration.ofMillis(Math.round(averageMillis.get(kind)));
    }

    synchronized void add(LaneState.Kind kind, Duration duration) {
        if (duration.compareTo(LONGEST) <= 0) {
            averageMillis.merge(
                    kind, (double) duration.toMillis(), (old, latest) -> old + WEIGHT_OF_LATEST * (latest - old));
        }
    }
}
