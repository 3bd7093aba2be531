package dev.redisaccess.operator.telemetry.trace;

import dev.redisaccess.operator.api.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that has ended, with what happened within it.
 *
 * @param name one of few, without the name of an object
 * @param isCall whether it is a call to an outside system
 * @param problem why it failed; empty if it succeeded
 * @param attributes names and values, none of them secret, none an ID of an identity
 * @param children in the order of their ends
 */
record RecordedSpan(
        String name,
        boolean isCall,
        Instant start,
        Instant end,
        Optional<Reason> problem,
        Map<String, String> attributes,
        List<RecordedSpan> children) {

    RecordedSpan {
        attributes = Map.copyOf(attributes);
        children = List.copyOf(children);
    }

    /** A call to an outside system that ended at this time. */
    static RecordedSpan call(String name, Instant end, Duration took, Optional<Reason> problem) {
        return new RecordedSpan(name, true, end.minus(took), end, problem, Map.of(), List.of());
    }

    /** A step of a binding, or its time in a queue. */
    static RecordedSpan step(
            String name, Instant start, Instant end, Optional<Reason> problem, List<RecordedSpan> children) {
        return new RecordedSpan(name, false, start, end, problem, Map.of(), children);
    }
}
