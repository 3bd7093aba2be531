package dev.redisaccess.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.launcher.ChildProcess;
import dev.redisaccess.quickstart.Conditions.Condition;
import dev.redisaccess.quickstart.show.Screen;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Shows an object's conditions as they become true, until it is Ready. */
final class ReadyWait {
    private final Screen screen;
    private final BindingWatch watch;
    private final long since;
    private final Set<String> shown = new LinkedHashSet<>();

    /** @param since when the object was applied, by {@link System#nanoTime()} */
    ReadyWait(Screen screen, BindingWatch watch, long since) {
        this.screen = screen;
        this.watch = watch;
        this.since = since;
    }

    /** Waits, and returns the object as it was when it became Ready. */
    JsonNode until(Patience patience) {
        return patience.until(
                "the condition Ready to be True", () -> watch.next().flatMap(this::show));
    }

    private Optional<JsonNode> show(JsonNode object) {
        Conditions conditions = Conditions.of(object);
        conditions.list().stream()
                .filter(Condition::isTrue)
                .filter(condition -> shown.add(condition.type()))
                .forEach(condition ->
                        screen.seen(condition.type(), ConditionDetail.of(condition.type(), object), elapsed()));
        if (conditions.isTrue("Ready")) {
            screen.stopWaiting();
            return Optional.of(object);
        }
        conditions.firstOpen().ifPresent(open -> screen.waitFor(open.type(), open.message()));
        return Optional.empty();
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - since);
    }

    static Patience patience(String step, Duration limit, ChildProcess operator) {
        return new Patience(step, limit, List.of(operator));
    }
}
