package dev.redisaccess.operator.controller.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.binding.Rate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class WorkDispatcherTest {

    private static final Optional<Endpoint> DATABASE = Optional.of(new Endpoint("orders.example", 10000));

    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final Deque<Runnable> timers = new ArrayDeque<>();
    private final List<Duration> delays = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

    @Test
    void workOverItsQuotaHoldsNoThread() {
        WorkDispatcher dispatcher = dispatcher(new WorkLimits(4, 1, 4, 5, new Rate(Duration.ofMillis(1), 100)));
        dispatcher.submit(piece("verify 1", DATABASE));
        dispatcher.submit(piece("verify 2", DATABASE));
        assertThat(threads).hasSize(1);

        dispatcher.submit(piece("identify", Optional.empty()));
        assertThat(threads).hasSize(2);

        threads.poll().run();
        assertThat(threads).hasSize(2);
        runAll();
        assertThat(done).containsExactly("verify 1", "identify", "verify 2");
    }

    @Test
    void workOverItsRateStartsWhenTheTimerFires() {
        WorkDispatcher dispatcher = dispatcher(new WorkLimits(4, 4, 4, 5, new Rate(Duration.ofSeconds(10), 1)));
        dispatcher.submit(piece("one", Optional.empty()));
        dispatcher.submit(piece("two", Optional.empty()));
        runAll();
        assertThat(done).containsExactly("one");
        assertThat(delays).containsExactly(Duration.ofSeconds(10));

        now = now.plusSeconds(10);
        timers.poll().run();
        runAll();
        assertThat(done).containsExactly("one", "two");
        assertThat(timers).isEmpty();
    }

    @Test
    void aTimerThatFiresTooEarlyIsSetAgain() {
        WorkDispatcher dispatcher = dispatcher(new WorkLimits(4, 4, 4, 5, new Rate(Duration.ofSeconds(10), 1)));
        dispatcher.submit(piece("one", Optional.empty()));
        dispatcher.submit(piece("two", Optional.empty()));
        now = now.plusSeconds(4);
        timers.poll().run();
        assertThat(delays).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(6));
    }

    @Test
    void workThatThrowsReleasesItsPlace() {
        WorkDispatcher dispatcher = dispatcher(new WorkLimits(1, 1, 1, 1, new Rate(Duration.ofMillis(1), 100)));
        dispatcher.submit(new WorkQueue.Piece("shop", Optional.empty(), clock.instant(), () -> {
            throw new IllegalStateException("broken");
        }));
        dispatcher.submit(piece("next", Optional.empty()));
        try {
            threads.poll().run();
        } catch (IllegalStateException broken) {
            runAll();
        }
        assertThat(done).containsExactly("next");
    }

    @Test
    void startsNothingWhereTheExecutorStops() {
        var closed = new WorkDispatcher(
                new WorkQueue(WorkLimits.of(4)),
                task -> {
                    throw new RejectedExecutionException("closed");
                },
                clock,
                (delay, task) -> timers.add(task));
        closed.submit(piece("one", Optional.empty()));
        assertThat(done).isEmpty();
    }

    private WorkDispatcher dispatcher(WorkLimits limits) {
        return new WorkDispatcher(new WorkQueue(limits), threads::add, clock, (delay, task) -> {
            delays.add(delay);
            timers.add(task);
        });
    }

    private WorkQueue.Piece piece(String name, Optional<Endpoint> database) {
        return new WorkQueue.Piece("shop", database, clock.instant(), () -> done.add(name));
    }

    private void runAll() {
        while (!threads.isEmpty()) {
            threads.poll().run();
        }
    }
}
