package dev.redisaccess.testbed;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.RedisAccessBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The times at which a watch first reported each binding as Ready, and as deleted. */
public final class ReadyTimes implements AutoCloseable {

    private final Map<String, Instant> ready = new ConcurrentHashMap<>();
    private final Map<String, Instant> gone = new ConcurrentHashMap<>();
    private final SharedIndexInformer<RedisAccessBinding> informer;

    ReadyTimes(KubernetesClient client) {
        informer = client.resources(RedisAccessBinding.class)
                .inAnyNamespace()
                .withLimit(500L)
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(RedisAccessBinding binding) {
                        see(binding);
                    }

                    @Override
                    public void onUpdate(RedisAccessBinding before, RedisAccessBinding binding) {
                        see(binding);
                    }

                    @Override
                    public void onDelete(RedisAccessBinding binding, boolean unknown) {
                        gone.putIfAbsent(key(binding), Instant.now());
                    }
                });
    }

    private void see(RedisAccessBinding binding) {
        if (isReady(binding)) {
            ready.putIfAbsent(key(binding), Instant.now());
        }
    }

    private static String key(RedisAccessBinding binding) {
        return binding.getMetadata().getNamespace() + "/"
                + binding.getMetadata().getName();
    }

    private static boolean isReady(RedisAccessBinding binding) {
        return binding.getStatus() != null
                && binding.getStatus().conditions() != null
                && binding.getStatus().conditions().stream()
                        .anyMatch(condition -> condition.getType().equals(ConditionType.READY.text())
                                && condition.getStatus().equals("True"));
    }

    public Optional<Instant> ready(Bound bound) {
        return Optional.ofNullable(ready.get(bound.key()));
    }

    public Optional<Instant> gone(Bound bound) {
        return Optional.ofNullable(gone.get(bound.key()));
    }

    @Override
    public void close() {
        informer.close();
    }
}
