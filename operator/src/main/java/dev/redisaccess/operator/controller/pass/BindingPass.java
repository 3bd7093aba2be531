package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.AssignmentStatus;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.DeletionPolicy;
import dev.redisaccess.operator.api.EnvironmentStatus;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.AssignmentPlan;
import dev.redisaccess.operator.binding.AssignmentPlanner;
import dev.redisaccess.operator.binding.BindingParser;
import dev.redisaccess.operator.binding.BindingRequest;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseResolution;
import dev.redisaccess.operator.binding.DatabaseSnapshot;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.Identification;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.RevocationPlan;
import dev.redisaccess.operator.binding.StepResult;
import dev.redisaccess.operator.binding.environment.SharedNames;
import dev.redisaccess.operator.binding.port.DatabaseAccess;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One pass over one binding: parse, resolve, identify, plan and act, verify, publish. Every decision is a pure function
 * elsewhere; this is their order. Nothing here waits for Azure, Entra or Redis.
 */
public final class BindingPass {

    private static final Duration LEAVING_POLL = Duration.ofSeconds(30);

    private final ClusterView cluster;
    private final DatabaseAccess azure;
    private final Peers peers;
    private final Revoker revoker;
    private final NotAdmittedRevocation withdrawal;
    private final BindingMemoryStore memories;
    private final IdentificationStep identificationStep;
    private final VerificationStep verificationStep;
    private final PublishStep publishStep;
    private final OwnerMark mark;
    private final Clock clock;

    public BindingPass(
            ClusterView cluster,
            DatabaseAccess azure,
            Peers peers,
            Revoker revoker,
            BindingMemoryStore memories,
            IdentificationStep identificationStep,
            VerificationStep verificationStep,
            PublishStep publishStep,
            OwnerMark mark,
            Clock clock) {
        this.cluster = cluster;
        this.azure = azure;
        this.peers = peers;
        this.revoker = revoker;
        this.withdrawal = new NotAdmittedRevocation(revoker, clock);
        this.memories = memories;
        this.identificationStep = identificationStep;
        this.verificationStep = verificationStep;
        this.publishStep = publishStep;
        this.mark = mark;
        this.clock = clock;
    }

    /** Looks at everything once, and starts what is due. */
    public Report run(RedisAccessBinding binding) {
        PassState state = new PassState(binding);
        Result<BindingRequest> parsed = BindingParser.parse(binding);
        if (parsed instanceof Result.Failed<BindingRequest> refused) {
            state.record(ConditionType.DATABASE_RESOLVED, StepResult.halted(refused.problem()));
        } else {
            run(((Result.Ok<BindingRequest>) parsed).value(), state);
        }
        return state.report(clock.instant());
    }

    private void run(BindingRequest request, PassState state) {
        BindingMemory memory = memories.of(request.key());
        Optional<DatabaseResolution.Resolved> database = resolve(request, state, memory);
        if (database.isEmpty()) {
            return;
        }
        Optional<Principal> principal = identificationStep.identify(request, state, memory);
        if (principal.isEmpty() || !grant(request, database.get(), principal.get(), state)) {
            return;
        }
        verificationStep.verify(request, database.get(), principal.get(), state, memory);
        publish(request, database.get(), principal.get(), state);
    }

    private Optional<DatabaseResolution.Resolved> resolve(
            BindingRequest request, PassState state, BindingMemory memory) {
        Optional<RedisDatabase> registered = cluster.database(request.databaseName());
        StepResult<DatabaseId> admitted = DatabaseResolution.admit(
                request, registered, cluster.namespaceLabels(request.key().namespace()));
        Optional<DatabaseId> id = state.record(ConditionType.DATABASE_RESOLVED, admitted);
        if (id.isEmpty()) {
            registered
                    .flatMap(found -> DatabaseResolution.idOf(found).toOptional())
                    .map(known -> withdrawal.from(request, known, admitted.finding(), state, memory))
                    .ifPresent(finding -> state.record(ConditionType.DATABASE_RESOLVED, StepResult.halted(finding)));
            return Optional.empty();
        }
        memory.admitted();
        StepResult<DatabaseResolution.Resolved> resolved =
                DatabaseResolution.resolve(id.get(), registered.orElseThrow(), azure.snapshot(id.get()));
        Optional<DatabaseResolution.Resolved> database = state.record(ConditionType.DATABASE_RESOLVED, resolved);
        database.ifPresent(found -> state.endpoint(found.database().endpoint()));
        return database;
    }

    /** Plans, and hands what is to be done to the lane; true if access is granted. */
    private boolean grant(
            BindingRequest request, DatabaseResolution.Resolved database, Principal principal, PassState state) {
        Optional<Finding> leaving = leaveFormer(request, database.id(), principal, state);
        if (leaving.isPresent()) {
            state.record(ConditionType.ACCESS_GRANTED, StepResult.halted(leaving.get()));
            return false;
        }
        BindingMemory memory = memories.of(request.key());
        state.identity(principal);
        if (database.inventory().isEmpty()) {
            return state.record(ConditionType.ACCESS_GRANTED, withoutInventory(database.id(), principal, state))
                    .isPresent();
        }
        memory.revoking(principal.objectId(), false);
        AssignmentPlan plan = AssignmentPlanner.plan(
                principal.objectId(),
                database.inventory().get(),
                azure.lane(database.id(), principal.objectId()),
                mark);
        boolean granted = state.record(ConditionType.ACCESS_GRANTED, act(plan, request, database, principal, state))
                .isPresent();
        if (!granted) {
            memory.accessLost();
        }
        return granted;
    }

