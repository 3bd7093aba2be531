package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.binding.BindingRequest;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Outcome;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.RevocationPlan;
import dev.redisaccess.operator.binding.RevocationPlanner;
import dev.redisaccess.operator.binding.Successor;
import dev.redisaccess.operator.binding.port.DatabaseAccess;
import dev.redisaccess.operator.binding.port.DatabaseSnapshot;
import dev.redisaccess.operator.binding.port.LaneState;
import java.util.Optional;

/** Takes away access that a binding no longer needs: because it is being deleted, or because its identity is another now. */
public final class Revoker {

    private final DatabaseAccess azure;
    private final Peers peers;
    private final BindingMemories memories;

    public Revoker(DatabaseAccess azure, Peers peers, BindingMemories memories) {
        this.azure = azure;
        this.peers = peers;
        this.memories = memories;
    }

    /**
     * The same for a binding that stays. A database that Azure does not find may be found again, so what status recorded is
     * not forgotten meanwhile; only a binding that is being deleted does not wait for that.
     */
    RevocationPlan withdraw(BindingRequest request, DatabaseId id, Optional<RevocationPlanner.Granted> granted) {
        Optional<Problem> gone = azure.snapshot(id).flatMap(DatabaseSnapshot::notFound);
        return gone.isPresent() ? new RevocationPlan.Wait(Outcome.of(gone.get())) : revoke(request, id, granted);
    }

    /** Plans, and hands the deletion to the lane if it is due. */
    RevocationPlan revoke(BindingRequest request, DatabaseId id, Optional<RevocationPlanner.Granted> granted) {
        Successor successor = granted.map(known -> peers.successor(id, known.principal(), request.key()))
                .orElse(Successor.NONE);
        LaneState lane = granted.map(known -> azure.lane(id, known.principal())).orElseGet(LaneState.Idle::new);
        BindingMemory memory = memories.of(request.key());
        boolean asked = granted.map(known -> memory.revoking(known.principal())).orElse(false);
        boolean intended =
                granted.map(known -> memory.claimed(known.principal())).orElse(false);
        RevocationPlan plan = RevocationPlanner.plan(
                request.deletionPolicy(), granted, intended, successor, asked, azure.snapshot(id), lane);
        if (plan instanceof RevocationPlan.Release) {
            granted.ifPresent(known -> {
                memory.revoking(known.principal(), false);
                memory.onRecord(known.principal(), false);
            });
        }
        if (plan instanceof RevocationPlan.Revoke revoke) {
            ObjectId principal = revoke.principal();
            memory.revoking(principal, true);
            azure.revoke(id, principal, revoke.assignmentName(), () -> stillDue(request, id, principal, memory));
        }
        return plan;
    }

    /** Released since, because its policy is Retain now or by hand, or needed by another: then it is not to be deleted. */
    private boolean stillDue(BindingRequest request, DatabaseId id, ObjectId principal, BindingMemory memory) {
        boolean due = memory.revoking(principal)
                && peers.exists(id, request.key())
                && peers.successor(id, principal, request.key()) == Successor.NONE;
        if (!due) {
            // Azure is not asked then, and what the inventory lacks may be there all the same.
            memory.revoking(principal, false);
        }
        return due;
    }
}
