package dev.redisaccess.operator.binding.review;

import dev.redisaccess.operator.api.AccessEntry;
import dev.redisaccess.operator.api.Acknowledgement;
import dev.redisaccess.operator.api.AcknowledgementExpiry;
import dev.redisaccess.operator.api.AssignmentKind;
import dev.redisaccess.operator.binding.Access;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.SafeQuote;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An assignment with its kind.
 *
 * @param assignment as Azure reports it
 * @param kind why it exists
 * @param uses the bindings for its principal, whether they explain it or not
 * @param acknowledgement of its principal, if it counts for the kind or has expired
 * @param expiry of that
 */
public record ReviewedAssignment(
        Assignment assignment,
        AssignmentKind kind,
        List<AccessUse> uses,
        Optional<Acknowledgement> acknowledgement,
        Optional<AcknowledgementExpiry> expiry) {

    private static final int MOST_ACCESS = 512;
    private static final int MOST_NAME = 260;
    private static final int MOST_REASON = 512;

    /** Characters of all names that are listed. */
    private static final int MOST_NAMES = 1024;

    private static final Comparator<AccessUse> BY_NAME = Comparator.comparing(
            AccessUse::binding, Comparator.comparing(BindingKey::namespace).thenComparing(BindingKey::name));

    /** Whether its name is one that another installation of the operator gives: that one may have a binding for it. */
    boolean isOfAnotherInstallation() {
        return kind == AssignmentKind.UNMANAGED
                && assignment.objectId().isPresent()
                && assignment.objectId().equals(OwnerMark.principalOf(assignment.name()));
    }

    /** As it is in a report, without times. */
    public AccessEntry entry() {
        List<AccessUse> listed = listed();
        return new AccessEntry(
                assignment.objectId().map(ObjectId::value).orElse(null),
                SafeQuote.quote(assignment.name(), MOST_NAME),
                access(assignment.access()),
                kind,
                orNull(listed.stream()
                        .map(use ->
                                use.binding().namespace() + "/" + use.binding().name())
                        .toList()),
                uses.size() > listed.size() ? uses.size() : null,
                orNull(listed.stream()
                        .map(use -> use.binding().namespace() + "/" + use.serviceAccount())
                        .distinct()
                        .toList()),
                reason(),
                acknowledgement.map(Acknowledgement::owner).orElse(null),
                acknowledgement.map(Acknowledgement::until).orElse(null),
                expiry.orElse(null),
                null,
                null);
    }

    /** The first ones. Names may have 317 characters each, and a page of such entries would not fit into etcd. */
    private List<AccessUse> listed() {
        List<AccessUse> listed = new ArrayList<>();
        int characters = 0;
        for (AccessUse use : uses.stream().sorted(BY_NAME).toList()) {
            characters += use.binding().namespace().length()
                    + Math.max(
                            use.binding().name().length(), use.serviceAccount().length());
            if (listed.size() == AccessEntry.MOST_BINDINGS || characters > MOST_NAMES) {
                break;
            }
            listed.add(use);
        }
        return listed;
    }

    private static String access(Access access) {
        return switch (access.kind()) {
            case FULL -> "full";
            case UNKNOWN -> "unknown";
            case RESTRICTED -> SafeQuote.quote(access.rule(), MOST_ACCESS);
        };
    }

    private String reason() {
        if (acknowledgement.isPresent()) {
            String reason = acknowledgement.get().reason();
            return SafeQuote.quote(
                    kind == AssignmentKind.ACKNOWLEDGED
                            ? reason
                            : "The acknowledgement ended on "
                                    + acknowledgement.get().until() + ": " + reason,
                    MOST_REASON);
        }
        if (isOfAnotherInstallation()) {
            return "Another installation of the operator created it, as its name shows.";
        }
        if (assignment.objectId().isEmpty()) {
            return "Azure reports no object ID for it.";
        }
        if (kind.isExcess() && !uses.isEmpty()) {
            return kind == AssignmentKind.LEFTOVER
                    ? "Its bindings request access that the database does not offer, or their identity is refused."
                    : "It grants full access, which its bindings do not request or the database does not offer to them.";
        }
        return null;
    }

    private static List<String> orNull(List<String> list) {
        return list.isEmpty() ? null : list;
    }
}
