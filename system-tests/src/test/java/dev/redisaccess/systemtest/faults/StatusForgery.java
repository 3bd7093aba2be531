package dev.redisaccess.systemtest.faults;

import dev.redisaccess.operator.api.RedisAccessBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.function.Function;

/** One write of a binding's status by another client. */
final class StatusForgery {

    private static final Duration LOOK = Duration.ofMillis(2);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Resource<RedisAccessBinding> resource;
    private final Function<RedisAccessBinding, String> patch;
    private final Thread waiting = new Thread(this::writeSoon, "status-forgery");

    StatusForgery(KubernetesClient client, String namespace, Function<RedisAccessBinding, String> patch) {
        this.resource = client.resources(RedisAccessBinding.class)
                .inNamespace(namespace)
                .withName(Provocation.BINDING);
        this.patch = patch;
    }

    /** False: there is no binding yet. */
    boolean tryNow() {
        RedisAccessBinding binding = resource.get();
        if (binding == null) {
            return false;
        }
        resource.subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), patch.apply(binding));
        return true;
    }

    /** Writes as soon as there is one. */
    void start() {
        waiting.setDaemon(true);
        waiting.start();
    }

    /** Until it is written. */
    void await() {
        try {
            waiting.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted.", e);
        }
    }

    private void writeSoon() {
        long end = System.nanoTime() + LONGEST.toNanos();
        try {
            while (!tryNow() && System.nanoTime() < end) {
                Thread.sleep(LOOK.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
