package dev.redisaccess.systemtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One installation that serves two namespaces, each with informers of its own. */
class WatchedNamespacesTest {

    private static final String BINDING = "cache";

    @RegisterExtension
    static final LocalPlatform PLATFORM =
            LocalPlatform.of("fast", "", Map.of("REDIS_ACCESS_WATCH_NAMESPACES", "one,two"));

    /** A LIST of one namespace must not remove from memory what the other one has. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void aStartForgetsNothingOfEither() throws IOException {
        BindingView one = bound("one");
        BindingView two = bound("two");
        one.awaitReady();
        two.awaitReady();

        PLATFORM.stopOperator();
        PLATFORM.startOperator();

        // The first time may be the first pass of the new process.
        for (int time = 1; time <= 2; time++) {
            published(one, "one");
            published(two, "two");
        }
    }

    private static BindingView bound(String namespace) {
        Tenant tenant = PLATFORM.tenant(namespace).withDatabase().registered();
        tenant.workload("app");
        return tenant.bind(BINDING, "app");
    }

    /** A published ConfigMap that is deleted is written again. */
    private static void published(BindingView binding, String namespace) {
        var configMap = PLATFORM.client().configMaps().inNamespace(namespace).withName(BINDING);
        configMap.withGracePeriod(0).delete();
        BindingView.patiently("the ConfigMap of namespace " + namespace + " again")
                .untilAsserted(() -> assertThat(binding.configMap(BINDING)).isPresent());
    }
}
