package dev.redisaccess.quickstart;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the quickstart runs.
 *
 * @param kubeconfig of the cluster to use; empty for the embedded API
 * @param logs the directory for the programs' logs; empty to delete them after a successful run
 * @param keep leave everything running at the end
 */
record Options(Optional<Path> kubeconfig, Timing timing, boolean keep, Optional<Path> logs, Jars jars) {
    /** The durations of the emulated Azure, by its own names. */
    enum Timing {
        /** As recorded from Azure: 8.7 s for an access policy assignment. */
        recorded,
        /** A fraction of a second. */
        fast
    }
}
