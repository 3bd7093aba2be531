package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.AssignmentStatus;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.DeletionPolicy;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.binding.Access;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.AssignmentPlan;
import dev.redisaccess.operator.binding.AssignmentPlanner;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.BindingRequest;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseResolution;
import dev.redisaccess.operator.binding.DatabaseSnapshot;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.GrantDecision;
import dev.redisaccess.operator.binding.Identification;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.ProvisioningState;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.RevocationCause;
import dev.redisaccess.operator.binding.SafeQuote;
import dev.redisaccess.operator.binding.StepResult;
import dev.redisaccess.operator.binding.WantedAccess;
import dev.redisaccess.operator.binding.acl.AccessString;
import dev.redisaccess.operator.binding.port.DatabaseAccess;
import dev.redisaccess.operator.binding.port.Telemetry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The step of a pass that grants access: it plans, and hands the creation of the assignment to the lane. */
final class AccessStep {

    private final DatabaseAccess azure;
    private final BindingsByIdentity peers;
    private final Revoker revoker;
    private final IdentificationStep identificationStep;
    private final OwnerMark mark;
    private final Telemetry telemetry;
    private final Clock clock;

    AccessStep(
            DatabaseAccess azure,
            BindingsByIdentity peers,
            Revoker revoker,
            IdentificationStep identificationStep,
            OwnerMark mark,
            Telemetry telemetry,
            Clock clock) {
        this.azure = azure;
        this.peers = peers;
        this.revoker = revoker;
        this.identificationStep = identificationStep;
        this.mark = mark;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    /** The access that is granted. If it is not yet, what is due for it was started. */
    Optional<WantedAccess> grant(
            RedisAccessBinding binding,
            BindingRequest request,
            DatabaseResolution.Resolved database,
            Principal principal,
            PassState state,
            BindingMemory memory) {
        StepResult<WantedAccess> step = revokeFormer(request, database.id(), principal, state, memory)
                .map(StepResult::<WantedAccess>halted)
                .orElseGet(() -> access(binding, request, database, principal, state, memory));
        return state.record(ConditionType.ACCESS_GRANTED, step);
    }

    /**
     * Where the identity is another than the one in status, or than this process granted access to, the former one's access
     * goes first: after a restart, what status no longer names could only be found as a leftover.
     *
     * @return what this waits for; empty: there is no other access
     */
    private Optional<Finding> revokeFormer(
            BindingRequest request, DatabaseId id, Principal principal, PassState state, BindingMemory memory) {
        Set<ObjectId> formers = revoker.principals(id, state, memory);
        formers.remove(principal.objectId());
        for (ObjectId former : formers) {
            Optional<Finding> waiting = revoker.revoke(request, id, former, RevocationCause.IDENTITY_CHANGED)
                    .waiting();
            if (waiting.isPresent()) {
                state.schedule(NextPass.leavingIdentity(clock.instant()));
                return waiting;
            }
            memory.removeGranted(former);
            memory.removeFormer(former);
            state.assignment(null);
        }
        return Optional.empty();
    }

    private StepResult<WantedAccess> access(
            RedisAccessBinding binding,
            BindingRequest request,
            DatabaseResolution.Resolved database,
            Principal principal,
            PassState state,
            BindingMemory memory) {
        state.identity(principal, memory.identification().flatMap(Identification::federation));
        Result<WantedAccess> requested = peers.requested(binding).flatMap(wanted -> offered(wanted, request, database));
        if (requested.toProblem().isPresent()) {
            return StepResult.halted(requested.toProblem().get());
        }
        WantedAccess wanted = requested.toOptional().orElseThrow();
        Optional<StepResult<WantedAccess>> overruled =
                overruled(binding, request, database.id(), principal, wanted, state, memory);
        if (overruled.isPresent()) {
            return overruled.get();
        }
        if (database.inventory().isEmpty()) {
            return withoutInventory(database.id(), principal, wanted, state);
        }
        memory.removeRevoking(principal.objectId());
        AssignmentPlan plan = AssignmentPlanner.plan(
                principal.objectId(),
                wanted,
                database.inventory().get(),
                azure.lane(database.id(), principal.objectId()),
                mark);
        if (plan instanceof AssignmentPlan.Keep keep) {
            memory.addGranted(principal.objectId());
            return kept(keep, wanted, request, database, state, memory);
        }
        memory.forgetVerification();
        if (plan instanceof AssignmentPlan.Wait wait) {
            telemetry.grantAwaited(request.key(), database.id(), principal.objectId());
            return StepResult.halted(wait.finding());
        }
        // An identity that is read from status may be forged: nothing is granted to it, and a conflict is not its own.
        if (memory.identification().filter(Identification::exchanged).isEmpty()) {
            return StepResult.halted(unconfirmed(request, memory));
        }
        if (plan instanceof AssignmentPlan.Conflict conflict) {
            return StepResult.halted(conflict.problem());
        }
        telemetry.grantAwaited(request.key(), database.id(), principal.objectId());
        return StepResult.halted(
                plan instanceof AssignmentPlan.Update update
                        ? update(update.found(), wanted, database.id(), principal.objectId(), state, memory)
                        : create(wanted, database.id(), principal.objectId(), state, memory));
    }

    private Finding unconfirmed(BindingRequest request, BindingMemory memory) {
        identificationStep.confirm(request, memory);
        return Finding.of(
                Reason.RESOLVING_IDENTITY, "The identity is confirmed at Entra before access is granted to it.");
    }

    /** Azure has no access strings for a database with modules. */
    private static Result<WantedAccess> offered(
            WantedAccess wanted, BindingRequest request, DatabaseResolution.Resolved database) {
        List<String> modules = database.database().modules();
        if (wanted.rule().isEmpty() || modules.isEmpty()) {
            return Result.ok(wanted);
        }
        return Result.failed(Problem.of(
                Reason.MODULES_PREVENT_ACCESS_STRINGS,
                "The database has the modules `" + String.join("`, `", modules)
                        + "`, and Azure has no access strings for databases with modules, so the access profile `"
                        + request.accessProfile().orElse("") + "` can't be granted. Use a database without modules."));
    }

    /** Azure has one assignment for each principal, so the oldest binding of a principal decides about its access. */
    private Optional<StepResult<WantedAccess>> overruled(
            RedisAccessBinding binding,
            BindingRequest request,
            DatabaseId id,
            Principal principal,
            WantedAccess wanted,
            PassState state,
            BindingMemory memory) {
        Optional<RedisAccessBinding> older = peers.overruling(id, principal.objectId(), binding, wanted);
        if (older.isEmpty()) {
            return Optional.empty();
        }
        // The end of the other binding, or of its profile, wakes nothing here.
        state.schedule(NextPass.overruled(clock.instant()));
        if (memory.identification().filter(Identification::exchanged).isEmpty()) {
            return Optional.of(StepResult.halted(unconfirmed(request, memory)));
        }
        BindingKey other = BindingKey.of(older.get());
        if (peers.isUnconfirmed(older.get(), principal.objectId())) {
            revoker.confirm(other);
            return Optional.of(StepResult.halted(Finding.of(
                    Reason.RESOLVING_IDENTITY,
                    "An older binding may have the same identity and request another access; its identity is confirmed at"
                            + " Entra before this one is granted access.")));
        }
        // Neither its name nor its access string, which may contain it, is reported in another namespace.
        boolean own = other.namespace().equals(request.key().namespace());
        String name = own ? "`" + other.name() + "`" : "of another namespace";
        String requested = peers.requested(older.get())
                .toOptional()
                .filter(access -> own)
                .map(access -> "`" + SafeQuote.quote(access.text(), GrantDecision.LONGEST_QUOTE) + "`")
                .orElse("another access");
        return Optional.of(StepResult.halted(Problem.of(
                Reason.ACCESS_PROFILE_CONFLICT,
                "The older binding " + name + " has the same identity and requests " + requested
                        + ", this one `" + SafeQuote.quote(wanted.text(), GrantDecision.LONGEST_QUOTE)
                        + "`. The older one decides. Use the same profile in both, give the workload an identity of its own, or"
                        + " delete the older binding.")));
    }

    /** Not read since this process started: what status says for this generation and principal holds until then. */
    private StepResult<WantedAccess> withoutInventory(
            DatabaseId id, Principal principal, WantedAccess wanted, PassState state) {
        boolean samePrincipal =
                state.recorded().filter(principal.objectId()::equals).isPresent();
        if (samePrincipal && state.held(ConditionType.ACCESS_GRANTED)) {
            return StepResult.done(state.asStored(ConditionType.ACCESS_GRANTED, Reason.ACCESS_GRANTED), wanted);
        }
        return StepResult.halted(azure.snapshot(id)
                .flatMap(DatabaseSnapshot::problem)
                .map(Finding::of)
                .orElseGet(() -> Finding.of(
                        Reason.READING_DATABASE, "The assignments of the database are being read from Azure.")));
    }

    private static StepResult<WantedAccess> kept(
            AssignmentPlan.Keep keep,
            WantedAccess wanted,
            BindingRequest request,
            DatabaseResolution.Resolved database,
            PassState state,
            BindingMemory memory) {
        Assignment found = keep.assignment();
        memory.rememberInEffect(wanted.rule());
        state.assignment(new AssignmentStatus(
                found.name(), keep.origin(), found.state().name(), accessInStatus(wanted, found.access())));
        String access = wanted.rule()
                .map(rule -> ", with the access `" + SafeQuote.quote(rule.text(), GrantDecision.LONGEST_QUOTE)
                        + "` of profile `" + request.accessProfile().orElse("") + "`")
                .orElse("");
        return StepResult.done(
                Finding.of(
                        Reason.ACCESS_GRANTED,
                        "Azure reports the access policy assignment `" + found.name() + "` as `Succeeded`" + access
                                + "." + retainNotice(request, database)),
                wanted);
    }

    private static String accessInStatus(WantedAccess wanted, Access found) {
        return wanted.rule().map(AccessString::text).orElse(found.isFull() ? "full" : null);
    }

    private Finding create(
            WantedAccess wanted, DatabaseId id, ObjectId objectId, PassState state, BindingMemory memory) {
        state.assignment(
                new AssignmentStatus(mark.assignmentName(objectId), AssignmentOrigin.CREATED, "Creating", null));
        return enqueue(wanted, id, objectId, memory);
    }

    private Finding enqueue(WantedAccess wanted, DatabaseId id, ObjectId objectId, BindingMemory memory) {
        memory.addGranted(objectId);
        wanted.rule().ifPresent(memory::addWritten);
        azure.grant(id, objectId, () -> peers.wanted(id, objectId));
        return AssignmentPlanner.granting();
    }

    /** A change by another client is reported with both strings; one of the profile or of the binding is not. */
    private Finding update(
            Assignment found,
            WantedAccess wanted,
            DatabaseId id,
            ObjectId objectId,
            PassState state,
            BindingMemory memory) {
        state.assignment(new AssignmentStatus(found.name(), AssignmentOrigin.CREATED, "Updating", null));
        boolean drifted = found.state() == ProvisioningState.Succeeded
                && wanted.rule()
                        .filter(rule -> memory.isInEffect(rule)
                                || !memory.hasFoundAccess() && wasInEffect(rule, found, objectId, state))
                        .isPresent();
        Finding enqueued = enqueue(wanted, id, objectId, memory);
        return drifted
                ? Finding.of(
                        Reason.ACCESS_STRING_DRIFTED,
                        "The access string of the assignment `" + found.name() + "` was changed in Azure from `"
                                + SafeQuote.quote(wanted.text(), GrantDecision.LONGEST_QUOTE) + "` to `"
                                + found.access().text() + "`. The operator sets it back.")
                : enqueued;
    }

    /**
     * Whether status says that this rule was the assignment's access before this process started. It decides about a message
     * only: the assignment is set back in any case.
     */
    private static boolean wasInEffect(AccessString rule, Assignment found, ObjectId objectId, PassState state) {
        AssignmentStatus before = state.stored().assignment();
        return before != null
                && found.name().equalsIgnoreCase(before.name())
                && rule.text().equals(before.access())
                && state.recorded().filter(objectId::equals).isPresent();
    }

    private static String retainNotice(BindingRequest request, DatabaseResolution.Resolved database) {
        return request.deletionPolicy() == DeletionPolicy.DELETE || database.retains()
                ? ""
                : " `spec.deletionPolicy` is `Retain`, which has no effect because `spec.retention` of RedisDatabase `"
                        + request.databaseName() + "` is `Forbidden`: deleting this binding revokes its access.";
    }
}
