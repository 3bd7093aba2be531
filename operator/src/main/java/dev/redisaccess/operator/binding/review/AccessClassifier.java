package dev.redisaccess.operator.binding.review;

import dev.redisaccess.operator.api.Acknowledgement;
import dev.redisaccess.operator.api.AcknowledgementExpiry;
import dev.redisaccess.operator.api.AssignmentKind;
import dev.redisaccess.operator.binding.Access;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.Inventory;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.ProvisioningState;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives each assignment of a database its kind. The order of precedence: a binding for its principal that explains it; then an
 * acknowledgement that has not ended; then the owner mark.
 *
 * <p>Tenants write bindings, so a binding does not explain everything. It explains an assignment of this installation while the
 * binding is entitled to access: else one that names a profile which does not exist would keep, unseen, what its database no
 * longer offers. It explains one of another client, unless that grants full access and the database does not offer full access
 * to the binding. So what a binding cannot use, because others restricted it, is adopted and not unmanaged: to revoke it would let the
 * operator grant more.
 */
public final class AccessClassifier {

    private AccessClassifier() {}

    /**
     * What Azure is deleting is left out, unless a binding is for its principal.
     *
     * @param mark of this installation
     * @param uses the bindings of the database, whatever their state
     * @param today in UTC
     */
    public static AccessReview classify(
            Inventory inventory,
            OwnerMark mark,
            Collection<AccessUse> uses,
            Acknowledgements acknowledgements,
            LocalDate today) {
        Map<ObjectId, List<AccessUse>> byPrincipal = new HashMap<>();
        for (AccessUse use : uses) {
            use.principals().forEach(principal -> byPrincipal
                    .computeIfAbsent(principal, any -> new ArrayList<>(1))
                    .add(use));
        }
        List<ReviewedAssignment> reviewed =
                new ArrayList<>(inventory.assignments().size());
        for (Assignment assignment : inventory.assignments()) {
            List<AccessUse> own = assignment
                    .objectId()
                    .map(byPrincipal::get)
                    .map(List::copyOf)
                    .orElse(List.of());
            if (!own.isEmpty() || assignment.state() != ProvisioningState.Deleting) {
                reviewed.add(classify(assignment, mark, own, acknowledgements, today));
            }
        }
        Set<ObjectId> acknowledged = reviewed.stream()
                .filter(each -> each.kind() == AssignmentKind.ACKNOWLEDGED)
                .flatMap(each -> each.assignment().objectId().stream())
                .collect(Collectors.toSet());
        List<ObjectId> superfluous = acknowledgements.principals().stream()
                .filter(principal -> byPrincipal.containsKey(principal) && !acknowledged.contains(principal))
                .toList();
        return new AccessReview(reviewed, superfluous);
    }

    private static ReviewedAssignment classify(
            Assignment assignment,
            OwnerMark mark,
            List<AccessUse> uses,
            Acknowledgements acknowledgements,
            LocalDate today) {
        boolean ours = mark.isOn(assignment);
        if (uses.stream().anyMatch(use -> ours ? use.entitled() : use.full() || !isFull(assignment))) {
            AssignmentKind kind = ours ? AssignmentKind.BOUND : AssignmentKind.ADOPTED;
            return new ReviewedAssignment(assignment, kind, uses, Optional.empty(), Optional.empty());
        }
        Optional<Acknowledgement> known = assignment.objectId().flatMap(acknowledgements::of);
        Optional<AcknowledgementExpiry> expiry = known.flatMap(entry -> Acknowledgements.expiry(entry, today));
        boolean counts = known.isPresent() && !expiry.equals(Optional.of(AcknowledgementExpiry.EXPIRED));
        AssignmentKind kind =
                counts ? AssignmentKind.ACKNOWLEDGED : ours ? AssignmentKind.LEFTOVER : AssignmentKind.UNMANAGED;
        return new ReviewedAssignment(assignment, kind, uses, known, expiry);
    }

    private static boolean isFull(Assignment assignment) {
        return assignment.access().kind() == Access.Kind.FULL;
    }
}
