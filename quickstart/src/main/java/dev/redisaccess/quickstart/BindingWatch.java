package dev.redisaccess.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Sees an object change as it happens. */
final class BindingWatch implements AutoCloseable {
    private static final long LOOK_MILLIS = 100;

    private final BlockingQueue<JsonNode> changes = new LinkedBlockingQueue<>();
    private final Watch watch;
    private JsonNode last = com.fasterxml.jackson.databind.node.MissingNode.getInstance();

    private BindingWatch(KubernetesClient client, GenericKubernetesResource object) {
        this.watch = client.resource(object).watch(new Watcher<>() {
            @Override
            public void eventReceived(Action action, GenericKubernetesResource changed) {
                changes.add(Examples.tree(changed));
            }

            @Override
            public void onClose(WatcherException cause) {
                // A watch that ends is noticed by the wait for the next change, which has a limit.
            }
        });
    }

    static BindingWatch of(KubernetesClient client, GenericKubernetesResource object) {
        return new BindingWatch(client, object);
    }

    /** The next change, if there is one soon. */
    Optional<JsonNode> next() {
        try {
            Optional<JsonNode> change = Optional.ofNullable(changes.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS));
            change.ifPresent(object -> last = object);
            return change;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StepFailure("watch", "interrupted");
        }
    }

    /** The object as it was seen last. */
    JsonNode last() {
        return last;
    }

    @Override
    public void close() {
        watch.close();
    }
}
