package dev.redisaccess.image;

import dev.redisaccess.testbed.Bound;
import dev.redisaccess.testbed.Platform;
import dev.redisaccess.testbed.Population;
import dev.redisaccess.testbed.TestbedFailure;
import dev.redisaccess.testbed.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Bindings that an operator has from their beginning to their end. */
record FirstBindings(Platform platform, List<Bound> bound) {

    private static final Waiting WAITING = Waiting.of(Duration.ofMinutes(2), Duration.ofMillis(20));

    FirstBindings {
        bound = List.copyOf(bound);
    }

    /** Not applied yet. */
    static FirstBindings on(Platform platform, int count) {
        return new FirstBindings(platform, platform.population().prepare(count));
    }

    /**
     * Applies them all at once. Returns how long it takes until they are Ready.
     *
     * @throws TestbedFailure if that takes minutes
     */
    Duration ready() {
        Instant applied = Instant.now();
        Population population = platform.population();
        population.bindAll(bound);
        try {
            WAITING.until("the bindings to be Ready", () -> population.readyOf(bound) == bound.size());
        } catch (TestbedFailure late) {
            throw new TestbedFailure(late.getMessage() + " " + population.explain(bound));
        }
        return Duration.between(applied, Instant.now());
    }

    /** Deletes them, and waits until their access is revoked. */
    void gone() {
        platform.population().deleteAll(bound);
        WAITING.until("the bindings to be gone", () -> bound.stream()
                .allMatch(one -> platform.readyTimes().gone(one).isPresent()));
    }
}
