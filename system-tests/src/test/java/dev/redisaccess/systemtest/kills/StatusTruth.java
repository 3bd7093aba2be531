package dev.redisaccess.systemtest.kills;

import dev.redisaccess.emulator.state.Assignment;
import dev.redisaccess.emulator.state.ProvisioningState;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.systemtest.scenario.Tenant;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Compares every status that claims Ready with what Azure has at that moment. */
final class StatusTruth implements AutoCloseable {

    private final Tenant tenant;
    private final Watch watch;
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Set<String> messages = ConcurrentHashMap.newKeySet();
    private final AtomicInteger claims = new AtomicInteger();
    /** Whether each binding, by UID, claimed Ready when it was last seen: what is already in status is no new claim. */
    private final ConcurrentHashMap<String, Boolean> ready = new ConcurrentHashMap<>();

    StatusTruth(KubernetesClient client, Tenant tenant) {
        this.tenant = tenant;
        watch = client.resources(RedisAccessBinding.class)
                .inNamespace(tenant.name())
                .watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, RedisAccessBinding binding) {
                        remember(binding);
                        String uid = binding.getMetadata().getUid();
                        boolean claimed = action != Action.DELETED && claimsReady(binding);
                        boolean before = Boolean.TRUE.equals(ready.put(uid, claimed));
                        if (claimed && !before && !binding.isMarkedForDeletion()) {
                            compare(binding);
                        }
                    }

                    @Override
                    public void onClose(WatcherException cause) {}
                });
    }

    private void remember(RedisAccessBinding binding) {
        if (binding.getStatus() != null) {
            binding.getStatus().conditions().forEach(condition -> messages.add(condition.getMessage()));
        }
    }

    static boolean claimsReady(RedisAccessBinding binding) {
        return binding.getStatus() != null
                && binding.getStatus().conditions().stream()
                        .anyMatch(condition -> condition.getType().equals(ConditionType.READY.text())
                                && condition.getStatus().equals("True"));
    }

    private void compare(RedisAccessBinding binding) {
        claims.incrementAndGet();
        String objectId = binding.getStatus().identity().objectId();
        List<Assignment> there = tenant.assignments();
        boolean granted = there.stream()
                .anyMatch(assignment ->
                        assignment.objectId().equals(objectId) && assignment.state() == ProvisioningState.Succeeded);
        if (!granted) {
            wrong.add(binding.getMetadata().getName() + " claims Ready for " + objectId + ", Azure has " + there);
        }
    }

    /** Claims that were not so. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** Every message of every version of the statuses. */
    Set<String> messages() {
        return Set.copyOf(messages);
    }

    /** How many transitions to Ready were compared. */
    int claims() {
        return claims.get();
    }

    @Override
    public void close() {
        watch.close();
    }
}
