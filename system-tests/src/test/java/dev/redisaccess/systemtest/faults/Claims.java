package dev.redisaccess.systemtest.faults;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.IdentityStatus;
import dev.redisaccess.systemtest.scenario.StatusHistory.Version;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Compares what every version of a status claims with what was so. Two things must never be: a claim that is new and false,
 * and a claim that stays for long after it has become false.
 */
final class Claims {

    /** Times in status are whole seconds, and a result of Azure takes a moment until it is in status. */
    private static final Duration OLD_NEWS = Duration.ofSeconds(3);

    /** The truth is read every 50 ms, and on a loaded machine later. */
    private static final Duration LATE_READING = Duration.ofMillis(300);

    /** What others change is seen with the next reading, every two seconds in these tests, on a machine that may be loaded. */
    private static final Duration STALE = Duration.ofSeconds(15);

    /** A login that was under way when the fault began may still succeed. */
    static final Duration UNDER_WAY = Duration.ofSeconds(3);

    private final Truth.Record truth;
    private final Duration stale;
    private final List<String> violations = new ArrayList<>();

    /**
     * @param unreported for how long status could not be written; that it is written again takes as long once more at most
     */
    Claims(Truth.Record truth, Duration unreported) {
        this.truth = truth;
        this.stale = STALE.plus(unreported.multipliedBy(2));
    }

    /**
     * Looks at all versions, oldest first.
     *
     * @param until when the last of them ended to count
     */
    List<String> falseIn(List<Version> versions, Instant until) {
        for (int i = 0; i < versions.size(); i++) {
            Optional<Version> before = i == 0 ? Optional.empty() : Optional.of(versions.get(i - 1));
            Instant end = i + 1 < versions.size() ? versions.get(i + 1).seen() : until;
            check(ConditionType.ACCESS_GRANTED, before, versions.get(i), end, Truth.Sample::granted);
            check(ConditionType.READY, before, versions.get(i), end, Truth.Sample::admitted);
        }
        return violations;
    }

    /** A binding that became Ready while no login worked. */
    List<String> readyWithoutLogin(List<Version> versions, Instant broken, Instant healed) {
        List<String> wrong = new ArrayList<>();
        for (int i = 1; i < versions.size(); i++) {
            Version version = versions.get(i);
            boolean fresh = version.ready() && !versions.get(i - 1).ready();
            if (fresh
                    && version.seen().isAfter(broken.plus(UNDER_WAY))
                    && version.seen().isBefore(healed)) {
                wrong.add("Ready=True at " + version.seen() + " though no login works since " + broken);
            }
        }
        return wrong;
    }

    private void check(
            ConditionType type,
            Optional<Version> before,
            Version version,
            Instant end,
            java.util.function.Function<Truth.Sample, java.util.Set<String>> allowed) {
        Optional<String> claimed = claimed(version, type);
        if (claimed.isEmpty()) {
            return;
        }
        Predicate<Truth.Sample> so = sample -> allowed.apply(sample).contains(claimed.get());
        boolean fresh = !before.flatMap(older -> claimed(older, type)).equals(claimed);
        if (fresh
                && !truth.ever(
                        since(version, type).minus(OLD_NEWS), version.seen().plus(LATE_READING), so)) {
            violations.add(type.text() + "=True for " + claimed.get() + " at " + version.seen() + " was never so");
        }
        if (truth.longest(version.seen(), end, so.negate()).compareTo(stale) > 0) {
            violations.add(type.text() + "=True for " + claimed.get() + " from " + version.seen() + " to " + end
                    + " was long not so any more");
        }
    }

    /** The principal for which the condition is claimed to be True. */
    private static Optional<String> claimed(Version version, ConditionType type) {
        return version.find(type)
                .filter(condition -> condition.getStatus().equals("True"))
                .flatMap(condition ->
                        Optional.ofNullable(version.status().identity()).map(IdentityStatus::objectId));
    }

    private static Instant since(Version version, ConditionType type) {
        return version.find(type)
                .map(Condition::getLastTransitionTime)
                .map(Instant::parse)
                .orElse(version.seen());
    }
}
