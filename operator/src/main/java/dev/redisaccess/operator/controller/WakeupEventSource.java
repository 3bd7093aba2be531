package dev.redisaccess.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.EventHandler;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Objects;
import java.util.Set;

/**
 * An event source for events of this process: an operation of a lane, the end of work. Before it is started, and after it was
 * stopped, wakeups are lost, which is no loss: the first pass looks at everything.
 */
final class WakeupEventSource<P extends HasMetadata> extends AbstractEventSource<Void, P> {

    WakeupEventSource(String name) {
        super(Void.class, name);
    }

    /** Requests a pass over this resource. */
    void wake(ResourceID resource) {
        EventHandler handler = getEventHandler();
        if (isRunning() && handler != null) {
            handler.handleEvent(new Event(resource));
        }
    }

    /**
     * Requests another pass if the object was changed or deleted between the pass that read it and the write of its status.
     * The framework ignores the event of that change, since the response to the write is newer.
     *
     * @param read by the pass
     * @param written the response of the API server to the write
     */
    void wakeIfOvertaken(P read, P written) {
        boolean changed = !Objects.equals(
                read.getMetadata().getGeneration(), written.getMetadata().getGeneration());
        if (changed || written.isMarkedForDeletion() && !read.isMarkedForDeletion()) {
            wake(ResourceID.fromResource(written));
        }
    }

    @Override
    public Set<Void> getSecondaryResources(P primary) {
        return Set.of();
    }
}