    /**
     * Where the identity is another than the one in status, or than this process granted access to, the former one's access
     * goes first: what status no longer names could only be found as a leftover after a restart.
     */
    private Optional<Finding> leaveFormer(BindingRequest request, DatabaseId id, Principal principal, PassState state) {
        BindingMemory memory = memories.of(request.key());
        Set<ObjectId> formers = state.principals(memory);
        formers.remove(principal.objectId());
        for (ObjectId former : formers) {
            RevocationPlan plan = revoker.withdraw(request, id, former);
            if (!(plan instanceof RevocationPlan.Release)) {
                return Optional.of(leaving(plan, former, state));
            }
            memory.granted(former, false);
            state.assignment(null);
        }
        return Optional.empty();
    }

    private Finding leaving(RevocationPlan plan, ObjectId former, PassState state) {
        // What another binding needs can change without news from Azure.
        state.lookAgain(clock.instant().plus(LEAVING_POLL));
        return plan instanceof RevocationPlan.Wait wait
                ? wait.finding()
                : Finding.of(
                        Reason.REVOKING_ACCESS,
                        "The access of the former identity `" + former
                                + "` is being revoked before access is granted to the new one.");
    }

    /** Not read since this process started: what was found before, for this generation and principal, stands until then. */
    private StepResult<Boolean> withoutInventory(DatabaseId id, Principal principal, PassState state) {
        boolean samePrincipal = Optional.ofNullable(state.stored().identity())
                .filter(stored -> principal.objectId().value().equals(stored.objectId()))
                .isPresent();
        if (samePrincipal && state.held(ConditionType.ACCESS_GRANTED)) {
            return StepResult.done(state.asStored(ConditionType.ACCESS_GRANTED, Reason.ACCESS_GRANTED), true);
        }
        return StepResult.halted(azure.snapshot(id)
                .flatMap(DatabaseSnapshot::problem)
                .map(Finding::of)
                .orElseGet(() -> Finding.of(
                        Reason.READING_DATABASE, "The assignments of the database are being read from Azure.")));
    }

    private StepResult<Boolean> act(
            AssignmentPlan plan,
            BindingRequest request,
            DatabaseResolution.Resolved database,
            Principal principal,
            PassState state) {
        if (plan instanceof AssignmentPlan.Keep keep) {
            Assignment found = keep.assignment();
            memories.of(request.key()).granted(principal.objectId(), true);
            state.assignment(new AssignmentStatus(
                    found.name(), keep.origin(), found.state().name()));
            return StepResult.done(
                    Finding.of(
                            Reason.ACCESS_GRANTED,
                            "Azure reports the access policy assignment `" + found.name() + "` as `Succeeded`."
                                    + retainNotice(request, database)),
                    true);
        }
        if (plan instanceof AssignmentPlan.Create) {
            return StepResult.halted(create(request, database.id(), principal.objectId(), state));
        }
        return plan instanceof AssignmentPlan.Wait wait
                ? StepResult.halted(wait.finding())
                : StepResult.halted(((AssignmentPlan.Conflict) plan).problem());
    }

    /** Only for an identity that this process has exchanged a token of: status names one, and proves nothing. */
    private Finding create(BindingRequest request, DatabaseId id, ObjectId objectId, PassState state) {
        BindingMemory memory = memories.of(request.key());
        if (memory.identification().filter(Identification::exchanged).isEmpty()) {
            identificationStep.confirm(request, memory);
            return Finding.of(
                    Reason.RESOLVING_IDENTITY, "The identity is confirmed at Entra before access is granted to it.");
        }
        state.assignment(new AssignmentStatus(mark.assignmentName(objectId), AssignmentOrigin.CREATED, "Creating"));
        memory.granted(objectId, true);
        azure.grant(id, objectId, () -> peers.want(id, objectId));
        return AssignmentPlanner.granting();
    }

    private static String retainNotice(BindingRequest request, DatabaseResolution.Resolved database) {
        return request.deletionPolicy() == DeletionPolicy.DELETE || database.retains()
                ? ""
                : " `spec.deletionPolicy` is `Retain`, which has no effect because `spec.retention` of RedisDatabase `"
                        + request.databaseName() + "` is `Forbidden`: deleting this binding revokes its access.";
    }

    /**
     * Only for an identity whose verification has held: when it changes, pods keep the environment of the former one until the
     * new one can log in.
     */
    private void publish(
            BindingRequest request, DatabaseResolution.Resolved database, Principal principal, PassState state) {
        if (!database.read() && state.held(ConditionType.ENVIRONMENT_PUBLISHED)) {
            state.record(
                    ConditionType.ENVIRONMENT_PUBLISHED,
                    StepResult.done(
                            state.asStored(ConditionType.ENVIRONMENT_PUBLISHED, Reason.ENVIRONMENT_PUBLISHED), true));
            return;
        }
        boolean verified = database.read()
                && (!request.verification().enabled()
                        || memories.of(request.key()).verified(principal));
        if (!verified && state.stored().environment() == null) {
            return;
        }
        Optional<String> notice = SharedNames.notice(request, cluster.bindingsOf(request.serviceAccount()));
        Optional<StepResult<EnvironmentStatus>> published =
                publishStep.publish(request, database.database(), principal, notice, state, verified);
        if (published.isEmpty()) {
            return;
        }
        state.record(ConditionType.ENVIRONMENT_PUBLISHED, published.get()).ifPresent(state::environment);
        if (published.get().value().isEmpty()) {
            Instant now = clock.instant();
            Duration failing = state.failingFor(ConditionType.ENVIRONMENT_PUBLISHED, now);
            state.lookAgain(now.plus(
                    PublishStep.retryAfter(failing, request.verification().period())));
        }
    }
}
