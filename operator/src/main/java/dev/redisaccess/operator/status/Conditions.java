package dev.redisaccess.operator.status;

import dev.redisaccess.operator.api.ConditionStatus;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.RequestReference;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Findings → the conditions of a status. */
public final class Conditions {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private Conditions() {}

    /**
     * Builds the list in the order of the map. {@code lastTransitionTime} moves only where the status changed.
     *
     * @param findings in the order of the list
     * @param generation that they are about
     * @param previous the conditions in status now; null if there are none
     */
    public static List<Condition> of(
            Map<ConditionType, Finding> findings, long generation, List<Condition> previous, Instant now) {
        List<Condition> conditions = new ArrayList<>(findings.size());
        findings.forEach((type, finding) -> conditions.add(new ConditionBuilder()
                .withType(type.text())
                .withStatus(finding.status().text())
                .withReason(finding.reason().text())
                .withMessage(message(find(previous, type), finding))
                .withObservedGeneration(generation)
                .withLastTransitionTime(since(find(previous, type), finding, now))
                .build()));
        return List.copyOf(conditions);
    }

    /** The same list, but with the condition of this type as it was, if there was one and this version knows its reason. */
    public static List<Condition> keep(List<Condition> conditions, ConditionType type, List<Condition> previous) {
        Optional<Condition> kept =
                find(previous, type).filter(any -> finding(previous, type).isPresent());
        return conditions.stream()
                .map(condition -> type.text().equals(condition.getType()) ? kept.orElse(condition) : condition)
                .toList();
    }

    /** A condition of a list, which may be null. */
    public static Optional<Condition> find(List<Condition> conditions, ConditionType type) {
        return Optional.ofNullable(conditions).stream()
                .flatMap(List::stream)
                .filter(condition -> type.text().equals(condition.getType()))
                .findFirst();
    }

    /** What a condition of a list says, which may be null; empty also if it has a reason that this version does not know. */
    public static Optional<Finding> finding(List<Condition> conditions, ConditionType type) {
        return find(conditions, type).flatMap(condition -> Arrays.stream(Reason.values())
                .filter(reason -> reason.condition() == type)
                .filter(reason -> reason.text().equals(condition.getReason()))
                .findFirst()
                .map(reason -> Finding.of(reason, condition.getMessage())));
    }

    /** Whether a condition was found True, for this very generation. */
    public static boolean heldAt(List<Condition> conditions, ConditionType type, long generation) {
        return find(conditions, type)
                .filter(condition -> ConditionStatus.TRUE.text().equals(condition.getStatus()))
                .filter(condition -> Long.valueOf(generation).equals(condition.getObservedGeneration()))
                .isPresent();
    }

    /** The IDs of the first attempt that failed this way stay: new ones with each attempt would be a write without information. */
    private static String message(Optional<Condition> previous, Finding finding) {
        return previous.filter(condition -> finding.reason().text().equals(condition.getReason()))
                .map(Condition::getMessage)
                .filter(message ->
                        RequestReference.removedFrom(message).equals(RequestReference.removedFrom(finding.message())))
                .orElse(finding.message());
    }

    private static String since(Optional<Condition> previous, Finding finding, Instant now) {
        return previous.filter(condition -> finding.status().text().equals(condition.getStatus()))
                .map(Condition::getLastTransitionTime)
                .orElseGet(() -> TIME.format(now.truncatedTo(ChronoUnit.SECONDS)));
    }
}
