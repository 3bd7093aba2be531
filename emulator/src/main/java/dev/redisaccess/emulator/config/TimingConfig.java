package dev.redisaccess.emulator.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.emulator.state.Delays;
import java.time.Duration;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;

/** The durations of operations: {@code recorded}, {@code fast}, or {@code fast} with some durations replaced. */
public record TimingConfig(Delays delays) {

    public static final TimingConfig FAST = new TimingConfig(Delays.fast());
    public static final TimingConfig RECORDED = new TimingConfig(Delays.recorded());

    private static final Set<String> FIELDS = Set.of(
            "assignmentCreateMillis",
            "assignmentUpdateMillis",
            "assignmentDeleteMillis",
            "databaseCreateMillis",
            "clusterCreateMillis",
            "propagationMillis");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static TimingConfig parse(JsonNode node) {
        if (node.isTextual()) {
            return named(node.textValue());
        } else if (!node.isObject()) {
            throw new BadField("", "must be recorded, fast, or an object of durations");
        }
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                throw new BadField(name, "is not known; known are " + String.join(", ", new TreeSet<>(FIELDS)));
            }
        }
        Delays fast = Delays.fast();
        return new TimingConfig(new Delays(
                millis(node, "assignmentCreateMillis", fast.assignmentCreate()),
                millis(node, "assignmentUpdateMillis", fast.assignmentUpdate()),
                millis(node, "assignmentDeleteMillis", fast.assignmentDelete()),
                millis(node, "databaseCreateMillis", fast.databaseCreate()),
                millis(node, "clusterCreateMillis", fast.clusterCreate()),
                millis(node, "propagationMillis", fast.propagation())));
    }

    /** {@code recorded} or {@code fast}. */
    public static TimingConfig named(String name) {
        return Check.oneOf("", name, "recorded", "fast").equals("fast") ? FAST : RECORDED;
    }

    private static Duration millis(JsonNode node, String field, Duration otherwise) {
        JsonNode value = node.get(field);
        if (value == null) {
            return otherwise;
        } else if (!value.canConvertToInt() || value.intValue() < 0) {
            throw new BadField(field, "must be milliseconds, 0 or more");
        }
        return Duration.ofMillis(value.intValue());
    }
}
