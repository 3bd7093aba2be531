package dev.redisaccess.operator.telemetry;

import dev.redisaccess.operator.api.ApiGroup;
import dev.redisaccess.operator.binding.RequestReference;
import dev.redisaccess.operator.binding.SafeQuote;
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
 * An event that repeats the object's latest one is written once in ten minutes. A → B → A is three, so that the newest Event of an
 * object is what holds now; at most {@value #MOST} for one object in ten minutes, however fast it changes.
 */
public final class KubernetesEvents {

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesEvents.class);

    private static final Duration QUIET = Duration.ofMinutes(10);
    private static final int REMEMBERED = 4096;
    private static final int MAX_MESSAGE = 1024;
    private static final int MOST = 20;

    private final KubernetesClient client;
    private final Executor executor;
    private final Clock clock;
    private final String instance;
    /** By the object's UID. */
    private final Map<String, Latest> written = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Latest> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * What was written last about an object.
     *
     * @param event a digest: the texts of thousands would be a megabyte
     * @param at when
     * @param since when the count began
     * @param count events since then
     */
    private record Latest(UUID event, Instant at, Instant since, int count) {}

    /**
     * @param executor where events are written
     * @param instance the name of this replica
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
        String text = SafeQuote.quote(message, MAX_MESSAGE);
        String what = reason + "/" + RequestReference.removedFrom(text);
        if (!isNews(about.getMetadata().getUid(), digest(what), now)) {
            return;
        }
        Subject subject = Subject.of(about);
        try {
            executor.execute(() -> write(event(subject, type, reason, text, now)));
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

    private synchronized boolean isNews(String uid, UUID event, Instant now) {
        Latest before = written.remove(uid);
        Latest latest = before == null || !before.since().plus(QUIET).isAfter(now)
                ? new Latest(event, now, now, 1)
                : new Latest(event, now, before.since(), before.count() + 1);
        boolean repeated = before != null
                && before.event().equals(event)
                && before.at().plus(QUIET).isAfter(now);
        boolean news = !repeated && latest.count() <= MOST;
        written.put(uid, news ? latest : before);
        return news;
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
                .withMessage(message)
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
