package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.binding.BindingParser;
import dev.redisaccess.operator.binding.BindingRequest;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseResolution;
import dev.redisaccess.operator.binding.Outcome;
import dev.redisaccess.operator.binding.RevocationPlan;
import dev.redisaccess.operator.binding.RevocationPlanner;
import dev.redisaccess.operator.binding.Step;
import dev.redisaccess.operator.binding.Successor;
import dev.redisaccess.operator.binding.port.LaneState;
import java.time.Clock;
import java.util.Optional;

/** One pass over a binding that is being deleted: its access is taken away, if it is ours to take, before it goes. */
public final class RevocationPass {

    private final Cluster cluster;
    private final Revoker revoker;
    private final Clock clock;

    public RevocationPass(Cluster cluster, Revoker revoker, Clock clock) {
        this.cluster = cluster;
        this.revoker = revoker;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param released why the finalizer may go; empty: not yet
     * @param report what is said until then
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
        Outcome outcome = plan instanceof RevocationPlan.Wait wait
                ? wait.outcome()
                : Outcome.of(Reason.REVOKING_ACCESS, "Azure is deleting the access policy assignment.");
        state.record(ConditionType.ACCESS_GRANTED, Step.halted(outcome));
        return new Result(Optional.empty(), state.report(clock.instant()));
    }

    private RevocationPlan plan(BindingRequest request, PassState state) {
        Optional<RevocationPlanner.Granted> granted = state.granted();
        Optional<DatabaseId> id = cluster.database(request.databaseName()).flatMap(RevocationPass::idOf);
        if (id.isEmpty()) {
            RevocationPlan unreachable = new RevocationPlan.Wait(
                    Outcome.of(
                            Reason.DATABASE_NOT_FOUND,
                            "RedisDatabase '" + request.databaseName()
                                    + "' is gone, so the access that was granted can't be"
                                    + " revoked. Register it again, or set `spec.deletionPolicy` to Retain to leave the access."));
            RevocationPlan plan = RevocationPlanner.plan(
                    request.deletionPolicy(),
                    granted,
                    false,
                    Successor.NONE,
                    false,
                    Optional.empty(),
                    new LaneState.Idle());
            return plan instanceof RevocationPlan.Release ? plan : unreachable;
        }
        return revoker.revoke(request, id.get(), granted);
    }

    private static Optional<DatabaseId> idOf(RedisDatabase registered) {
        return DatabaseResolution.idOf(registered).fold(Optional::of, problem -> Optional.empty());
    }
}
