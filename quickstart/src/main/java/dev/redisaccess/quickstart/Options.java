package dev.redisaccess.quickstart;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the quickstart runs.
 *
 * @param kubeconfig of the cluster to use; empty for the embedded API
 * @param logs where the programs' logs stay; empty to delete them after a run in which all went well
 * @param keep leave everything running at the end
 */
record Options(Optional<Path> kubeconfig, Timing timing, boolean keep, Optional<Path> logs, Jars jars) {
    /** How long the emulated Azure takes, by its own names. */
    enum Timing {
        /** As Azure was recorded: 8.7 s for an access policy assignment. */
        recorded,
        /** A fraction of a second. */
        fast
    }
}
