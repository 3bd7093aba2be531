package dev.redisaccess.operator.azure;

import java.util.List;
import java.util.Locale;

/**
 * How a cluster or a database is, in ARM's words.
 *
 * @param resourceState how it runs: Running, Scaling, CreateFailed, …; empty text if ARM does not say
 * @param provisioningState how the last change of it went: Succeeded, Updating, Failed, …; empty text if ARM does not say
 */
record ResourceCondition(String resourceState, String provisioningState) {

    /** In these it does not answer, or will not for long; all others (Running, Updating, Scaling, Moving) serve clients. */
    private static final List<String> DOWN = List.of("creating", "deleting", "enabling", "disabling", "disabled");

    private static final List<String> NOT_PROVISIONED = List.of("creating", "deleting", "failed", "canceled");

    /** Whether clients are served. How it runs counts more than how the last change of it went. */
    boolean serves() {
        String state = resourceState.toLowerCase(Locale.ROOT);
        if (state.isEmpty()) {
            return !NOT_PROVISIONED.contains(provisioningState.toLowerCase(Locale.ROOT));
        }
        return !DOWN.contains(state) && !state.endsWith("failed");
    }

    /** The word to show. */
    String text() {
        return resourceState.isEmpty() ? provisioningState : resourceState;
    }
}
