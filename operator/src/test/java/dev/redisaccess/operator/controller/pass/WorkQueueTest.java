package dev.redisaccess.operator.controller.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.binding.Rate;
import dev.redisaccess.operator.binding.port.WorkLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

/** The queue with the operator's own limits, in simulated time: nothing waits for real, and each run is the same. */
class WorkQueueTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration EXCHANGE = Duration.ofMillis(200);
    private static final Optional<Endpoint> NONE = Optional.empty();

    private final Simulation simulation = new Simulation(WorkLimits.of(16));

    @Test
    void oneBlackHoledDatabaseDelaysNoIdentificationOfOthers() {
        for (int i = 0; i < 48; i++) {
            simulation.add("dark", "verify-" + i, database("dark"), TIMEOUT);
        }
        simulation.advance(Duration.ofSeconds(1));

        simulation.add("shop", "identify", NONE, EXCHANGE);
        simulation.add("shop", "verify", database("shop"), EXCHANGE);

        assertThat(simulation.waited("identify")).isZero();
        assertThat(simulation.waited("verify")).isZero();
    }

    @Test
    void reportsHowMuchWaitsAndSinceWhen() {
        assertThat(simulation.queue.load()).isEqualTo(WorkLoad.NONE);
        for (int i = 0; i < 10; i++) {
            simulation.add("dark", "verify-" + i, database("dark"), TIMEOUT);
        }
        simulation.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 20; i++) {
            simulation.add("shop", "identify-" + i, NONE, TIMEOUT);
        }

        // Four verifications run, a quarter of 16; and sixteen identifications, which fill the twenty threads.
        assertThat(simulation.queue.load()).isEqualTo(new WorkLoad(4, 6, Optional.of(START)));
        simulation.advance(TIMEOUT);
        simulation.advance(TIMEOUT);
        assertThat(simulation.queue.load()).isEqualTo(WorkLoad.NONE);
    }

    /** Its own quota holds for a database, however many namespaces use it. */
    @Test
    void oneBlackHoledDatabaseOfManyNamespacesDelaysNoOther() {
        for (int i = 0; i < 48; i++) {
            simulation.add("dark-" + i % 12, "verify-" + i, database("dark"), TIMEOUT);
        }
        simulation.advance(Duration.ofSeconds(1));

        simulation.add("shop", "identify", NONE, EXCHANGE);
        simulation.add("shop", "verify", database("shop"), EXCHANGE);
        simulation.add("dark-0", "identify of the same namespace", NONE, EXCHANGE);

        assertThat(simulation.waited("identify")).isZero();
        assertThat(simulation.waited("verify")).isZero();
        assertThat(simulation.waited("identify of the same namespace")).isZero();
    }

    @Test
    void identificationsHaveThreadsWhereEveryDatabaseIsBlackHoled() {
        for (int i = 0; i < 48; i++) {
            simulation.add("dark-" + i, "verify-" + i, database("dark-" + i), TIMEOUT);
        }
        simulation.advance(Duration.ofSeconds(1));

        for (int i = 0; i < 4; i++) {
            simulation.add("shop-" + i, "identify-" + i, NONE, EXCHANGE);
            assertThat(simulation.waited("identify-" + i)).isZero();
        }
    }

    @Test
    void aNamespaceThatAppliesThousandsAtOnceDelaysOthersByOneExchange() {
        for (int i = 0; i < 10_000; i++) {
            simulation.add("busy", "busy-" + i, NONE, EXCHANGE);
        }
        simulation.advance(Duration.ofSeconds(1));

        simulation.add("shop", "identify", NONE, EXCHANGE);
        simulation.advance(EXCHANGE);

        assertThat(simulation.waited("identify")).isLessThanOrEqualTo(EXCHANGE);
    }

    /** 24 new bindings a second, with two exchanges each, were the fastest storm that was measured. */
    @Test
    void aStormInOneNamespaceIsNotSlowedDownByItsRate() {
        Duration quick = Duration.ofMillis(20);
        for (int i = 0; i < 5_000; i++) {
            simulation.add("busy", "identify-" + i, NONE, quick);
            simulation.add("busy", "verify-" + i, database("busy"), quick);
        }
        simulation.advance(Duration.ofSeconds(100));
        assertThat(simulation.startedCount()).isEqualTo(10_000);
    }

    @Test
    void noNamespaceExchangesMoreOftenThanItsRate() {
        for (int i = 0; i < 10_000; i++) {
            simulation.add("busy", "busy-" + i, NONE, Duration.ofMillis(1));
        }
        simulation.advance(Duration.ofSeconds(10));
        assertThat(simulation.startedCount()).isBetween(1_190, 1_210);

        simulation.add("shop", "identify", NONE, EXCHANGE);
        assertThat(simulation.waited("identify")).isZero();
    }

    @Test
    void databasesOfOneNamespaceTakeTurns() {
        var one = new Simulation(new WorkLimits(1, 1, 1, 1, new Rate(Duration.ofNanos(1), 1000)));
        one.add("shop", "a1", database("a"), EXCHANGE);
        one.add("shop", "a2", database("a"), EXCHANGE);
        one.add("shop", "a3", database("a"), EXCHANGE);
        one.add("shop", "b1", database("b"), EXCHANGE);
        one.advance(EXCHANGE.multipliedBy(2));
        assertThat(one.started).containsKeys("a1", "a2", "b1").doesNotContainKey("a3");
    }

    private static Optional<Endpoint> database(String name) {
        return Optional.of(new Endpoint(name + ".example", 10000));
    }

    /** Threads that take the time that each piece of work states. */
    private static final class Simulation {

        private record End(Instant at, int order, WorkQueue.Piece piece) {}

        final Map<String, Instant> added = new HashMap<>();
        final Map<String, Instant> started = new HashMap<>();
        private final WorkQueue queue;
        private final PriorityQueue<End> ends =
                new PriorityQueue<>(Comparator.comparing(End::at).thenComparing(End::order));
        private final Map<WorkQueue.Piece, Duration> durations = new HashMap<>();
        private Instant now = START;

        Simulation(WorkLimits limits) {
            queue = new WorkQueue(limits);
        }

        void add(String namespace, String name, Optional<Endpoint> database, Duration takes) {
            var piece = new WorkQueue.Piece(namespace, database, now, () -> started.put(name, now));
            added.put(name, now);
            durations.put(piece, takes);
            queue.add(piece);
            start();
        }

        void advance(Duration duration) {
            Instant until = now.plus(duration);
            Instant next = next();
            while (!next.isAfter(until)) {
                now = next;
                while (!ends.isEmpty() && !ends.peek().at().isAfter(now)) {
                    queue.done(ends.poll().piece());
                }
                start();
                next = next();
            }
            now = until;
        }

        private Instant next() {
            Instant end = ends.isEmpty() ? Instant.MAX : ends.peek().at();
            Instant opens = queue.opens(now).orElse(Instant.MAX);
            return end.isBefore(opens) ? end : opens;
        }

        private void start() {
            for (var piece = queue.next(now); piece.isPresent(); piece = queue.next(now)) {
                piece.get().run().run();
                ends.add(new End(now.plus(durations.get(piece.get())), started.size(), piece.get()));
            }
        }

        Duration waited(String name) {
            assertThat(started).containsKey(name);
            return Duration.between(added.get(name), started.get(name));
        }

        int startedCount() {
            return started.size();
        }
    }
}
