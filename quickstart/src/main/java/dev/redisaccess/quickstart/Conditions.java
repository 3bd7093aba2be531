package dev.redisaccess.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The conditions in an object's status, in their order. */
record Conditions(List<Condition> list) {
    /** One condition as {@code metav1.Condition} has it. */
    record Condition(String type, String status, String reason, String message) {
        boolean isTrue() {
            return status.equals("True");
        }

        /** One aligned line for the screen. */
        String line() {
            return String.format(Locale.ROOT, "%-22s %-8s %-24s %s", type, status, reason, message);
        }
    }

    static Conditions of(JsonNode object) {
        List<Condition> conditions = new ArrayList<>();
        object.path("status")
                .path("conditions")
                .forEach(condition -> conditions.add(new Condition(
                        condition.path("type").asText(),
                        condition.path("status").asText(),
                        condition.path("reason").asText(),
                        condition.path("message").asText())));
        return new Conditions(List.copyOf(conditions));
    }

    boolean isTrue(String type) {
        return list.stream().anyMatch(condition -> condition.type().equals(type) && condition.isTrue());
    }

    /** The first that does not hold, except the one that sums up the others. */
    Optional<Condition> firstOpen() {
        return list.stream()
                .filter(condition -> !condition.isTrue() && !condition.type().equals("Ready"))
                .findFirst();
    }
}
