package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.AssignmentStatus;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.DeletionPolicy;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.AssignmentPlan;
import dev.redisaccess.operator.binding.AssignmentPlanner;
import dev.redisaccess.operator.binding.BindingRequest;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseResolution;
import dev.redisaccess.operator.binding.DatabaseSnapshot;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.Identification;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.RevocationCause;
import dev.redisaccess.operator.binding.StepResult;
import dev.redisaccess.operator.binding.port.DatabaseAccess;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** The step of a pass that grants access: it plans, and hands the creation of the assignment to the lane. */
final class AccessStep {

    private final DatabaseAccess azure;
    private final BindingsByIdentity peers;
    private final Revoker revoker;
    private final IdentificationStep identificationStep;
    private final OwnerMark mark;
    private final Clock clock;

    AccessStep(
            DatabaseAccess azure,
            BindingsByIdentity peers,
            Revoker revoker,
            IdentificationStep identificationStep,
            OwnerMark mark,
            Clock clock) {
        this.azure = azure;
        this.peers = peers;
        this.revoker = revoker;
        this.identificationStep = identificationStep;
        this.mark = mark;
        this.clock = clock;
    }

    /** Whether access is granted. If not, what is due for it was started. */
    boolean grant(
            BindingRequest request,
            DatabaseResolution.Resolved database,
            Principal principal,
            PassState state,
            BindingMemory memory) {
        StepResult<Boolean> step = revokeFormer(request, database.id(), principal, state, memory)
                .map(StepResult::<Boolean>halted)
                .orElseGet(() -> access(request, database, principal, state, memory));
        return state.record(ConditionType.ACCESS_GRANTED, step).isPresent();
    }

    /**
     * Where the identity is another than the one in status, or than this process granted access to, the former one's access
     * goes first: after a restart, what status no longer names could only be found as a leftover.
     *
     * @return what this waits for; empty: there is no other access
     */
    private Optional<Finding> revokeFormer(
            BindingRequest request, DatabaseId id, Principal principal, PassState state, BindingMemory memory) {
        Set<ObjectId> formers = state.principals(memory);
        formers.remove(principal.objectId());
        for (ObjectId former : formers) {
            Optional<Finding> waiting = revoker.revoke(request, id, former, RevocationCause.IDENTITY_CHANGED)
                    .waiting();
            if (waiting.isPresent()) {
                state.schedule(NextPass.leavingIdentity(clock.instant()));
                return waiting;
            }
            memory.removeGranted(former);
            state.assignment(null);
        }
        return Optional.empty();
    }

    private StepResult<Boolean> access(
            BindingRequest request,
            DatabaseResolution.Resolved database,
            Principal principal,
            PassState state,
            BindingMemory memory) {
        state.identity(principal, memory.identification().flatMap(Identification::federation));
        if (database.inventory().isEmpty()) {
            return withoutInventory(database.id(), principal, state);
        }
        memory.removeRevoking(principal.objectId());
        AssignmentPlan plan = AssignmentPlanner.plan(
                principal.objectId(),
                database.inventory().get(),
                azure.lane(database.id(), principal.objectId()),
                mark);
        if (plan instanceof AssignmentPlan.Keep keep) {
            memory.addGranted(principal.objectId());
            return kept(keep, request, database, state);
        }
        memory.forgetVerification();
        if (plan instanceof AssignmentPlan.Wait wait) {
            return StepResult.halted(wait.finding());
        }
        // An identity that is read from status may be forged: nothing is granted to it, and a conflict is not its own.
        if (memory.identification().filter(Identification::exchanged).isEmpty()) {
            identificationStep.confirm(request, memory);
            return StepResult.halted(Finding.of(
                    Reason.RESOLVING_IDENTITY, "The identity is confirmed at Entra before access is granted to it."));
        }
        return plan instanceof AssignmentPlan.Conflict conflict
                ? StepResult.halted(conflict.problem())
                : StepResult.halted(create(database.id(), principal.objectId(), state, memory));
    }

    /** Not read since this process started: what status says for this generation and principal holds until then. */
    private StepResult<Boolean> withoutInventory(DatabaseId id, Principal principal, PassState state) {
        boolean samePrincipal =
                state.recorded().filter(principal.objectId()::equals).isPresent();
        if (samePrincipal && state.held(ConditionType.ACCESS_GRANTED)) {
            return StepResult.done(state.asStored(ConditionType.ACCESS_GRANTED, Reason.ACCESS_GRANTED), true);
        }
        return StepResult.halted(azure.snapshot(id)
                .flatMap(DatabaseSnapshot::problem)
                .map(Finding::of)
                .orElseGet(() -> Finding.of(
                        Reason.READING_DATABASE, "The assignments of the database are being read from Azure.")));
    }

    private static StepResult<Boolean> kept(
            AssignmentPlan.Keep keep, BindingRequest request, DatabaseResolution.Resolved database, PassState state) {
        Assignment found = keep.assignment();
        state.assignment(
                new AssignmentStatus(found.name(), keep.origin(), found.state().name()));
        return StepResult.done(
                Finding.of(
                        Reason.ACCESS_GRANTED,
                        "Azure reports the access policy assignment `" + found.name() + "` as `Succeeded`."
                                + retainNotice(request, database)),
                true);
    }

    private Finding create(DatabaseId id, ObjectId objectId, PassState state, BindingMemory memory) {
        state.assignment(new AssignmentStatus(mark.assignmentName(objectId), AssignmentOrigin.CREATED, "Creating"));
        memory.addGranted(objectId);
        azure.grant(id, objectId, () -> peers.want(id, objectId));
        return AssignmentPlanner.granting();
    }

    private static String retainNotice(BindingRequest request, DatabaseResolution.Resolved database) {
        return request.deletionPolicy() == DeletionPolicy.DELETE || database.retains()
                ? ""
                : " `spec.deletionPolicy` is `Retain`, which has no effect because `spec.retention` of RedisDatabase `"
                        + request.databaseName() + "` is `Forbidden`: deleting this binding revokes its access.";
    }
}
