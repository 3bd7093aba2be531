package dev.redisaccess.quickstart;

import dev.redisaccess.quickstart.show.Screen;
import dev.redisaccess.quickstart.show.SummaryRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The completed steps, with their times, for the screen and for the summary. */
final class Progress {
    private final Screen screen;
    private final long started = System.nanoTime();
    private final List<SummaryRow> rows = new ArrayList<>();

    Progress(Screen screen) {
        this.screen = screen;
    }

    Screen screen() {
        return screen;
    }

    /** Runs a step, and prints it with its time and its result. */
    void step(String label, String waiting, Supplier<String> action) {
        long before = System.nanoTime();
        screen.waitFor(label, waiting);
        String seen = action.get();
        screen.stopWaiting();
        screen.seen(label, seen, since(before));
    }

    /** Adds a line to the summary. */
    void sum(String step, String seen, Duration time) {
        rows.add(new SummaryRow(step, seen, time));
    }

    void summarise() {
        screen.summary(rows, since(started));
    }

    static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
