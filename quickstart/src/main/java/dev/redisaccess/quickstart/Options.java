package dev.redisaccess.quickstart;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the quickstart runs.
 *
 * @param kubeconfig of the cluster to use; empty for the embedded API
 * @param federation how the operator identifies the workload
 * @param logs the directory for the programs' logs; empty to delete them after a successful run
 * @param keep leave everything running at the end
 */
record Options(
        Optional<Path> kubeconfig, Timing timing, Federation federation, boolean keep, Optional<Path> logs, Jars jars) {
    /** How a ServiceAccount's token is exchanged. */
    enum Federation {
        /** At Entra, by a federated credential. */
        direct("direct"),
        /** At a token proxy, as AKS has it. The application's own login stays direct: its SDK has no switch yet. */
        identity_binding("identity-binding");

        private final String text;

        Federation(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** The durations of the emulated Azure, by its own names. */
    enum Timing {
        /** As recorded from Azure: 8.7 s for an access policy assignment. */
        recorded,
        /** A fraction of a second. */
        fast
    }
}
