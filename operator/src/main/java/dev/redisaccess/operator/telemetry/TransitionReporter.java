package dev.redisaccess.operator.telemetry;

import dev.redisaccess.operator.api.AccessRevocation;
import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.AssignmentStatus;
import dev.redisaccess.operator.api.ConditionStatus;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.api.RedisDatabaseStatus;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.port.Telemetry;
import dev.redisaccess.operator.binding.review.AccessReview;
import dev.redisaccess.operator.binding.review.ReportChange;
import dev.redisaccess.operator.binding.review.ReviewEvent;
import dev.redisaccess.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports changes of statuses: one log line and one Kubernetes Event for each transition of Ready or of its reason.
 */
public final class TransitionReporter {

    private static final Logger LOG = LoggerFactory.getLogger(TransitionReporter.class);

    private final KubernetesEvents events;
    private final Metrics metrics;
    private final Telemetry telemetry;
    private final Clock clock;

    public TransitionReporter(KubernetesEvents events, Metrics metrics, Telemetry telemetry, Clock clock) {
        this.events = events;
        this.metrics = metrics;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    /** A pass over a binding begins. */
    public void passStarted(RedisAccessBinding binding) {
        telemetry.passStarted(binding);
    }

    /**
     * A binding's status was written. What is published stays while the binding lives, so the first status that is Ready is
     * the one before which nothing was.
     */
    public void reported(
            RedisAccessBinding binding, RedisAccessBindingStatus before, RedisAccessBindingStatus now, Finding ready) {
        if (before != null && wasReplaced(before.assignment(), now.assignment())) {
            events.warning(
                    binding,
                    "AdoptedAssignmentReplaced",
                    "The adopted assignment `" + before.assignment().name()
                            + "` is gone from Azure. The operator created `"
                            + now.assignment().name()
                            + "` instead, and revokes it with the last binding that needs it.");
        }
        if (ready.holds() && (before == null || before.environment() == null)) {
            metrics.becameReady(
                    Duration.between(Instant.parse(binding.getMetadata().getCreationTimestamp()), clock.instant()));
        }
        telemetry.statusWritten(binding, ready);
        reported(binding, before == null ? null : before.conditions(), ready);
    }

    private static boolean wasReplaced(AssignmentStatus before, AssignmentStatus now) {
        return before != null
                && now != null
                && before.origin() == AssignmentOrigin.ADOPTED
                && now.origin() == AssignmentOrigin.CREATED;
    }

    /** A database's status is about to be written. */
    public void reported(RedisDatabase database, RedisDatabaseStatus before, Finding ready) {
        reported(database, before == null ? null : before.conditions(), ready);
    }

    /** A binding's finalizer is removed. */
    public void released(RedisAccessBinding binding, String why) {
        telemetry.released(BindingKey.of(binding));
        LOG.info("{} is released: {}", name(binding), why);
    }

    /** The access to a database was reviewed. */
    public void reviewed(
            RedisDatabase database, AccessReview review, List<ReportChange> changes, List<AccessRevocation> revoked) {
        ReviewEvent.of(review, changes, revoked)
                .forEach(event -> events.warning(database, event.reason(), event.message()));
    }

    /** The access report of a database could not be stored. */
    public void reportFailed(RedisDatabase database, Problem problem) {
        events.warning(database, "AccessReportFailed", problem.text());
    }

    /** A registration can't be deleted yet, because bindings hold access through it. */
    public void inUse(RedisDatabase database, List<RedisAccessBinding> bindings) {
        String some = bindings.stream()
                .limit(3)
                .map(TransitionReporter::name)
                .collect(Collectors.joining(", ", "", bindings.size() > 3 ? ", …" : ""));
        events.warning(
                database,
                "InUse",
                "Deletion waits for " + bindings.size() + " binding(s) that hold access through it: " + some
                        + ". Delete them first.");
    }

    private void reported(HasMetadata object, List<Condition> before, Finding ready) {
        metrics.statusWritten(object.getKind());
        boolean same = Conditions.find(before, ConditionType.READY)
                .filter(known -> ready.status().text().equals(known.getStatus()))
                .filter(known -> ready.reason().text().equals(known.getReason()))
                .isPresent();
        if (same) {
            return;
        }
        metrics.transition(object.getKind(), ready);
        LOG.info(
                "{} is Ready={} ({}): {}",
                name(object),
                ready.status().text(),
                ready.reason().text(),
                ready.message());
        if (ready.holds()) {
            events.normal(object, ready.reason().text(), ready.message());
        } else if (ready.status() == ConditionStatus.FALSE) {
            events.warning(object, ready.reason().text(), ready.message());
        }
    }

    private static String name(HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        return object.getKind() + " " + (namespace == null ? "" : namespace + "/")
                + object.getMetadata().getName();
    }
}
