package dev.redisaccess.systemtest.scenario;

import dev.redisaccess.operator.api.BirthStatus;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Every version of the statuses of a namespace's bindings, as {@code kubectl get --watch} would show them. */
public final class StatusHistory implements AutoCloseable {

    /**
     * One version.
     *
     * @param seen when it arrived here
     */
    public record Version(String binding, Instant seen, RedisAccessBindingStatus status) {
        public List<Condition> conditions() {
            return status.conditions();
        }

        public Optional<Condition> find(ConditionType type) {
            return conditions().stream()
                    .filter(condition -> condition.getType().equals(type.text()))
                    .findFirst();
        }

        public boolean ready() {
            return find(ConditionType.READY)
                    .filter(condition -> condition.getStatus().equals("True"))
                    .isPresent();
        }
    }

    private final Queue<Version> versions = new ConcurrentLinkedQueue<>();
    private final Watch watch;

    private StatusHistory(KubernetesClient client, String namespace) {
        watch = client.resources(RedisAccessBinding.class)
                .inNamespace(namespace)
                .watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, RedisAccessBinding binding) {
                        if (action != Action.DELETED && reported(binding)) {
                            versions.add(
                                    new Version(binding.getMetadata().getName(), Instant.now(), binding.getStatus()));
                        }
                    }

                    @Override
                    public void onClose(WatcherException cause) {}
                });
    }

    /** Not what the definition gives to a new object. */
    private static boolean reported(RedisAccessBinding binding) {
        return binding.getStatus() != null
                && !BirthStatus.is(binding.getStatus().conditions());
    }

    public static StatusHistory of(KubernetesClient client, String namespace) {
        return new StatusHistory(client, namespace);
    }

    /** Oldest first. */
    public List<Version> of(String binding) {
        return versions.stream()
                .filter(version -> version.binding().equals(binding))
                .toList();
    }

    @Override
    public void close() {
        watch.close();
    }
}
