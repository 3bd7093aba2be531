package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.DeletionPolicy;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.binding.BindingParser;
import dev.redisaccess.operator.binding.BindingRequest;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseResolution;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.RevocationPlan;
import dev.redisaccess.operator.binding.StepResult;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** One pass over a binding that is being deleted: the access that this installation created for it is revoked before it goes. */
public final class RevocationPass {

    /** While work is under way whose end wakes only the bindings whose identity is known. */
    private static final Duration POLL = Duration.ofSeconds(2);

    private static final RevocationPlan NOTHING_GRANTED = new RevocationPlan.Release("no access was granted");

    private final ClusterView cluster;
    private final Revoker revoker;
    private final IdentificationStep identificationStep;
    private final BindingMemoryStore memories;
    private final Clock clock;

    public RevocationPass(
            ClusterView cluster,
            Revoker revoker,
            IdentificationStep identificationStep,
            BindingMemoryStore memories,
            Clock clock) {
        this.cluster = cluster;
        this.revoker = revoker;
        this.identificationStep = identificationStep;
        this.memories = memories;
        this.clock = clock;
    }

    /**
     * The result of a pass.
     *
     * @param released why the finalizer may go; empty: not yet
     * @param report what is reported until then
     */
    public record Result(Optional<String> released, Report report) {}

    /** Looks once, and hands the deletion to the lane if it is due. */
    public Result run(RedisAccessBinding binding) {
        PassState state = new PassState(binding);
        RevocationPlan plan = BindingParser.parse(binding)
                .fold(request -> plan(request, state), problem -> new RevocationPlan.Release(problem.message()));
        if (plan instanceof RevocationPlan.Release release) {
            return new Result(Optional.of(release.why()), state.report(clock.instant()));
        }
        Finding finding = plan instanceof RevocationPlan.Wait wait
                ? wait.finding()
                : Finding.of(Reason.REVOKING_ACCESS, "Azure is deleting the access policy assignment.");
        state.record(ConditionType.ACCESS_GRANTED, StepResult.halted(finding));
        if (finding.reason().kind() == Reason.Kind.PASSING) {
            state.lookAgain(clock.instant().plus(POLL));
        }
        return new Result(Optional.empty(), state.report(clock.instant()));
    }

    private RevocationPlan plan(BindingRequest request, PassState state) {
        Optional<RedisDatabase> registered = cluster.database(request.databaseName());
        boolean retained = request.deletionPolicy() == DeletionPolicy.RETAIN
                && registered.filter(DatabaseResolution::retains).isPresent();
        if (retained) {
            return new RevocationPlan.Release("`spec.deletionPolicy` is `Retain`, and the RedisDatabase allows it");
        }
        BindingMemory memory = memories.of(request.key());
        Set<ObjectId> principals = state.principals(memory);
        Optional<DatabaseId> id =
                registered.flatMap(found -> DatabaseResolution.idOf(found).toOptional());
        if (id.isEmpty()) {
            return principals.isEmpty() ? NOTHING_GRANTED : unreachable(request);
        }
        return principals.isEmpty()
                ? unidentified(request, registered, id.get(), state, memory)
                : revoke(request, id.get(), principals);
    }

    private RevocationPlan revoke(BindingRequest request, DatabaseId id, Set<ObjectId> principals) {
        RevocationPlan plan = NOTHING_GRANTED;
        for (ObjectId principal : principals) {
            plan = revoker.revoke(request, id, principal);
            if (!(plan instanceof RevocationPlan.Release)) {
                return plan;
            }
        }
        return plan;
    }

    private static RevocationPlan unreachable(BindingRequest request) {
        return new RevocationPlan.Wait(Finding.of(
                Reason.DATABASE_NOT_FOUND,
                "RedisDatabase `" + request.databaseName()
                        + "` was deleted or has no valid resource ID, so the access that was granted can't be revoked. Register it"
                        + " again. Otherwise only removing the finalizer deletes the binding, and leaves the access."));
    }

    /**
     * Neither status nor this process has an identity: nothing was granted, or status was lost, as in a restore from a backup.
     * Only where the database has an assignment of this installation that no binding needs is it worth an exchange to see
     * whether it is this one's.
     */
    private RevocationPlan unidentified(
            BindingRequest request,
            Optional<RedisDatabase> registered,
            DatabaseId id,
            PassState state,
            BindingMemory memory) {
        boolean admitted = DatabaseResolution.admit(
                        request,
                        registered,
                        cluster.namespaceLabels(request.key().namespace()))
                .value()
                .isPresent();
        if (!admitted) {
            return NOTHING_GRANTED;
        }
        Optional<Boolean> unneeded = revoker.hasUnneeded(id, request.key());
        if (unneeded.isEmpty()) {
            return new RevocationPlan.Wait(Finding.of(
                    Reason.READING_DATABASE,
                    "The database is being read from Azure to find access that may have been granted."));
        }
        if (!unneeded.get()) {
            return NOTHING_GRANTED;
        }
        Optional<Principal> principal = identificationStep.identify(request, state, memory);
        if (principal.isPresent()) {
            return revoke(request, id, Set.of(principal.get().objectId()));
        }
        boolean ended = memory.unidentifiable() || memory.identification().isPresent();
        return ended
                ? new RevocationPlan.Release(
                        "its identity can't be determined; access that it was granted is reported as a leftover")
                : new RevocationPlan.Wait(Finding.of(
                        Reason.RESOLVING_IDENTITY,
                        "The identity is resolved to find the access that is to be revoked."));
    }
}
