package dev.redisaccess.operator.controller.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.binding.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever is added, ends and passes in time: no limit is exceeded, and no work is lost or done twice. */
class WorkQueuePropertiesTest {

    private static final Rate RATE = new Rate(Duration.ofMillis(10), 5);

    private final List<WorkQueue.Piece> running = new ArrayList<>();
    private final Set<WorkQueue.Piece> started = new HashSet<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Property(tries = 500)
    void keepsItsLimitsAndLosesNothing(@ForAll long seed) {
        Random random = new Random(seed);
        int verifications = 1 + random.nextInt(12);
        int quarter = Math.max(1, verifications / 4);
        WorkLimits limits = new WorkLimits(verifications, quarter, quarter, verifications + quarter, RATE);
        WorkQueue queue = new WorkQueue(limits);
        List<WorkQueue.Piece> added = new ArrayList<>();
        running.clear();
        started.clear();
        for (int i = 0; i < 300; i++) {
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    var piece = piece(random);
                    added.add(piece);
                    queue.add(piece);
                }
                case 2 -> end(queue, random);
                default -> now = now.plusMillis(random.nextInt(30));
            }
            start(queue, limits);
        }
        while (!running.isEmpty() || queue.opens(now).isPresent()) {
            end(queue, random);
            now = now.plusMillis(10);
            start(queue, limits);
        }
        assertThat(started).containsExactlyInAnyOrderElementsOf(added);
    }

    private void start(WorkQueue queue, WorkLimits limits) {
        for (var next = queue.next(now); next.isPresent(); next = queue.next(now)) {
            assertThat(started.add(next.get())).isTrue();
            running.add(next.get());
            hold(limits);
        }
    }

    private void hold(WorkLimits limits) {
        assertThat(running).hasSizeLessThanOrEqualTo(limits.threads());
        List<WorkQueue.Piece> verifications =
                running.stream().filter(piece -> piece.database().isPresent()).toList();
        assertThat(verifications).hasSizeLessThanOrEqualTo(limits.verifications());
        for (WorkQueue.Piece one : verifications) {
            assertThat(verifications.stream().filter(other -> other.database().equals(one.database())))
                    .hasSizeLessThanOrEqualTo(limits.perDatabase());
            assertThat(verifications.stream().filter(other -> other.namespace().equals(one.namespace())))
                    .hasSizeLessThanOrEqualTo(limits.perNamespace());
        }
    }

    private void end(WorkQueue queue, Random random) {
        if (!running.isEmpty()) {
            queue.done(running.remove(random.nextInt(running.size())));
        }
    }

    private static WorkQueue.Piece piece(Random random) {
        Object unlikeOthers = new Object();
        return new WorkQueue.Piece(
                "namespace-" + random.nextInt(4),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(new Endpoint("database-" + random.nextInt(4), 10000)),
                Instant.EPOCH,
                unlikeOthers::hashCode);
    }
}
