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
 * The assignments of one database, as last read and changed. Answers of Azure come from two sources, the LISTs and the lane's
 * operations, and an answer can be older than one that the other source has delivered. So each change increments a version,
 * each request is sent with the version of its time, and its answer changes nothing that is newer. Safe for use by many
 * threads.
 */
final class AssignmentCache {

    /** Nothing is written after a LIST that is older. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final Clock clock;
    /** By name in lower case: ARM compares names without case. */
    private Map<String, Assignment> byName = new LinkedHashMap<>();
    /** The version of the last change of each name; a name that is only here was removed. */
    private final Map<String, Long> changedAt = new HashMap<>();
    /** The names that an operation of the lane is changing: no LIST changes them. */
    private final Set<String> held = new HashSet<>();

    private long version;
    private long differences;
    private long listedAt = -1;
    private long invalidAt = -1;
    private Optional<Instant> readAt = Optional.empty();
    private Optional<Inventory> inventory = Optional.empty();

    AssignmentCache(Clock clock) {
        this.clock = clock;
    }

    /** To be read before a request is sent, and given back with its answer. */
    synchronized long version() {
        return version;
    }

    /** How often an assignment has changed, appeared or disappeared, as far as a plan depends on it. */
    synchronized long differences() {
        return differences;
    }

    /** Whether the last LIST is recent enough for a write, and Azure has refused none since. */
    synchronized boolean isFresh() {
        return invalidAt <= listedAt
                && readAt.filter(at -> clock.instant().isBefore(at.plus(FRESH))).isPresent();
    }

    /** Azure refused a write, so the assignments have to be read again before the next one. */
    synchronized void invalidate() {
        invalidAt = ++version;
    }

    /**
     * Applies a LIST.
     *
     * @param askedAt the version at which it was requested
     * @return the principals whose assignments differ from what was known
     */
    synchronized Set<ObjectId> replace(List<Assignment> answer, long askedAt) {
        if (askedAt < listedAt) {
            return Set.of(); // A later request has been answered before this one.
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
        // The answer to an older request is not applied any more, so older changes need not be kept.
        changedAt.values().removeIf(at -> at <= askedAt);
        readAt = Optional.of(clock.instant());
        inventory = Optional.empty();
        return recordDifferences(before, merged);
    }

    /** The names of the assignments that are known as Succeeded and missing from a LIST. */
    synchronized List<String> missingFrom(List<Assignment> answer, long askedAt) {
        Set<String> listed = new HashSet<>();
        answer.forEach(assignment -> listed.add(key(assignment.name())));
        List<String> missing = new ArrayList<>();
        byName.forEach((key, ours) -> {
            boolean succeeded = ours.state() == ProvisioningState.Succeeded && !newerThan(askedAt, key);
            if (succeeded && !listed.contains(key)) {
                missing.add(ours.name());
            }
        });
        return missing;
    }

    /**
     * Applies a GET.
     *
     * @param askedAt the version at which it was requested
     */
    synchronized void update(String name, Optional<Assignment> answer, long askedAt) {
        String key = key(name);
        if (changedAt.getOrDefault(key, Long.MIN_VALUE) <= askedAt) {
            put(key, answer, readAt.isPresent() || held.contains(key));
        }
    }

    /** Applies a change by an operation of the lane. No LIST changes the assignment until {@link #release}. */
    synchronized void hold(String name, Optional<Assignment> result) {
        String key = key(name);
        held.add(key);
        put(key, result, true);
    }

    /** Ends {@link #hold}. */
    synchronized void release(String name) {
        if (held.remove(key(name))) {
            // A LIST that was requested while the operation ran must not undo it.
            changedAt.put(key(name), ++version);
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

    /** Assignments on which Azure works, and not for the lane. */
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

    private void put(String key, Optional<Assignment> now, boolean readBefore) {
        Optional<Assignment> before = Optional.ofNullable(byName.get(key));
        Optional<Assignment> after = now.map(assignment -> withTransition(before, assignment, readBefore));
        after.ifPresentOrElse(assignment -> byName.put(key, assignment), () -> byName.remove(key));
        changedAt.put(key, ++version);
        inventory = Optional.empty();
        differences += differ(before, after) ? 1 : 0;
    }

    private Set<ObjectId> recordDifferences(Map<String, Assignment> before, Map<String, Assignment> after) {
        Set<ObjectId> concerned = new HashSet<>();
        Set<String> keys = new HashSet<>(before.keySet());
        keys.addAll(after.keySet());
        for (String key : keys) {
            Optional<Assignment> old = Optional.ofNullable(before.get(key));
            Optional<Assignment> now = Optional.ofNullable(after.get(key));
            if (differ(old, now)) {
                differences++;
                changedAt.put(key, ++version);
                old.ifPresent(assignment -> concerned.addAll(assignment.concerned()));
                now.ifPresent(assignment -> concerned.addAll(assignment.concerned()));
            }
        }
        return concerned;
    }

    /** @param readBefore whether an assignment that was not known before is new, because the names were read before */
    private Assignment withTransition(Optional<Assignment> before, Assignment now, boolean readBefore) {
        Optional<Instant> succeededAt = Optional.empty();
        if (now.state() == ProvisioningState.Succeeded) {
            boolean already = before.filter(old -> old.state() == ProvisioningState.Succeeded)
                    .isPresent();
            boolean witnessed = before.isPresent() || readBefore;
            succeededAt = already
                    ? before.flatMap(Assignment::succeededAt)
                    : witnessed ? Optional.of(clock.instant()) : Optional.empty();
        }
        return now.as(now.state(), succeededAt);
    }

    private static boolean differ(Optional<Assignment> one, Optional<Assignment> other) {
        return !one.map(AssignmentCache::timeless).equals(other.map(AssignmentCache::timeless));
    }

    private static Assignment timeless(Assignment assignment) {
        return assignment.as(assignment.state(), Optional.empty());
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
