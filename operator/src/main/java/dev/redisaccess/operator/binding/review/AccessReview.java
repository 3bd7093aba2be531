package dev.redisaccess.operator.binding.review;

import dev.redisaccess.operator.api.AcknowledgementExpiry;
import dev.redisaccess.operator.api.AssignmentKind;
import dev.redisaccess.operator.api.DatabaseAccessSpec;
import dev.redisaccess.operator.api.DatabaseAccessStatus;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.OwnerMark;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All assignments of a database, each with its kind.
 *
 * @param assignments in ARM's order
 * @param superfluous principals that are acknowledged although a binding is for them
 */
public record AccessReview(List<ReviewedAssignment> assignments, List<ObjectId> superfluous) {

    /** Names in a message. */
    private static final int MOST_NAMED = 3;

    public AccessReview {
        assignments = List.copyOf(assignments);
        superfluous = List.copyOf(superfluous);
    }

    /** How many are of a kind. */
    public int count(AssignmentKind kind) {
        return (int)
                assignments.stream().filter(reviewed -> reviewed.kind() == kind).count();
    }

    /** As the status of a RedisDatabase has it. */
    public DatabaseAccessStatus counts(OwnerMark mark) {
        return new DatabaseAccessStatus(
                assignments.size(),
                count(AssignmentKind.BOUND),
                count(AssignmentKind.ADOPTED),
                count(AssignmentKind.ACKNOWLEDGED),
                count(AssignmentKind.LEFTOVER),
                count(AssignmentKind.UNMANAGED),
                mark.toString());
    }

    /**
     * The condition NoUnmanagedAccess.
     *
     * @param spec by which this installation revokes; null: it revokes nothing
     */
    public Finding finding(DatabaseAccessSpec spec) {
        String kept = assignments.stream().anyMatch(reviewed -> ExcessRevocation.isRevocable(spec, reviewed))
                ? ExcessRevocation.hindrance(spec, assignments.size())
                        .map(why -> " Nothing is revoked: " + why + ".")
                        .orElse("")
                : "";
        List<ReviewedAssignment> expired = assignments.stream()
                .filter(reviewed -> reviewed.expiry().equals(Optional.of(AcknowledgementExpiry.EXPIRED)))
                .toList();
        int unmanaged = count(AssignmentKind.UNMANAGED);
        if (!expired.isEmpty()) {
            return Finding.of(
                    Reason.ACKNOWLEDGEMENT_EXPIRED,
                    "Access exists for which " + expired.size() + " acknowledgement(s) have ended: " + named(expired)
                            + ". "
                            + "Revoke the access, or acknowledge it until a later day. In all, "
                            + unmanaged + " assignment(s) are unmanaged." + kept);
        }
        if (unmanaged > 0) {
            List<ReviewedAssignment> all = assignments.stream()
                    .filter(reviewed -> reviewed.kind() == AssignmentKind.UNMANAGED)
                    .toList();
            return Finding.of(
                    Reason.UNMANAGED_ACCESS,
                    "Nothing explains " + unmanaged + " of " + assignments.size() + " assignments: " + named(all)
                            + ". Bind them, acknowledge them in `spec.access.acknowledged`, or delete them in Azure."
                            + kept);
        }
        String note = superfluous.isEmpty()
                ? ""
                : " A binding is for " + superfluous.size() + " acknowledged identities: remove them from"
                        + " `spec.access.acknowledged`, the first is `" + superfluous.get(0) + "`.";
        return Finding.of(Reason.ACCESS_EXPLAINED, "No assignment is unmanaged." + note + kept);
    }

    /** The first of them, in the order of their names. */
    private static String named(List<ReviewedAssignment> some) {
        return some.stream()
                .map(reviewed -> reviewed.entry())
                .map(entry -> entry.objectId() == null ? entry.assignment() : entry.objectId())
                .sorted()
                .limit(MOST_NAMED)
                .map(name -> "`" + name + "`")
                .collect(Collectors.joining(", ", "", some.size() > MOST_NAMED ? ", …" : ""));
    }
}
