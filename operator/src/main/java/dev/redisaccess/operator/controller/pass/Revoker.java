package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.AccessNeed;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.BindingRequest;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseSnapshot;
import dev.redisaccess.operator.binding.Inventory;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.RevocationCause;
import dev.redisaccess.operator.binding.RevocationPlan;
import dev.redisaccess.operator.binding.RevocationPlanner;
import dev.redisaccess.operator.binding.port.DatabaseAccess;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Revokes access that a binding gives up: {@link RevocationPlanner} decides, and what is due is handed to the lane, which asks
 * once more before it deletes.
 */
final class Revoker {

    static final RevocationPlan NOTHING_GRANTED = new RevocationPlan.Release("no access was granted");

    private final DatabaseAccess azure;
    private final BindingsByIdentity peers;
    private final BindingMemoryStore memories;
    private final OwnerMark mark;
    private final Consumer<BindingKey> wake;

    /** @param wake requests a pass over a binding */
    Revoker(
            DatabaseAccess azure,
            BindingsByIdentity peers,
            BindingMemoryStore memories,
            OwnerMark mark,
            Consumer<BindingKey> wake) {
        this.azure = azure;
        this.peers = peers;
        this.memories = memories;
        this.mark = mark;
        this.wake = wake;
    }

    /** Those of the principals for which the database has an assignment of this installation; empty while that is not known. */
    Optional<Set<ObjectId>> created(DatabaseId id, Set<ObjectId> principals) {
        return azure.snapshot(id).flatMap(DatabaseSnapshot::inventory).map(inventory -> principals.stream()
                .filter(principal -> mark.createdFor(principal, inventory).isPresent())
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    /** The principals that a binding has or had, whose access it has to give up when it leaves them. */
    Set<ObjectId> principals(DatabaseId id, PassState state, BindingMemory memory) {
        Set<ObjectId> principals = state.principals(memory);
        principals.addAll(former(id, memory));
        return principals;
    }

    /**
     * Those of a binding's former principals that have an assignment of this installation; the others are forgotten, once the
     * assignments are known. Only these are revoked: otherwise an identity that keeps changing would cost requests to Azure.
     */
    private Set<ObjectId> former(DatabaseId id, BindingMemory memory) {
        Set<ObjectId> former = memory.former();
        if (former.isEmpty()) {
            return former;
        }
        Optional<Set<ObjectId>> created = created(id, former);
        created.ifPresent(left ->
                former.stream().filter(principal -> !left.contains(principal)).forEach(memory::removeFormer));
        return created.orElse(Set.of());
    }

    /**
     * Whether the database has an assignment of this installation that no other binding needs. Empty while that is not known
     * but will be: after a restart until the first reading, and while Azure is not available.
     */
    Optional<Boolean> hasUnneeded(DatabaseId id, BindingKey except) {
        Optional<DatabaseSnapshot> snapshot = azure.snapshot(id);
        Optional<Inventory> inventory = snapshot.flatMap(DatabaseSnapshot::inventory);
        if (inventory.isEmpty()) {
            return snapshot.flatMap(DatabaseSnapshot::problem)
                    .filter(problem -> problem.reason().kind() != Reason.Kind.UNAVAILABLE)
                    .map(problem -> false);
        }
        Set<ObjectId> created = inventory.get().assignments().stream()
                .filter(mark::isOn)
                .flatMap(assignment -> assignment.objectId().stream())
                .collect(Collectors.toSet());
        return Optional.of(!peers.unneeded(id, created, except).isEmpty());
    }

    /**
     * Plans for one principal after the other, until something is left to do for one.
     *
     * @return the last plan
     */
    RevocationPlan revoke(BindingRequest request, DatabaseId id, Set<ObjectId> principals, RevocationCause cause) {
        RevocationPlan plan = NOTHING_GRANTED;
        for (ObjectId principal : principals) {
            plan = revoke(request, id, principal, cause);
            if (plan.waiting().isPresent()) {
                return plan;
            }
        }
        return plan;
    }

    /** Plans, and hands the deletion to the lane if it is due. */
    RevocationPlan revoke(BindingRequest request, DatabaseId id, ObjectId principal, RevocationCause cause) {
        AccessNeed need = peers.need(id, principal, request.key());
        BindingMemory memory = memories.of(request.key());
        RevocationPlan plan = RevocationPlanner.plan(
                cause,
                new RevocationPlanner.Situation(
                        principal,
                        mark,
                        need,
                        memory.isRevoking(principal),
                        azure.snapshot(id),
                        azure.lane(id, principal)));
        if (need == AccessNeed.UNCONFIRMED) {
            peers.unconfirmed(id, principal, request.key()).toList().forEach(this::confirm);
        }
        if (plan instanceof RevocationPlan.Revoke revoke) {
            memory.addRevoking(principal);
            azure.revoke(id, principal, revoke.assignmentName(), () -> stillDue(request, id, principal, memory));
        }
        return plan;
    }

    /** Has the identity of a binding confirmed that its status alone asserts. */
    void confirm(BindingKey peer) {
        memories.of(peer).requestConfirmation();
        wake.accept(peer);
    }

    /** False if the binding was released since (its policy is Retain now, or its finalizer removed), or another needs it. */
    private boolean stillDue(BindingRequest request, DatabaseId id, ObjectId principal, BindingMemory memory) {
        boolean due = memory.isRevoking(principal)
                && peers.exists(id, request.key())
                && peers.need(id, principal, request.key()) == AccessNeed.NONE;
        if (!due) {
            // Nothing is deleted then, so an assignment that the inventory lacks may exist all the same.
            memory.removeRevoking(principal);
        }
        return due;
    }
}
