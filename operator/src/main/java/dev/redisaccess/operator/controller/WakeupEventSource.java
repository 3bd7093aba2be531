package dev.redisaccess.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.EventHandler;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Objects;
import java.util.Set;

/**
 * An event source for what happens in this process: a lane that finished, a check that ended. Before it is started, and
 * after it was stopped, wakes are lost, and need not be kept: the first pass looks at everything.
 */
final class WakeupEventSource<P extends HasMetadata> extends AbstractEventSource<Void, P> {

    WakeupEventSource(String name) {
        super(Void.class, name);
    }

    /** Asks for a pass over this resource. */
    void wake(ResourceID resource) {
        EventHandler handler = getEventHandler();
        if (isRunning() && handler != null) {
            handler.handleEvent(new Event(resource));
        }
    }

    /**
     * Asks for another pass if somebody changed or deleted the object between the pass that read it and the write of its
     * status. The framework takes the event of that change for an echo of the write, since the write's answer is newer.
     *
     * @param read what the pass was about
     * @param written what the API server answered to the write
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
