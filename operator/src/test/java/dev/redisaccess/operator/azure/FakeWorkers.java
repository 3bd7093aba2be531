package dev.redisaccess.operator.azure;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Runs every task on the test's thread, in the order of its time, and moves the clock along. */
final class FakeWorkers implements Workers {

    private final FakeClock clock;
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing(Task::at).thenComparing(Task::number));
    private long count;

    FakeWorkers(FakeClock clock) {
        this.clock = clock;
    }

    @Override
    public void run(Runnable task) {
        after(Duration.ZERO, task);
    }

    @Override
    public Scheduled after(Duration delay, Runnable task) {
        Task entry = new Task(clock.instant().plus(delay), count++, task);
        tasks.add(entry);
        return () -> tasks.remove(entry);
    }

    @Override
    public void close() {}

    /** Everything that is due within that time, in order. */
    void advance(Duration time) {
        Instant end = clock.instant().plus(time);
        while (!tasks.isEmpty() && !tasks.peek().at().isAfter(end)) {
            runNext();
        }
        clock.advanceTo(end);
    }

    /** What is due now. */
    void settle() {
        advance(Duration.ZERO);
    }

    /** How many tasks wait. */
    int waiting() {
        return tasks.size();
    }

    private void runNext() {
        Task next = tasks.poll();
        clock.advanceTo(next.at());
        next.task().run();
    }

    private record Task(Instant at, long number, Runnable task) {}
}
