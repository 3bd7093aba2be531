package dev.redisaccess.systemtest.kills;

import dev.redisaccess.emulator.fault.FaultAction;
import dev.redisaccess.emulator.fault.FaultRule;
import dev.redisaccess.emulator.fault.Service;
import dev.redisaccess.emulator.http.RequestLog;
import dev.redisaccess.operator.api.BirthStatus;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.systemtest.scenario.LocalPlatform;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Detects the moment at which a point is reached, within some milliseconds. */
final class KillPointWatch implements AutoCloseable {

    /** ARM takes this long to begin, so that the operator dies before it has a response, and ARM does what was requested. */
    private static final long ARRIVAL_MILLIS = 150;

    private static final Duration LOOK = Duration.ofMillis(3);

    private final LocalPlatform platform;
    private final List<Watch> watches = new ArrayList<>();
    /** The points that were reached since the last {@link #arm}. */
    private final Set<KillPoint> reached = ConcurrentHashMap.newKeySet();

    KillPointWatch(LocalPlatform platform, String namespace) {
        this.platform = platform;
        KubernetesClient client = platform.client();
        watches.add(client.resources(RedisAccessBinding.class)
                .inNamespace(namespace)
                .watch(notifying(this::binding)));
        watches.add(client.resources(ConfigMap.class)
                .inNamespace(namespace)
                .watch(notifying(map -> reached.add(KillPoint.PUBLISHED))));
        watches.add(client.resources(Lease.class)
                .inAnyNamespace()
                .watch(notifying(lease -> reached.add(KillPoint.LEASE_TAKEN))));
    }

    /** From now on; what was before does not count. */
    void arm(KillPoint point) {
        platform.azure().faults().clear();
        if (point == KillPoint.PUT_ARRIVES || point == KillPoint.DELETE_ARRIVES) {
            var slow = new FaultAction(0, null, Map.of(), ARRIVAL_MILLIS, false, false, false, false, false, 0);
            platform.azure().faults().add(new FaultRule(Service.ARM, method(point), "accessPolicyAss", "", 0, 1, slow));
        }
        platform.azure().requestLog().clear();
        reached.clear();
    }

    /** True: it was reached within the time. False: the operator had nothing to do that reaches it. */
    boolean await(KillPoint point, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            if (isReached(point)) {
                return true;
            }
            Thread.sleep(LOOK.toMillis());
        }
        return point == KillPoint.ANY;
    }

    private boolean isReached(KillPoint point) {
        return switch (point) {
            case ANY -> false;
            case PUT_ARRIVES, DELETE_ARRIVES ->
                platform.azure().faults().active().stream().anyMatch(active -> active.hit() > 0);
            case PUT_ACCEPTED, DELETE_ACCEPTED ->
                platform.azure().requestLog().entries().stream()
                        .map(RequestLog.Entry::method)
                        .anyMatch(method(point)::equals);
            case LEASE_TAKEN, FINALIZER_SET, STATUS_WRITTEN, PUBLISHED, READY -> reached.contains(point);
        };
    }

    private static String method(KillPoint point) {
        return switch (point) {
            case PUT_ARRIVES, PUT_ACCEPTED -> "PUT";
            case DELETE_ARRIVES, DELETE_ACCEPTED -> "DELETE";
            case ANY, LEASE_TAKEN, FINALIZER_SET, STATUS_WRITTEN, PUBLISHED, READY ->
                throw new IllegalArgumentException(point + " is not a request to ARM");
        };
    }

    private void binding(RedisAccessBinding binding) {
        if (binding.getStatus() == null || BirthStatus.is(binding.getStatus().conditions())) {
            if (!binding.getMetadata().getFinalizers().isEmpty()) {
                reached.add(KillPoint.FINALIZER_SET);
            }
            return;
        }
        reached.add(KillPoint.STATUS_WRITTEN);
        if (StatusTruth.claimsReady(binding)) {
            reached.add(KillPoint.READY);
        }
    }

    private static <T> Watcher<T> notifying(Consumer<T> consumer) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, T object) {
                consumer.accept(object);
            }

            @Override
            public void onClose(WatcherException cause) {}
        };
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }
}
