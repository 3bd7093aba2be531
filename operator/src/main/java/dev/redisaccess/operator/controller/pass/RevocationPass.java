package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.DeletionPolicy;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.BindingParser;
import dev.redisaccess.operator.binding.BindingRequest;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseResolution;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.Identification;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.RevocationCause;
import dev.redisaccess.operator.binding.RevocationPlan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** One pass over a binding that is being deleted: the access that this installation created for it is revoked before it goes. */
public final class RevocationPass {

    /**
     * For an exchange and another one. Never longer: nothing but time ends the wait for a binding whose database Azure can't show,
     * and with one such binding after the other a tenant would keep access that the platform withdraws.
     */
    private static final Duration LONGEST_WAIT_FOR_TWIN = Duration.ofSeconds(60);

    private final ClusterView cluster;
    private final BindingsByIdentity peers;
    private final Revoker revoker;
    private final IdentificationStep identificationStep;
    private final BindingMemoryStore memories;
    private final Clock clock;
    private final InstantSource steady;

    /** @param steady for a wait: setting the machine's clock must not make it longer */
    RevocationPass(
            ClusterView cluster,
            BindingsByIdentity peers,
            Revoker revoker,
            IdentificationStep identificationStep,
            BindingMemoryStore memories,
            Clock clock,
            InstantSource steady) {
        this.cluster = cluster;
        this.peers = peers;
        this.revoker = revoker;
        this.identificationStep = identificationStep;
        this.memories = memories;
        this.clock = clock;
        this.steady = steady;
    }

    /** Looks once, and hands the deletion to the lane if it is due. When the finalizer goes, the binding is forgotten. */
    public PassResult run(RedisAccessBinding binding) {
        memories.begin(BindingKey.of(binding), binding.getMetadata().getUid());
        PassState state = new PassState(binding);
        RevocationPlan plan = BindingParser.parseForRevocation(binding)
                .fold(
                        request -> plan(binding, request, state),
                        problem -> new RevocationPlan.Release(problem.message()));
        Instant now = clock.instant();
        return plan.waiting().map(finding -> state.waiting(finding, now)).orElseGet(() -> {
            memories.drop(BindingKey.of(binding));
            return state.released(plan.released().orElseThrow(), now);
        });
    }

    private RevocationPlan plan(RedisAccessBinding binding, BindingRequest request, PassState state) {
        Optional<RedisDatabase> registered = cluster.database(request.databaseName());
        // Not where the platform has ended the admission: otherwise a tenant could keep what is about to be revoked.
        boolean retained = request.deletionPolicy() == DeletionPolicy.RETAIN
                && registered.filter(DatabaseResolution::retains).isPresent()
                && admitted(request, registered);
        if (retained) {
            return new RevocationPlan.Release("`spec.deletionPolicy` is `Retain`, and the RedisDatabase allows it");
        }
        BindingMemory memory = memories.of(request.key());
        Optional<DatabaseId> id =
                registered.flatMap(found -> DatabaseResolution.idOf(found).toOptional());
        if (id.isEmpty()) {
            return state.principals(memory).isEmpty() ? Revoker.NOTHING_GRANTED : unreachable(request);
        }
        Set<ObjectId> principals = revoker.principals(id.get(), state, memory);
        Instant now = steady.instant();
        Optional<BindingKey> twin = principals.isEmpty() ? Optional.empty() : peers.unidentifiedTwin(id.get(), binding);
        if (twin.isPresent() && now.isBefore(memory.twinAwaitedSince(now).plus(LONGEST_WAIT_FOR_TWIN))) {
            return new RevocationPlan.Wait(Finding.of(
                    Reason.RESOLVING_IDENTITY,
                    "Binding `" + twin.get().name()
                            + "` has the same ServiceAccount and is not identified yet. The deletion"
                            + " waits up to a minute for it: it may need the same access."));
        }
        RevocationPlan recorded = revoker.revoke(request, id.get(), principals, RevocationCause.DELETED);
        // What an exchange of this process identified is among the principals.
        boolean identified =
                memory.identification().filter(Identification::exchanged).isPresent();
        return recorded.waiting().isPresent() || identified
                ? recorded
                : unrecorded(request, registered, id.get(), state, memory, recorded);
    }

    private static RevocationPlan unreachable(BindingRequest request) {
        return new RevocationPlan.Wait(Finding.of(
                Reason.DATABASE_NOT_FOUND,
                "RedisDatabase `" + request.databaseName()
                        + "` was deleted or has no valid resource ID, so the access that was granted can't be revoked. Register it"
                        + " again. Otherwise only removing the finalizer deletes the binding, and leaves the access."));
    }

    /**
     * Revokes what status may not name: it was lost, as in a restore from a backup, or the operator died after it granted access to
     * another identity and before it wrote that. An exchange is made only where the database has an assignment of this
     * installation that no binding needs: to find whether it is for this binding.
     *
     * @param recorded the plan for what status names
     */
    private RevocationPlan unrecorded(
            BindingRequest request,
            Optional<RedisDatabase> registered,
            DatabaseId id,
            PassState state,
            BindingMemory memory,
            RevocationPlan recorded) {
        Optional<Boolean> unneeded =
                admitted(request, registered) ? revoker.hasUnneeded(id, request.key()) : Optional.of(false);
        if (unneeded.isEmpty()) {
            return new RevocationPlan.Wait(Finding.of(
                    Reason.READING_DATABASE,
                    "The database is being read from Azure to find access that may have been granted."));
        }
        if (!unneeded.get()) {
            return recorded;
        }
        return identificationStep
                .identify(request, state, memory)
                .map(principal -> revoker.revoke(request, id, principal.objectId(), RevocationCause.DELETED))
                .orElseGet(() -> notIdentified(memory));
    }

    private boolean admitted(BindingRequest request, Optional<RedisDatabase> registered) {
        return DatabaseResolution.admit(
                        request,
                        registered,
                        cluster.namespaceLabels(request.key().namespace()))
                .value()
                .isPresent();
    }

    private static RevocationPlan notIdentified(BindingMemory memory) {
        boolean ended = memory.isUnidentifiable()
                || memory.identification().filter(Identification::exhausted).isPresent();
        return ended
                ? new RevocationPlan.Release(
                        "its identity can't be determined; access that status does not name is reported as a leftover")
                : new RevocationPlan.Wait(Finding.of(
                        Reason.RESOLVING_IDENTITY,
                        "The identity is resolved to find the access that is to be revoked."));
    }
}
