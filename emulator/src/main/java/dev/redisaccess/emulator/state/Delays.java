package dev.redisaccess.emulator.state;

import java.time.Duration;

/**
 * The durations of operations.
 *
 * @param propagation from {@code Succeeded} to the first login that is accepted; no figure is published
 */
public record Delays(
        Duration assignmentCreate,
        Duration assignmentUpdate,
        Duration assignmentDelete,
        Duration databaseCreate,
        Duration clusterCreate,
        Duration propagation) {

    /** As recorded from Azure: one sample each, from the service's own start and end times. */
    public static Delays recorded() {
        return millis(8690, 7460, 5990, 6600, 480_000).propagatingIn(Duration.ofSeconds(1));
    }

    /** The recorded times divided by about 29, the cluster's by 480. */
    public static Delays fast() {
        return millis(300, 260, 210, 230, 1000);
    }

    public Delays propagatingIn(Duration time) {
        return new Delays(assignmentCreate, assignmentUpdate, assignmentDelete, databaseCreate, clusterCreate, time);
    }

    private static Delays millis(long create, long update, long delete, long database, long cluster) {
        return new Delays(
                Duration.ofMillis(create),
                Duration.ofMillis(update),
                Duration.ofMillis(delete),
                Duration.ofMillis(database),
                Duration.ofMillis(cluster),
                Duration.ZERO);
    }
}
