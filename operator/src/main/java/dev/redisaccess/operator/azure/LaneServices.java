package dev.redisaccess.operator.azure;

/**
 * What all lanes share.
 *
 * @param workers where calls run
 * @param delays how long failures wait
 * @param telemetry who counts
 */
record LaneServices(Workers workers, RetryDelays delays, AccessTelemetry telemetry) {}
