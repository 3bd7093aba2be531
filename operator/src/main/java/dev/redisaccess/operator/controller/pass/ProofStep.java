package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.IdentityStatus;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.BindingRequest;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.ClientIdChoice;
import dev.redisaccess.operator.binding.DatabaseResolution;
import dev.redisaccess.operator.binding.Identification;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.OperatorIdentity;
import dev.redisaccess.operator.binding.Outcome;
import dev.redisaccess.operator.binding.Parsed;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Proof;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import dev.redisaccess.operator.binding.Step;
import dev.redisaccess.operator.binding.TenantId;
import dev.redisaccess.operator.binding.port.DatabaseAccess;
import dev.redisaccess.operator.binding.port.DatabaseSnapshot;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Steps 3 and 6 of a pass: who the workload is, and whether it can log in. Both start work and read what came of it. */
public final class ProofStep {

    private final Cluster cluster;
    private final DatabaseAccess azure;
    private final Prover prover;
    private final OperatorIdentity operator;
    private final Clock clock;
    private final RandomGenerator random;

    /** @param operator what a workload must not be, and in whose tenant it must be */
    public ProofStep(
            Cluster cluster,
            DatabaseAccess azure,
            Prover prover,
            OperatorIdentity operator,
            Clock clock,
            RandomGenerator random) {
        this.cluster = cluster;
        this.azure = azure;
        this.prover = prover;
        this.operator = operator;
        this.clock = clock;
        this.random = random;
    }

    /** Who the workload is; empty while that is not known. */
    Optional<Principal> identify(BindingRequest request, PassState state, BindingMemory memory) {
        Parsed<Identification.Subject> subject = subject(request);
        memory.identifiable(subject instanceof Parsed.Value<Identification.Subject>);
        if (subject instanceof Parsed.Refused<Identification.Subject> refused) {
            return state.record(ConditionType.IDENTITY_RESOLVED, Step.halted(refused.problem()));
        }
        return state.record(
                ConditionType.IDENTITY_RESOLVED,
                identify(request, ((Parsed.Value<Identification.Subject>) subject).value(), state, memory));
    }

    /** Starts an exchange for an identity that was read back from status, unless one has failed: its delay decides then. */
    void confirm(BindingRequest request, BindingMemory memory) {
        memory.identification()
                .filter(Identification::unconfirmed)
                .ifPresent(known -> prover.start(new Work.Identify(request, known.subject()), memory));
    }

    /** What a pod of this ServiceAccount will be; refused if the pod could not be what would be verified. */
    private Parsed<Identification.Subject> subject(BindingRequest request) {
        Optional<Problem> own = operator.refuse(request.serviceAccount());
        if (own.isPresent()) {
            return Parsed.refused(own.get());
        }
        Optional<ServiceAccount> account = cluster.serviceAccount(request.serviceAccount());
        if (account.isEmpty()) {
            return Parsed.refused(Problem.of(
                    Reason.SERVICE_ACCOUNT_NOT_FOUND,
                    "`spec.serviceAccountName`: namespace `" + request.key().namespace() + "` has no ServiceAccount `"
                            + request.serviceAccount().name()
                            + "`. Create it; this binding then continues automatically."));
        }
        String uid = Optional.ofNullable(account.get().getMetadata().getUid()).orElse("");
        return clientId(request)
                .fold(id -> Parsed.of(new Identification.Subject(request.serviceAccount(), uid, id)), Parsed::refused);
    }

    private Parsed<ClientId> clientId(BindingRequest request) {
        ServiceAccountKey account = request.serviceAccount();
        Parsed<ClientId> chosen =
                ClientIdChoice.choose(request, cluster.annotation(account, ClientIdChoice.ANNOTATION));
        Optional<String> tenant = cluster.annotation(account, OperatorIdentity.TENANT_ANNOTATION);
        return chosen.fold(
                id -> operator.refuse(id)
                        .or(() -> operator.otherTenant(account, tenant))
                        .map(Parsed::<ClientId>refused)
                        .orElse(chosen),
                problem -> chosen);
    }

    private Step<Principal> identify(
            BindingRequest request, Identification.Subject subject, PassState state, BindingMemory memory) {
        Instant now = clock.instant();
        if (memory.identification().isEmpty()) {
            remembered(subject, state, now).ifPresent(memory::identified);
        }
        Optional<Identification> known = memory.identification()
                .filter(identification -> identification.subject().equals(subject));
        if (known.isEmpty()) {
            return identifyAnother(new Work.Identify(request, subject), state, memory, now);
        }
        if (known.get().dueFor(subject, request.verification(), now) || memory.confirmationDue()) {
            prover.start(new Work.Identify(request, subject), memory);
        } else {
            state.lookAgain(known.get().due(request.verification()));
        }
        return identified(known.get());
    }

