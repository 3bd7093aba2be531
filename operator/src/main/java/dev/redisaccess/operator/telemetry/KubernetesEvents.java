package dev.redisaccess.operator.telemetry;

import dev.redisaccess.operator.api.ApiGroup;
import dev.redisaccess.operator.binding.RequestReference;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kubernetes Events. Best effort, and never in the way of a pass: written on another thread, and a failure is only logged.
 * The same event about the same object is told once in ten minutes.
 */
public final class KubernetesEvents {

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesEvents.class);

    private static final Duration QUIET = Duration.ofMinutes(10);
    private static final int REMEMBERED = 4096;
    private static final int MAX_MESSAGE = 1024;

    private final KubernetesClient client;
    private final Executor executor;
    private final Clock clock;
    private final String instance;
    /** By what is told of whom, as {@link #digest}: the texts of thousands would be a megabyte. */
    private final Map<UUID, Instant> told = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * @param executor where events are written
     * @param instance which replica tells
     */
    public KubernetesEvents(KubernetesClient client, Executor executor, Clock clock, String instance) {
        this.client = client;
        this.executor = executor;
        this.clock = clock;
        this.instance = instance;
    }

    /** Something went as it should. */
    public void normal(HasMetadata about, String reason, String message) {
        tell(about, "Normal", reason, message);
    }

    /** Somebody has to act, or to wait. */
    public void warning(HasMetadata about, String reason, String message) {
        tell(about, "Warning", reason, message);
    }

    private void tell(HasMetadata about, String type, String reason, String message) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String what = about.getMetadata().getUid() + "/" + reason + "/" + RequestReference.removedFrom(message);
        if (!isNews(digest(what), now)) {
            return;
        }
        Subject subject = Subject.of(about);
        try {
            executor.execute(() -> write(event(subject, type, reason, message, now)));
        } catch (RejectedExecutionException stopping) {
            LOG.debug("Event {} is not written: the operator stops", reason);
        }
    }

    /** What an event names of its object. Thousands may wait to be told: that is a tenth of the object, or of the event. */
    private record Subject(
            String apiVersion, String kind, String namespace, String name, String uid, String resourceVersion) {

        static Subject of(HasMetadata object) {
            ObjectMeta metadata = object.getMetadata();
            return new Subject(
                    object.getApiVersion(),
                    object.getKind(),
                    metadata.getNamespace(),
                    metadata.getName(),
                    metadata.getUid(),
                    metadata.getResourceVersion());
        }
    }

    private static UUID digest(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private synchronized boolean isNews(UUID key, Instant now) {
        Instant before = told.get(key);
        if (before != null && before.plus(QUIET).isAfter(now)) {
            return false;
        }
        told.remove(key);
        told.put(key, now);
        return true;
    }

    private Event event(Subject about, String type, String reason, String message, Instant now) {
        String unique = about.uid() + reason + message + now;
        return new EventBuilder()
                .withNewMetadata()
                .withName(about.name() + "." + digest(unique).toString().substring(0, 13))
                // Events about cluster-scoped objects live in the namespace default.
                .withNamespace(about.namespace() == null ? "default" : about.namespace())
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(about.apiVersion())
                .withKind(about.kind())
                .withName(about.name())
                .withNamespace(about.namespace())
                .withUid(about.uid())
                .withResourceVersion(about.resourceVersion())
                .endInvolvedObject()
                .withType(type)
                .withReason(reason)
                .withMessage(message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE))
                .withCount(1)
                .withFirstTimestamp(now.toString())
                .withLastTimestamp(now.toString())
                .withNewSource()
                .withComponent(ApiGroup.FIELD_MANAGER)
                .endSource()
                .withReportingComponent(ApiGroup.FIELD_MANAGER)
                .withReportingInstance(instance)
                .build();
    }

    private void write(Event event) {
        try {
            client.v1().events().resource(event).create();
        } catch (KubernetesClientException refused) {
            LOG.warn("An event could not be written: {}", refused.getMessage());
        }
    }
}
