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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Detects the moment at which a mark is reached, within some milliseconds. */
final class MarkWatch implements AutoCloseable {

    /** ARM takes this long to begin, so that the operator dies before it has a response, and ARM does what was requested. */
    private static final long ARRIVAL_MILLIS = 150;

    private static final Duration LOOK = Duration.ofMillis(3);

    private final LocalPlatform platform;
    private final List<Watch> watches = new ArrayList<>();
    /** The marks that were reached since the last {@link #arm}. */
    private final Set<Mark> reached = ConcurrentHashMap.newKeySet();

    MarkWatch(LocalPlatform platform, String namespace) {
        this.platform = platform;
        KubernetesClient client = platform.client();
        watches.add(client.resources(RedisAccessBinding.class)
                .inNamespace(namespace)
                .watch(notifying(this::binding)));
        watches.add(client.resources(ConfigMap.class)
                .inNamespace(namespace)
                .watch(notifying(map -> reached.add(Mark.PUBLISHED))));
        watches.add(client.resources(Lease.class)
                .inAnyNamespace()
                .watch(notifying(lease -> reached.add(Mark.LEASE_TAKEN))));
    }

    /** From now on; what was before does not count. */
    void arm(Mark mark) {
        platform.azure().faults().clear();
        if (mark == Mark.PUT_ARRIVES || mark == Mark.DELETE_ARRIVES) {
            var slow = new FaultAction(0, null, Map.of(), ARRIVAL_MILLIS, false, false, false, false, false, 0);
            platform.azure().faults().add(new FaultRule(Service.ARM, method(mark), "accessPolicyAss", "", 0, 1, slow));
        }
        platform.azure().requestLog().clear();
        reached.clear();
    }

    /** True: it was reached within the time. False: the operator had nothing to do that reaches it. */
    boolean await(Mark mark, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            if (isReached(mark)) {
                return true;
            }
            Thread.sleep(LOOK.toMillis());
        }
        return mark == Mark.ANY;
    }

    private boolean isReached(Mark mark) {
        return switch (mark) {
            case ANY -> false;
            case PUT_ARRIVES, DELETE_ARRIVES ->
                platform.azure().faults().active().stream().anyMatch(active -> active.hit() > 0);
            case PUT_ACCEPTED, DELETE_ACCEPTED ->
                platform.azure().requestLog().entries().stream()
                        .map(RequestLog.Entry::method)
                        .anyMatch(method(mark)::equals);
            default -> reached.contains(mark);
        };
    }

    private static String method(Mark mark) {
        return EnumSet.of(Mark.PUT_ARRIVES, Mark.PUT_ACCEPTED).contains(mark) ? "PUT" : "DELETE";
    }

    private void binding(RedisAccessBinding binding) {
        if (binding.getStatus() == null || BirthStatus.is(binding.getStatus().conditions())) {
            if (!binding.getMetadata().getFinalizers().isEmpty()) {
                reached.add(Mark.FINALIZER_SET);
            }
            return;
        }
        reached.add(Mark.STATUS_WRITTEN);
        if (StatusTruth.claimsReady(binding)) {
            reached.add(Mark.READY);
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
