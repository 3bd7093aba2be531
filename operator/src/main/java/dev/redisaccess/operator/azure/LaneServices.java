package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.binding.port.Telemetry;

/**
 * What all lanes share.
 *
 * @param workers where calls run
 * @param delays how long failures wait
 * @param telemetry counts and times
 */
record LaneServices(Workers workers, RetryDelays delays, Telemetry telemetry) {}
