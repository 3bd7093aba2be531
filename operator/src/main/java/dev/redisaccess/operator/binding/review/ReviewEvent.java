package dev.redisaccess.operator.binding.review;

import dev.redisaccess.operator.api.AccessEntry;
import dev.redisaccess.operator.api.AccessRevocation;
import dev.redisaccess.operator.api.AcknowledgementExpiry;
import dev.redisaccess.operator.api.AssignmentKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A Kubernetes Event about a RedisDatabase after a review. They follow from what changed in the stored report, so each change
 * is reported once, also across restarts; and one Event covers all changes of a kind, so that a thousand are not a thousand.
 *
 * @param reason in PascalCase
 * @param message what changed, and what to do
 */
public record ReviewEvent(String reason, String message) {

    private static final int MOST_NAMED = 3;

    /**
     * All of one review.
     *
     * @param changes of the stored report
     * @param revoked what was recorded, and is about to be requested
     */
    public static List<ReviewEvent> of(
            AccessReview review, List<ReportChange> changes, List<AccessRevocation> revoked) {
        List<ReviewEvent> events = new ArrayList<>();
        List<AccessEntry> unmanaged = became(changes, AssignmentKind.UNMANAGED);
        if (!unmanaged.isEmpty()) {
            events.add(new ReviewEvent(
                    "UnmanagedAccess",
                    "Nothing explains " + unmanaged.size() + " more assignment(s): "
                            + named(unmanaged, ReviewEvent::principal)
                            + ". Bind them, acknowledge them in `spec.access.acknowledged`, or delete them in Azure."));
        }
        List<AccessEntry> leftover = became(changes, AssignmentKind.LEFTOVER);
        if (!leftover.isEmpty()) {
            events.add(new ReviewEvent(
                    "AccessLeftOver",
                    "The database has " + review.count(AssignmentKind.LEFTOVER)
                            + " assignment(s) that this operator created and that no binding needs."
                            + " Delete them in Azure if the access is not wanted."));
        }
        List<AccessEntry> ending = reached(changes, AcknowledgementExpiry.SOON);
        if (!ending.isEmpty()) {
            events.add(
                    new ReviewEvent(
                            "AcknowledgementEnds",
                            "Within a week " + ending.size() + " acknowledgement(s) end: "
                                    + named(ending, entry -> principal(entry) + "` on `" + entry.until())
                                    + ". Set a later `until` if the owner confirms the need, or delete the assignment in Azure."));
        }
        List<AccessEntry> ended = reached(changes, AcknowledgementExpiry.EXPIRED);
        if (!ended.isEmpty()) {
            events.add(
                    new ReviewEvent(
                            "AcknowledgementExpired",
                            "Access exists for which " + ended.size() + " acknowledgement(s) have ended: "
                                    + named(ended, ReviewEvent::principal)
                                    + ". Delete the assignment in Azure, or set a later `until` if the owner confirms the need."));
        }
        if (!revoked.isEmpty()) {
            events.add(new ReviewEvent(
                    "ExcessAccessRevoked",
                    revoked.size() + " assignment(s) that nothing explains are being revoked: "
                            + named(revoked, AccessRevocation::objectId)
                            + ". The report lists them."));
        }
        return events;
    }

    private static List<AccessEntry> became(List<ReportChange> changes, AssignmentKind kind) {
        return after(changes, entry -> entry.kind() == kind, AccessEntry::kind);
    }

    private static List<AccessEntry> reached(List<ReportChange> changes, AcknowledgementExpiry expiry) {
        return after(changes, entry -> entry.expiry() == expiry, AccessEntry::expiry);
    }

    /** The entries that are of a kind now, and were of another one or did not exist. */
    private static List<AccessEntry> after(
            List<ReportChange> changes, Predicate<AccessEntry> is, Function<AccessEntry, Object> value) {
        return changes.stream()
                .filter(change -> change.after().filter(is).isPresent())
                .filter(change -> !Objects.equals(
                        change.before().map(value).orElse(null),
                        change.after().map(value).orElse(null)))
                .flatMap(change -> change.after().stream())
                .toList();
    }

    private static String principal(AccessEntry entry) {
        return Objects.requireNonNullElse(entry.objectId(), entry.assignment());
    }

    private static <T> String named(List<T> some, Function<T, String> name) {
        return some.stream()
                .map(name)
                .sorted()
                .limit(MOST_NAMED)
                .map(text -> "`" + text + "`")
                .collect(Collectors.joining(", ", "", some.size() > MOST_NAMED ? ", …" : ""));
    }
}
