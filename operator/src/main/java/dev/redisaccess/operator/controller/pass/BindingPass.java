package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.BindingParser;
import dev.redisaccess.operator.binding.BindingRequest;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseResolution;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.StepResult;
import dev.redisaccess.operator.binding.WantedAccess;
import dev.redisaccess.operator.binding.port.DatabaseAccess;
import java.time.Clock;
import java.util.Optional;

/**
 * One pass over a binding that stays: parse, resolve, identify, grant, verify, publish. Each step reads caches, decides by
 * pure functions, and hands what takes time to other threads: nothing here waits for Azure, Entra or Redis.
 */
public final class BindingPass {

    private final ClusterView cluster;
    private final DatabaseAccess azure;
    private final BindingMemoryStore memories;
    private final Steps steps;
    private final Clock clock;

    /** The steps after the database is known, in their order; the first one instead of the others. */
    record Steps(
            NamespaceRevocation notAdmitted,
            IdentificationStep identification,
            AccessStep access,
            VerificationStep verification,
            PublishStep publishing) {}

    BindingPass(ClusterView cluster, DatabaseAccess azure, BindingMemoryStore memories, Steps steps, Clock clock) {
        this.cluster = cluster;
        this.azure = azure;
        this.memories = memories;
        this.steps = steps;
        this.clock = clock;
    }

    /** Looks at everything once, and starts what is due. */
    public PassResult run(RedisAccessBinding binding) {
        PassState state = new PassState(binding);
        BindingMemory memory =
                memories.begin(BindingKey.of(binding), binding.getMetadata().getUid());
        Result<BindingRequest> parsed = BindingParser.parse(binding);
        parsed.toProblem().ifPresent(problem -> {
            state.record(ConditionType.DATABASE_RESOLVED, StepResult.halted(problem));
            BindingParser.parseForRevocation(binding)
                    .toOptional()
                    .ifPresent(request -> admit(request, cluster.database(request.databaseName()), state, memory));
        });
        parsed.toOptional().ifPresent(request -> run(binding, request, state, memory));
        return StatusWritePolicy.settle(state.stored(), state.result(clock.instant()), memory, clock.instant());
    }

    private void run(RedisAccessBinding binding, BindingRequest request, PassState state, BindingMemory memory) {
        Optional<DatabaseResolution.Resolved> database = resolve(request, state, memory);
        if (database.isEmpty()) {
            return;
        }
        Optional<Principal> principal = steps.identification().identify(request, state, memory);
        if (principal.isEmpty()) {
            return;
        }
        Optional<WantedAccess> access =
                steps.access().grant(binding, request, database.get(), principal.get(), state, memory);
        if (access.isEmpty()) {
            return;
        }
        steps.verification().verify(request, database.get(), principal.get(), access.get(), state, memory);
        steps.publishing().publish(request, database.get(), principal.get(), access.get(), state, memory);
    }

    /**
     * Whether the database admits the namespace. If not, the access that the binding has is revoked. Also of a binding that is
     * not valid: an edit must not keep access that the platform has withdrawn.
     */
    private StepResult<DatabaseId> admit(
            BindingRequest request, Optional<RedisDatabase> registered, PassState state, BindingMemory memory) {
        StepResult<DatabaseId> admitted = DatabaseResolution.admit(
                request, registered, cluster.namespaceLabels(request.key().namespace()));
        if (admitted.value().isPresent()) {
            memory.markAdmitted();
            return admitted;
        }
        return registered
                .flatMap(found -> DatabaseResolution.idOf(found).toOptional())
                .map(known -> steps.notAdmitted().revoke(request, known, admitted.finding(), state, memory))
                .map(StepResult::<DatabaseId>halted)
                .orElse(admitted);
    }

    private Optional<DatabaseResolution.Resolved> resolve(
            BindingRequest request, PassState state, BindingMemory memory) {
        Optional<RedisDatabase> registered = cluster.database(request.databaseName());
        Optional<DatabaseId> id =
                state.record(ConditionType.DATABASE_RESOLVED, admit(request, registered, state, memory));
        if (id.isEmpty()) {
            return Optional.empty();
        }
        StepResult<DatabaseResolution.Resolved> resolved =
                DatabaseResolution.resolve(id.get(), registered.orElseThrow(), azure.snapshot(id.get()));
        Optional<DatabaseResolution.Resolved> database = state.record(ConditionType.DATABASE_RESOLVED, resolved);
        database.ifPresent(found -> state.endpoint(found.database().endpoint()));
        return database;
    }
}
