package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.Inventory;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.ProvisioningState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of one database's assignments. Answers of ARM come in from two sides, readings of everything and the
 * lane's own operations, and an answer can be older than what the other side has told meanwhile. So each change gets a
 * number, each question remembers the number at which it was asked, and an answer changes nothing that is newer than its
 * question. Safe for use by many threads.
 */
final class KnownAssignments {

    /** Nothing is written for a principal on knowledge that is older. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final Clock clock;
    /** By name in lower case: ARM compares names without case. */
    private Map<String, Assignment> byName = new LinkedHashMap<>();
    /** When each name last changed; a name that is here only was removed. */
    private final Map<String, Long> changedAt = new HashMap<>();
    /** What the lane is changing: its own looks are newer than any reading of everything. */
    private final Set<String> held = new HashSet<>();

    private long changes;
    private long news;
    private long listedAt = -1;
    private long doubtedAt = -1;
    private Optional<Instant> readAt = Optional.empty();
    private Optional<Inventory> inventory = Optional.empty();

    KnownAssignments(Clock clock) {
        this.clock = clock;
    }

    /** Call before a question is sent, and give the number back with its answer. */
    synchronized long asking() {
        return changes;
    }

    /** How often something became otherwise than it was known before: what a plan looks at. */
    synchronized long news() {
        return news;
    }

    /** Whether a reading of everything is recent enough to write on it, and ARM has contradicted nothing of it since. */
    synchronized boolean isFresh() {
        return doubtedAt <= listedAt
                && readAt.filter(at -> clock.instant().isBefore(at.plus(FRESH))).isPresent();
    }

    /** ARM refused a write: something is not as it is known, so it must be read again before anything else is written. */
    synchronized void doubt() {
        doubtedAt = ++changes;
    }

    /** Takes the answer of a reading of everything; the principals whose assignment it changed. */
    synchronized Set<ObjectId> listed(List<Assignment> answer, long askedAt) {
        if (askedAt < listedAt) {
            return Set.of(); // A reading that was asked for later has been answered before this one.
        }
        listedAt = askedAt;
        Map<String, Assignment> before = byName;
        Map<String, Assignment> merged = new LinkedHashMap<>();
        for (Assignment assignment : answer) {
            String key = key(assignment.name());
            Optional<Assignment> known = Optional.ofNullable(before.get(key));
            if (newerThan(askedAt, key)) {
                known.ifPresent(ours -> merged.put(key, ours));
            } else {
                merged.put(key, withTransition(known, assignment, readAt.isPresent()));
            }
        }
        before.forEach((key, ours) -> {
            if (newerThan(askedAt, key)) {
                merged.putIfAbsent(key, ours);
            }
        });
        byName = merged;
        // An answer to an older question is not taken any more, so what is older than this one need not be remembered.
        changedAt.values().removeIf(at -> at <= askedAt);
        readAt = Optional.of(clock.instant());
        inventory = Optional.empty();
        return stampDifferences(before, merged);
    }

    /** The names of those that Succeeded, as far as is known, and that a reading of everything lacks. */
    synchronized List<String> missingFrom(List<Assignment> answer, long askedAt) {
        Set<String> listed = new HashSet<>();
        answer.forEach(assignment -> listed.add(key(assignment.name())));
        List<String> missing = new ArrayList<>();
        byName.forEach((key, ours) -> {
            boolean stood = ours.state() == ProvisioningState.Succeeded && !newerThan(askedAt, key);
            if (stood && !listed.contains(key)) {
                missing.add(ours.name());
            }
        });
        return missing;
    }

    /** Takes the answer of a look at one assignment. True: it was news. */
    synchronized boolean seen(String name, Optional<Assignment> answer, long askedAt) {
        String key = key(name);
        if (changedAt.getOrDefault(key, Long.MIN_VALUE) > askedAt) {
            return false;
        }
        return put(key, answer, readAt.isPresent() || held.contains(key));
    }

    /** Takes what an own operation has done. True: it was news. Until {@link #release} no reading changes it. */
    synchronized boolean changed(String name, Optional<Assignment> result) {
        String key = key(name);
        held.add(key);
        return put(key, result, true);
    }

    /** The operation has ended. */
    synchronized void release(String name) {
        if (held.remove(key(name))) {
            // A reading that was asked for while the operation ran must still not undo it.
            changedAt.put(key(name), ++changes);
        }
    }

    synchronized Optional<Assignment> named(String name) {
        return Optional.ofNullable(byName.get(key(name)));
    }

    synchronized Optional<Inventory> inventory() {
        if (inventory.isEmpty()) {
            inventory = readAt.map(at -> new Inventory(at, List.copyOf(byName.values())));
        }
        return inventory;
    }

    /** Assignments that ARM works on, and the lane does not. */
    synchronized List<Assignment> movingByOthers() {
        List<Assignment> moving = new ArrayList<>();
        byName.forEach((key, assignment) -> {
            boolean known = assignment.state() != ProvisioningState.Unknown;
            if (assignment.state().moving() && known && !held.contains(key)) {
                moving.add(assignment);
            }
        });
        return moving;
    }

    private boolean newerThan(long askedAt, String key) {
        return held.contains(key) || changedAt.getOrDefault(key, Long.MIN_VALUE) > askedAt;
    }

    private boolean put(String key, Optional<Assignment> now, boolean looked) {
        Optional<Assignment> before = Optional.ofNullable(byName.get(key));
        Optional<Assignment> after = now.map(assignment -> withTransition(before, assignment, looked));
        after.ifPresentOrElse(assignment -> byName.put(key, assignment), () -> byName.remove(key));
        changedAt.put(key, ++changes);
        inventory = Optional.empty();
        boolean differs = differ(before, after);
        news += differs ? 1 : 0;
        return differs;
    }

    private Set<ObjectId> stampDifferences(Map<String, Assignment> before, Map<String, Assignment> after) {
        Set<ObjectId> concerned = new HashSet<>();
        Set<String> keys = new HashSet<>(before.keySet());
        keys.addAll(after.keySet());
        for (String key : keys) {
            Optional<Assignment> old = Optional.ofNullable(before.get(key));
            Optional<Assignment> now = Optional.ofNullable(after.get(key));
            if (differ(old, now)) {
                news++;
                changedAt.put(key, ++changes);
                old.ifPresent(assignment -> concerned.addAll(assignment.concerned()));
                now.ifPresent(assignment -> concerned.addAll(assignment.concerned()));
            }
        }
        return concerned;
    }

    /** @param looked whether we had looked before, so that what was not there is new now */
    private Assignment withTransition(Optional<Assignment> before, Assignment now, boolean looked) {
        Optional<Instant> succeededAt = Optional.empty();
        if (now.state() == ProvisioningState.Succeeded) {
            boolean already = before.filter(old -> old.state() == ProvisioningState.Succeeded)
                    .isPresent();
            boolean sawIt = before.isPresent() || looked;
            succeededAt = already
                    ? before.flatMap(Assignment::succeededAt)
                    : sawIt ? Optional.of(clock.instant()) : Optional.empty();
        }
        return now.as(now.state(), succeededAt);
    }

    private static boolean differ(Optional<Assignment> one, Optional<Assignment> other) {
        return !one.map(KnownAssignments::timeless).equals(other.map(KnownAssignments::timeless));
    }

    private static Assignment timeless(Assignment assignment) {
        return assignment.as(assignment.state(), Optional.empty());
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
