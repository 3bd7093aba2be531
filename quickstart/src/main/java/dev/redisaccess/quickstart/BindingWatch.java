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

/** Watches the changes of an object. */
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
                // The wait for the next change has a limit, which also covers a watch that ended.
            }
        });
    }

    static BindingWatch of(KubernetesClient client, GenericKubernetesResource object) {
        return new BindingWatch(client, object);
    }

    /** The next change, if one arrives soon. */
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

    /** The last received object. */
    JsonNode last() {
        return last;
    }

    @Override
    public void close() {
        watch.close();
    }
}
