package dev.redisaccess.systemtest.faults;

import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisDatabase;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every condition of every version of every status, of bindings and registrations, as a watch of both kinds shows them. */
final class SeenConditions implements AutoCloseable {

    /**
     * One condition of one version.
     *
     * @param tenant the binding's namespace, or the registration's name: tenants have both by one name
     */
    record Seen(String tenant, Condition condition) {}

    private final Queue<Seen> all = new ConcurrentLinkedQueue<>();
    private final List<Watch> watches;

    SeenConditions(KubernetesClient client) {
        watches = List.of(
                client.resources(RedisAccessBinding.class)
                        .inAnyNamespace()
                        .watch(recorded(binding -> binding.getMetadata().getNamespace(), binding -> Optional.ofNullable(
                                        binding.getStatus())
                                .map(status -> status.conditions()))),
                client.resources(RedisDatabase.class)
                        .watch(recorded(database -> database.getMetadata().getName(), database -> Optional.ofNullable(
                                        database.getStatus())
                                .map(status -> status.conditions()))));
    }

    /** Those of one tenant so far. */
    List<Condition> of(String tenant) {
        return all.stream()
                .filter(seen -> seen.tenant().equals(tenant))
                .map(Seen::condition)
                .toList();
    }

    /** Every message so far. */
    Set<String> messages() {
        return all.stream().map(seen -> seen.condition().getMessage()).collect(Collectors.toSet());
    }

    private <T extends HasMetadata> Watcher<T> recorded(
            Function<T, String> tenant, Function<T, Optional<List<Condition>>> conditions) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, T object) {
                conditions.apply(object).stream()
                        .flatMap(List::stream)
                        .forEach(condition -> all.add(new Seen(tenant.apply(object), condition)));
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
