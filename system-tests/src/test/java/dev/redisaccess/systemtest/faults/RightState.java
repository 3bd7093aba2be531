package dev.redisaccess.systemtest.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.state.Assignment;
import dev.redisaccess.emulator.state.Principal.ManagedIdentity;
import dev.redisaccess.emulator.state.ProvisioningState;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.systemtest.scenario.BindingView;
import dev.redisaccess.systemtest.scenario.Tenant;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Exactly the right access and exactly the right ConfigMap.
 *
 * @param workload the principal that shall have access
 */
record RightState(KubernetesClient client, Tenant tenant, ManagedIdentity workload, BindingView binding) {

    /**
     * Fails if the state differs.
     *
     * @param bound whether the binding is there to stay; else it must be gone
     * @param others the object ids to which others granted access
     */
    void holds(boolean bound, Set<String> others) {
        Set<String> wanted = new HashSet<>(others);
        if (bound) {
            isReady();
            wanted.add(workload.objectId());
            assertThat(configMaps()).singleElement().satisfies(this::isRight);
        } else {
            assertThat(binding.find()).isEmpty();
            assertThat(configMaps()).isEmpty();
        }
        assertThat(granted()).isEqualTo(wanted);
    }

    private void isReady() {
        assertThat(binding.condition(ConditionType.READY).map(ready -> ready.getStatus() + " " + ready.getMessage()))
                .get()
                .asString()
                .startsWith("True");
        assertThat(binding.status().orElseThrow().identity().objectId()).isEqualTo(workload.objectId());
    }

    /** All principals that have an assignment, in any state: an unfinished one is not right either. */
    private Set<String> granted() {
        List<Assignment> assignments = tenant.assignments();
        assertThat(assignments).allMatch(each -> each.state() == ProvisioningState.Succeeded);
        return assignments.stream().map(Assignment::objectId).collect(Collectors.toSet());
    }

    private List<ConfigMap> configMaps() {
        return client.configMaps().inNamespace(tenant.name()).list().getItems();
    }

    private void isRight(ConfigMap map) {
        assertThat(map.getMetadata().getName()).isEqualTo(binding.name());
        assertThat(map.getData())
                .containsEntry("REDIS_USERNAME", workload.objectId())
                .containsEntry("AZURE_CLIENT_ID", workload.clientId())
                .containsEntry("REDIS_PORT", String.valueOf(tenant.redis().port()));
    }
}
