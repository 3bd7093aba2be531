package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.port.ControlPlane;
import dev.redisaccess.operator.binding.port.Telemetry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * What the lane and the watch of one database have in common.
 *
 * @param services what all databases share
 * @param subscription the quotas of the database's subscription
 * @param known its assignments, as last read and changed
 * @param reader reads its assignments
 * @param durations of its operations
 */
record LaneContext(
        DatabaseId database,
        Services services,
        Subscription subscription,
        AssignmentCache known,
        InventoryReader reader,
        OperationDurations durations) {

    /**
     * What all databases share.
     *
     * @param mark of this installation
     * @param workers where calls to Azure run
     */
    record Services(
            ControlPlane controlPlane,
            OwnerMark mark,
            Clock clock,
            Workers workers,
            RetryDelays delays,
            Telemetry telemetry) {}

    ControlPlane controlPlane() {
        return services.controlPlane();
    }

    OwnerMark mark() {
        return services.mark();
    }

    Instant now() {
        return services.clock().instant();
    }

    /** Pauses the subscription for as long as the problem of a throttled request says, and returns that time. */
    Duration pause(Problem throttled) {
        Duration wait = services.delays().whileThrottled(throttled);
        subscription.pause(wait);
        return wait;
    }
}
