package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.api.IdentityStatus;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.BindingRequest;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.ClientIdChoice;
import dev.redisaccess.operator.binding.FederationChoice;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.Identification;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.OperatorIdentity;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import dev.redisaccess.operator.binding.StepResult;
import dev.redisaccess.operator.binding.TenantId;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The step of a pass that finds the principal of a workload: it starts exchanges and reports what the last one found. */
final class IdentificationStep {

    private final ClusterView cluster;
    private final WorkRunner workRunner;
    private final OperatorIdentity operator;
    private final boolean tokenProxy;
    private final Clock clock;
    private final RandomGenerator random;

    IdentificationStep(
            ClusterView cluster,
            WorkRunner workRunner,
            BindingPasses.Settings settings,
            Clock clock,
            RandomGenerator random) {
        this.cluster = cluster;
        this.workRunner = workRunner;
        this.operator = settings.identity();
        this.tokenProxy = settings.tokenProxy();
        this.clock = clock;
        this.random = random;
    }

    /** The principal of the workload; empty while it is not known. Starts an exchange if one is due. */
    Optional<Principal> identify(BindingRequest request, PassState state, BindingMemory memory) {
        Result<Identification.Source> source = source(request);
        if (source.toOptional().isPresent()) {
            memory.markIdentifiable();
        } else {
            memory.markUnidentifiable();
        }
        StepResult<Principal> step =
                source.fold(found -> identify(request, found, state, memory), StepResult::<Principal>halted);
        return state.record(ConditionType.IDENTITY_RESOLVED, step);
    }

    /** Starts an exchange for an identity that was read back from status, unless one has failed: then its delay decides. */
    void confirm(BindingRequest request, BindingMemory memory) {
        memory.identification()
                .filter(Identification::unconfirmed)
                .ifPresent(known -> workRunner.start(new Work.Identify(request, known.source()), memory));
    }

    /** What a pod of this ServiceAccount will be; a problem if it would be another identity than the verified one. */
    private Result<Identification.Source> source(BindingRequest request) {
        Optional<Problem> own = operator.refuse(request.serviceAccount());
        if (own.isPresent()) {
            return Result.failed(own.get());
        }
        Optional<ServiceAccount> account = cluster.serviceAccount(request.serviceAccount());
        if (account.isEmpty()) {
            return Result.failed(Problem.of(
                    Reason.SERVICE_ACCOUNT_NOT_FOUND,
                    "ServiceAccount `" + request.serviceAccount().name() + "` does not exist in namespace `"
                            + request.key().namespace()
                            + "`. Create it, or correct `spec.serviceAccountName` in a new binding."));
        }
        String uid = Optional.ofNullable(account.get().getMetadata().getUid()).orElse("");
        Optional<String> annotation = cluster.annotation(request.serviceAccount(), FederationChoice.ANNOTATION);
        return clientId(request).flatMap(id -> FederationChoice.choose(request, annotation, tokenProxy)
                .map(way -> new Identification.Source(request.serviceAccount(), uid, id, way)));
    }

    private Result<ClientId> clientId(BindingRequest request) {
        ServiceAccountKey account = request.serviceAccount();
        Optional<String> tenant = cluster.annotation(account, OperatorIdentity.TENANT_ANNOTATION);
        return ClientIdChoice.choose(request, cluster.annotation(account, ClientIdChoice.ANNOTATION))
                .flatMap(id -> operator.refuse(id)
                        .or(() -> operator.otherTenant(account, tenant))
                        .map(Result::<ClientId>failed)
                        .orElseGet(() -> Result.ok(id)));
    }

    private StepResult<Principal> identify(
            BindingRequest request, Identification.Source source, PassState state, BindingMemory memory) {
        Instant now = clock.instant();
        if (memory.identification().isEmpty()) {
            restored(source, state, now).ifPresent(memory::rememberIdentification);
        }
        Optional<Identification> known = memory.identification()
                .filter(identification -> identification.source().identifiesSame(source));
        if (known.isEmpty()) {
            return identifyAnother(new Work.Identify(request, source), state, memory, now);
        }
        if (known.get().dueFor(source, request.verification(), now) || memory.isConfirmationDue()) {
            workRunner.start(new Work.Identify(request, source), memory);
        } else {
            state.schedule(new NextPass(known.get().due(request.verification())));
        }
        return reported(known.get());
    }

    /** For an identity that no exchange was tried for, at the rate of one binding. */
    private StepResult<Principal> identifyAnother(
            Work.Identify work, PassState state, BindingMemory memory, Instant now) {
        String account = work.source().serviceAccount().name();
        Instant next = memory.nextIdentity(now);
        if (next.isAfter(now)) {
            state.schedule(new NextPass(next));
            return StepResult.halted(Finding.of(
                    Reason.RESOLVING_IDENTITY,
                    "The identity of ServiceAccount `" + account + "` has changed several times within a minute, so the"
                            + " exchange of its token at Entra waits for up to 10 s."));
        }
        if (workRunner.start(work, memory)) {
            memory.spendIdentity(now);
        }
        return StepResult.halted(Finding.of(
                Reason.RESOLVING_IDENTITY,
                "The token of ServiceAccount `" + account + "` is being exchanged at Entra."));
    }

    private static StepResult<Principal> reported(Identification known) {
        return known.principal()
                .map(principal -> StepResult.done(
                        Finding.of(
                                Reason.WORKLOAD_IDENTIFIED,
                                "Entra identified ServiceAccount `"
                                        + known.source().serviceAccount().name() + "` as object ID `"
                                        + principal.objectId() + "`" + way(known) + "."),
                        principal))
                .orElseGet(() -> StepResult.halted(known.problem().orElseThrow()));
    }

    private static String way(Identification known) {
        return known.federation()
                .map(way -> way == Federation.IDENTITY_BINDING
                        ? ", by an identity binding (`IdentityBinding`)"
                        : ", by a federated credential (`Direct`)")
                .orElse("");
    }

    /** After a restart: what status says for this generation counts until the next exchange. */
    private Optional<Identification> restored(Identification.Source source, PassState state, Instant now) {
        IdentityStatus stored = state.stored().identity();
        if (stored == null || !state.held(ConditionType.IDENTITY_RESOLVED)) {
            return Optional.empty();
        }
        return ClientId.parse(stored.clientId())
                .flatMap(client -> ObjectId.parse(stored.objectId())
                        .flatMap(objectId -> TenantId.parse(stored.tenantId())
                                .map(tenant -> new Principal(client, objectId, tenant))))
                .filter(principal ->
                        operator.otherIdentity(source.clientId(), principal).isEmpty())
                .map(principal -> Identification.restored(
                        source, principal, Optional.ofNullable(stored.federation()), now, random));
    }
}