    /** Of an identity that no exchange was tried for, at the rate of one binding. */
    private Step<Principal> identifyAnother(Work.Identify work, PassState state, BindingMemory memory, Instant now) {
        String account = work.subject().serviceAccount().name();
        Instant next = memory.nextIdentity(now);
        if (next.isAfter(now)) {
            state.lookAgain(next);
            return Step.halted(Outcome.of(
                    Reason.RESOLVING_IDENTITY,
                    "The identity of ServiceAccount `" + account + "` has changed several times within a minute, so the"
                            + " exchange of its token at Entra waits for up to 10 s."));
        }
        if (prover.start(work, memory)) {
            memory.identityTaken(now);
        }
        return Step.halted(Outcome.of(
                Reason.RESOLVING_IDENTITY,
                "The token of ServiceAccount `" + account + "` is being exchanged at Entra."));
    }

    private static Step<Principal> identified(Identification known) {
        return known.principal()
                .map(principal -> Step.done(
                        Outcome.holds(
                                Reason.IDENTITY_PROVED,
                                "Entra identified ServiceAccount `"
                                        + known.subject().serviceAccount().name() + "` as object ID `"
                                        + principal.objectId() + "`."),
                        principal))
                .orElseGet(() -> Step.halted(known.problem().orElseThrow()));
    }

    /** After a restart: what status says of this generation counts until the next check. */
    private Optional<Identification> remembered(Identification.Subject subject, PassState state, Instant now) {
        IdentityStatus stored = state.stored().identity();
        if (stored == null || !state.held(ConditionType.IDENTITY_RESOLVED)) {
            return Optional.empty();
        }
        return ClientId.parse(stored.clientId())
                .flatMap(client -> ObjectId.parse(stored.objectId())
                        .flatMap(objectId -> TenantId.parse(stored.tenantId())
                                .map(tenant -> new Principal(client, objectId, tenant))))
                .filter(principal ->
                        operator.otherIdentity(subject.clientId(), principal).isEmpty())
                .map(principal -> Identification.remembered(subject, principal, now, random));
    }

    /** Whether access counts as proved, or need not be. */
    boolean prove(
            BindingRequest request,
            DatabaseResolution.Resolved database,
            Principal principal,
            PassState state,
            BindingMemory memory) {
        if (!request.verification().enabled()) {
            state.verification(null);
            state.record(
                    ConditionType.CONNECTION_VERIFIED,
                    Step.halted(Outcome.of(
                            Reason.VERIFICATION_DISABLED,
                            "`spec.verification.mode` is Disabled: nobody has logged in as the workload.")));
            return true;
        }
        Instant now = clock.instant();
        Duration period = request.verification().period();
        var subject = new Proof.Subject(database.database().endpoint(), principal);
        if (memory.mayRememberProof() && rememberedProof(database, state)) {
            memory.proved(Proof.remembered(subject, now, random));
        }
        Optional<Proof> proof = memory.proof().filter(known -> known.subject().equals(subject));
        if (proof.isEmpty() || proof.get().dueFor(subject, period, now)) {
            start(request, database, subject, memory);
        } else {
            state.lookAgain(proof.get().due(period));
        }
        return report(proof, principal, state, memory);
    }

    private void start(
            BindingRequest request, DatabaseResolution.Resolved database, Proof.Subject proven, BindingMemory memory) {
        if (!database.read()) {
            return; // The host that a token is sent to comes from ARM only. Its reading wakes this binding.
        }
        Identification.Subject subject = memory.identification().orElseThrow().subject();
        prover.start(
                new Work.Prove(request, subject, proven, database.database().clusteringPolicy(), () -> azure.snapshot(
                                database.id())
                        .flatMap(DatabaseSnapshot::inventory)),
                memory);
    }

    private static boolean rememberedProof(DatabaseResolution.Resolved database, PassState state) {
        return state.held(ConditionType.CONNECTION_VERIFIED)
                && database.database().endpoint().equals(state.stored().endpoint());
    }

    private static boolean report(Optional<Proof> proof, Principal principal, PassState state, BindingMemory memory) {
        if (proof.isEmpty()) {
            state.record(
                    ConditionType.CONNECTION_VERIFIED,
                    Step.halted(Outcome.of(Reason.VERIFYING, "The operator is logging in as the workload.")));
            return false;
        }
        if (!proof.get().holds()) {
            state.verification(null);
            state.record(
                    ConditionType.CONNECTION_VERIFIED,
                    Step.halted(proof.get().problem().orElseThrow()));
            return false;
        }
        if (!state.held(ConditionType.CONNECTION_VERIFIED) || state.stored().verification() == null) {
            memory.seen().ifPresent(seen -> state.verification(seen.toStatus()));
        } else {
            memory.seenIsOnRecord();
        }
        state.record(
                ConditionType.CONNECTION_VERIFIED,
                Step.done(
                        Outcome.holds(
                                Reason.LOGIN_VERIFIED,
                                "Logged in over TLS with the workload's own token; Redis names the user "
                                        + principal.objectId() + "."),
                        true));
        return true;
    }
}
