package dev.redisaccess.benchmark;

import dev.redisaccess.benchmark.scenario.Change;
import dev.redisaccess.benchmark.scenario.Core;
import dev.redisaccess.benchmark.scenario.Lane;
import dev.redisaccess.benchmark.scenario.Rest;
import dev.redisaccess.benchmark.scenario.Restart;
import dev.redisaccess.benchmark.scenario.Scale;
import dev.redisaccess.benchmark.scenario.Scenario;
import dev.redisaccess.benchmark.scenario.Single;
import dev.redisaccess.benchmark.scenario.Soak;
import dev.redisaccess.benchmark.scenario.Start;
import dev.redisaccess.benchmark.scenario.Storm;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Every scenario. Those that can share a platform follow each other; the one that needs none is the first. */
final class Scenarios {

    private static final List<Scenario> ALL = List.of(
            new Core(),
            new Single(),
            new Lane(),
            new Storm(),
            new Rest(),
            new Restart(),
            new Change(),
            new Scale(),
            new Start(),
            new Soak());

    private Scenarios() {}

    /**
     * The scenarios with these names, each once, or all of them for {@code all}.
     *
     * @throws IllegalArgumentException for an unknown name
     */
    static List<Scenario> of(List<String> names) {
        if (names.contains("all")) {
            return ALL;
        }
        List<Scenario> chosen = new ArrayList<>(ALL);
        chosen.removeIf(scenario -> !names.contains(scenario.name()));
        if (chosen.size() != names.stream().distinct().count()) {
            throw new IllegalArgumentException("--scenario must be one of " + String.join(", ", new Names()));
        }
        return chosen;
    }

    /** For the help. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ALL.stream().map(Scenario::name).iterator();
        }
    }
}
