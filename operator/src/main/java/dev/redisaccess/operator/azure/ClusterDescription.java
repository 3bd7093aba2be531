package dev.redisaccess.operator.azure;

import com.azure.resourcemanager.redisenterprise.fluent.models.ClusterInner;
import java.util.Optional;

/**
 * A cluster in ARM's words, not judged yet.
 *
 * @param hostName where clients connect to; empty text if there is none yet
 * @param condition how it is
 */
record ClusterDescription(String hostName, ResourceCondition condition) {

    static ClusterDescription of(ClusterInner cluster) {
        return new ClusterDescription(
                Optional.ofNullable(cluster.hostname()).orElse(""),
                new ResourceCondition(text(cluster.resourceState()), text(cluster.provisioningState())));
    }

    private static String text(Object state) {
        return state == null ? "" : state.toString();
    }
}
