package dev.redisaccess.operator.binding.review;

import dev.redisaccess.operator.api.AccessEntry;
import dev.redisaccess.operator.api.AccessRevocation;
import dev.redisaccess.operator.api.AssignmentKind;
import dev.redisaccess.operator.api.DatabaseAccessSpec;
import dev.redisaccess.operator.api.ExcessPolicy;
import dev.redisaccess.operator.api.RevocationLimits;
import dev.redisaccess.operator.binding.ObjectId;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides which assignments that nothing explains are revoked now. A mistake, such as a namespace that is no longer selected or
 * a restored cluster without bindings, must not cut off everybody: so there is a grace period in which the assignment is in the
 * stored report, and a share of all assignments that is not exceeded within any hour. Both are counted from what the report
 * has stored, so that a restart changes neither.
 */
public final class ExcessRevocation {

    /** Whatever the share is. */
    static final int MOST_PER_HOUR = 100;

    /** Revocations that a report keeps: all of the last hour, and as many older ones as fit. */
    static final int MOST_RECORDED = 200;

    /**
     * How long after a decision the deletion may begin. What the lane has not begun by then is decided again. Otherwise, after an
     * hour of refusals by Azure, the deletions of two decisions could be made together, above the share.
     */
    public static final Duration VALIDITY = Duration.ofMinutes(10);

    /** Until an hour after the last moment at which its deletion may begin. */
    private static final Duration COUNTED = Duration.ofHours(1).plus(VALIDITY);

    private ExcessRevocation() {}

    /** Whether anything of a kind is revoked. */
    public static boolean isEnabled(DatabaseAccessSpec spec) {
        return policy(spec, AssignmentKind.LEFTOVER) == ExcessPolicy.REVOKE
                || policy(spec, AssignmentKind.UNMANAGED) == ExcessPolicy.REVOKE;
    }

    /** What a registration says about assignments of a kind. */
    public static ExcessPolicy policy(DatabaseAccessSpec spec, AssignmentKind kind) {
        if (spec == null || !kind.isExcess()) {
            return ExcessPolicy.REPORT;
        }
        return Optional.ofNullable(kind == AssignmentKind.LEFTOVER ? spec.leftovers() : spec.unmanaged())
                .orElse(ExcessPolicy.REPORT);
    }

    /** Whether one policy revokes sooner than another, or more in an hour. */
    public static boolean isFaster(DatabaseAccessSpec one, DatabaseAccessSpec other) {
        return graceSeconds(one) < graceSeconds(other) || percent(one) > percent(other);
    }

    /** How many of so many assignments may be revoked within an hour. */
    static int share(DatabaseAccessSpec spec, int total) {
        return (int) Math.min(MOST_PER_HOUR, (long) total * percent(spec) / 100);
    }

    /**
     * Why nothing is revoked whatever the policies say: the share of so many assignments is less than one. It is not rounded up,
     * because one of three would be a third.
     *
     * @return a clause without its full stop; empty if something may be revoked
     */
    public static Optional<String> hindrance(DatabaseAccessSpec spec, int total) {
        return share(spec, total) > 0
                ? Optional.empty()
                : Optional.of("`spec.access.revocation.percentPerHour` of " + percent(spec) + " allows none of " + total
                        + " assignment(s)");
    }

    private static int percent(DatabaseAccessSpec spec) {
        return limits(spec).map(RevocationLimits::percentPerHour).orElse(RevocationLimits.DEFAULT_PERCENT);
    }

    private static int graceSeconds(DatabaseAccessSpec spec) {
        return limits(spec).map(RevocationLimits::gracePeriodSeconds).orElse(RevocationLimits.DEFAULT_GRACE_SECONDS);
    }

    /**
     * The revocations to record and then to request, the longest reported ones first.
     *
     * @param review of this moment
     * @param seen what the stored report says
     * @param recorded the revocations of the stored report
     * @param idle whether no change of this principal's access is under way
     */
    public static List<AccessRevocation> due(
            DatabaseAccessSpec spec,
            AccessReview review,
            SeenEntries seen,
            List<AccessRevocation> recorded,
            Predicate<ObjectId> idle,
            Instant now) {
        int left = share(spec, review.assignments().size()) - withinHour(recorded, now);
        Instant reportedBefore = now.minusSeconds(graceSeconds(spec));
        List<AccessRevocation> candidates = new ArrayList<>();
        for (ReviewedAssignment reviewed : review.assignments()) {
            if (isRevocable(spec, reviewed)
                    && reviewed.assignment().objectId().filter(idle).isPresent()) {
                AccessEntry entry = reviewed.entry();
                seen.find(entry)
                        .filter(stored -> stored.kind() == reviewed.kind())
                        .filter(stored -> !stored.since().isAfter(reportedBefore))
                        .map(stored -> new AccessRevocation(
                                entry.objectId(),
                                reviewed.assignment().name(),
                                reviewed.kind(),
                                stored.since().toString(),
                                now.toString()))
                        .ifPresent(candidates::add);
            }
        }
        return candidates.stream()
                .sorted(Comparator.comparing(AccessRevocation::since).thenComparing(AccessRevocation::assignment))
                .limit(Math.max(0, left))
                .toList();
    }

    /**
     * What another installation created is never revoked: it may have bindings for it, in this cluster or in another one, and
     * would create it again.
     */
    public static boolean isRevocable(DatabaseAccessSpec spec, ReviewedAssignment reviewed) {
        return policy(spec, reviewed.kind()) == ExcessPolicy.REVOKE
                && !reviewed.isOfAnotherInstallation()
                && !reviewed.assignment().state().moving();
    }

    /** Those that are kept in a report: the latest. */
    public static List<AccessRevocation> latest(List<AccessRevocation> recorded) {
        return recorded.size() <= MOST_RECORDED
                ? List.copyOf(recorded)
                : List.copyOf(recorded.subList(recorded.size() - MOST_RECORDED, recorded.size()));
    }

    /** A time in the future counts also: a clock that was set back must not allow more. */
    private static int withinHour(List<AccessRevocation> recorded, Instant now) {
        return (int) recorded.stream()
                .filter(revocation -> parse(revocation.at())
                        .filter(at -> at.plus(COUNTED).isAfter(now))
                        .isPresent())
                .count();
    }

    private static Optional<RevocationLimits> limits(DatabaseAccessSpec spec) {
        return Optional.ofNullable(spec).map(DatabaseAccessSpec::revocation);
    }

    private static Optional<Instant> parse(String time) {
        try {
            return Optional.ofNullable(time).map(Instant::parse);
        } catch (DateTimeParseException byHand) {
            return Optional.empty();
        }
    }
}
