package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.BindingRequest;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseSnapshot;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.Inventory;
import dev.redisaccess.operator.binding.Need;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.RevocationPlan;
import dev.redisaccess.operator.binding.RevocationPlanner;
import dev.redisaccess.operator.binding.port.DatabaseAccess;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Revokes access that a binding no longer needs: because it is being deleted, or because its identity has changed. */
public final class Revoker {

    private final DatabaseAccess azure;
    private final Peers peers;
    private final BindingMemoryStore memories;
    private final OwnerMark mark;
    private final Consumer<BindingKey> wake;

    /** @param wake asks for a pass over a binding */
    public Revoker(
            DatabaseAccess azure, Peers peers, BindingMemoryStore memories, OwnerMark mark, Consumer<BindingKey> wake) {
        this.azure = azure;
        this.peers = peers;
        this.memories = memories;
        this.mark = mark;
        this.wake = wake;
    }

    /** Those of the principals for which the database has an assignment of this installation; empty while that is not known. */
    Optional<List<ObjectId>> created(DatabaseId id, Collection<ObjectId> principals) {
        return azure.snapshot(id).flatMap(DatabaseSnapshot::inventory).map(inventory -> principals.stream()
                .filter(principal -> mark.createdFor(principal, inventory).isPresent())
                .toList());
    }

    /**
     * Whether the database has an assignment of this installation that no other binding needs. Empty while that can't be known
     * but will be: after a restart until the first reading, and while Azure can't be asked.
     */
    Optional<Boolean> hasUnneeded(DatabaseId id, BindingKey except) {
        Optional<DatabaseSnapshot> snapshot = azure.snapshot(id);
        Optional<Inventory> inventory = snapshot.flatMap(DatabaseSnapshot::inventory);
        if (inventory.isEmpty()) {
            return snapshot.flatMap(DatabaseSnapshot::problem)
                    .filter(problem -> problem.reason().kind() != Reason.Kind.UNAVAILABLE)
                    .map(problem -> false);
        }
        return Optional.of(inventory.get().assignments().stream()
                .filter(mark::isOn)
                .flatMap(assignment -> assignment.objectId().stream())
                .anyMatch(principal -> peers.need(id, principal, except) == Need.NONE));
    }

    /**
     * Plans for a binding that stays. A database that Azure does not find may be found again, so what is known of the access is
     * not forgotten meanwhile; only a binding that is being deleted does not wait for that.
     */
    RevocationPlan withdraw(BindingRequest request, DatabaseId id, ObjectId principal) {
        Optional<Problem> gone = azure.snapshot(id).flatMap(DatabaseSnapshot::notFound);
        return gone.isPresent() ? new RevocationPlan.Wait(Finding.of(gone.get())) : revoke(request, id, principal);
    }

    /** Plans, and hands the deletion to the lane if it is due. */
    RevocationPlan revoke(BindingRequest request, DatabaseId id, ObjectId principal) {
        Need need = peers.need(id, principal, request.key());
        BindingMemory memory = memories.of(request.key());
        RevocationPlan plan = RevocationPlanner.plan(new RevocationPlanner.Situation(
                principal, mark, need, memory.revoking(principal), azure.snapshot(id), azure.lane(id, principal)));
        if (need == Need.UNCONFIRMED) {
            peers.unconfirmed(id, principal, request.key()).toList().forEach(this::confirm);
        }
        if (plan instanceof RevocationPlan.Revoke revoke) {
            memory.revoking(principal, true);
            azure.revoke(id, principal, revoke.assignmentName(), () -> stillDue(request, id, principal, memory));
        }
        return plan;
    }

    private void confirm(BindingKey peer) {
        memories.of(peer).confirmIdentity();
        wake.accept(peer);
    }

    /** Released since, because its policy is Retain now or by hand, or needed by another: then it is not to be deleted. */
    private boolean stillDue(BindingRequest request, DatabaseId id, ObjectId principal, BindingMemory memory) {
        boolean due = memory.revoking(principal)
                && peers.exists(id, request.key())
                && peers.need(id, principal, request.key()) == Need.NONE;
        if (!due) {
            // Azure is not asked then, and what the inventory lacks may exist all the same.
            memory.revoking(principal, false);
        }
        return due;
    }
}
