package dev.redisaccess.emulator.fault;

import dev.redisaccess.emulator.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules in force, in the order in which they were added. The first that matches and is not used up decides. */
public final class Faults {

    /**
     * A rule in force.
     *
     * @param id for removing it
     * @param seen how many requests matched
     * @param hit how many of them were hit
     */
    public record Active(int id, FaultRule rule, int seen, int hit) {

        private boolean usedUp() {
            return rule.times() != 0 && hit >= rule.times();
        }

        private Active seenOnce() {
            boolean hits = seen >= rule.skip();
            return new Active(id, rule, seen + 1, hits ? hit + 1 : hit);
        }
    }

    private final List<Active> active = new ArrayList<>();
    private int lastId;

    public Faults(List<FaultRule> initial) {
        initial.forEach(this::add);
    }

    /** Adds a rule and returns its id. */
    public synchronized int add(FaultRule rule) {
        active.add(new Active(++lastId, rule, 0, 0));
        return lastId;
    }

    /** Removes a rule; false when there is none with that id. */
    public synchronized boolean remove(int id) {
        return active.removeIf(each -> each.id() == id);
    }

    public synchronized void clear() {
        active.clear();
    }

    /** All rules, including those that are used up. */
    public synchronized List<Active> active() {
        return List.copyOf(active);
    }

    /** The action on this request, if any. Counts the request for every rule that it matches before the one that hits. */
    public synchronized Optional<FaultAction> take(Service service, Request request) {
        for (int i = 0; i < active.size(); i++) {
            Active before = active.get(i);
            if (!before.usedUp() && before.rule().matches(service, request)) {
                Active after = before.seenOnce();
                active.set(i, after);
                if (after.hit() > before.hit()) {
                    return Optional.of(after.rule().action());
                }
            }
        }
        return Optional.empty();
    }
}
