package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.BindingRequest;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.Identification;
import dev.redisaccess.operator.binding.OperatorIdentity;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.Verification;
import dev.redisaccess.operator.binding.WorkloadToken;
import dev.redisaccess.operator.binding.WrongPassExplanation;
import dev.redisaccess.operator.binding.port.Telemetry;
import dev.redisaccess.operator.binding.port.Verifier;
import dev.redisaccess.operator.binding.port.WorkLoad;
import dev.redisaccess.operator.binding.port.WorkloadTokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the {@link Work} of passes on other threads, one piece per binding at a time. The result is kept in the binding's
 * memory, and the binding is woken.
 */
final class WorkRunner {

    private static final Logger LOG = LoggerFactory.getLogger(WorkRunner.class);

    /** A login gets at least this long, however long the token took. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final WorkloadTokens tokens;
    private final Verifier verifier;
    private final WorkDispatcher dispatcher;
    private final OperatorIdentity operator;
    private final Clock clock;
    private final RandomGenerator random;
    private final Telemetry telemetry;
    private final Consumer<BindingKey> wake;

    /** @param wake requests a pass over a binding, whose memory has changed */
    WorkRunner(
            BindingPasses.Outside outside,
            BindingPasses.Settings settings,
            BindingPasses.Execution execution,
            Consumer<BindingKey> wake) {
        this.tokens = outside.tokens();
        this.verifier = outside.verifier();
        this.dispatcher = new WorkDispatcher(
                new WorkQueue(settings.limits()), execution.executor(), execution.clock(), execution.timer());
        this.operator = settings.identity();
        this.clock = execution.clock();
        this.random = execution.random();
        this.telemetry = execution.telemetry();
        this.wake = wake;
    }

    /** Queues a piece of work; false if some for the same binding is under way. */
    boolean start(Work work, BindingMemory memory) {
        if (!memory.tryQueueWork()) {
            return false;
        }
        Optional<Endpoint> database =
                work instanceof Work.Verify verify ? Optional.of(verify.target().endpoint()) : Optional.empty();
        Instant queued = clock.instant();
        dispatcher.submit(new WorkQueue.Piece(
                work.request().key().namespace(), database, queued, () -> run(work, memory, queued)));
        return true;
    }

    /** What waits. */
    WorkLoad load() {
        return dispatcher.load();
    }

    private void run(Work work, BindingMemory memory, Instant queued) {
        memory.startWork();
        BindingKey binding = work.request().key();
        Telemetry.WorkKind kind =
                work instanceof Work.Verify ? Telemetry.WorkKind.VERIFICATION : Telemetry.WorkKind.IDENTIFICATION;
        telemetry.workStarted(binding, kind, Duration.between(queued, clock.instant()));
        Optional<Reason> failed = Optional.of(Reason.INTERNAL_ERROR);
        try {
            failed = work instanceof Work.Verify verify ? verify(verify, memory) : reasonOf(token(work, memory));
        } catch (RuntimeException unexpected) {
            LOG.error("Unexpected failure of the work for binding {}", binding, unexpected);
            var problem = Problem.unexpected("verifying access", unexpected);
            memory.rememberIdentification(
                    Identification.failed(memory.identification(), work.source(), problem, clock.instant(), random));
        } finally {
            telemetry.workEnded(binding, kind, failed);
            memory.endWork();
            wake.accept(binding);
        }
    }

    /** Requests a token, and remembers its principal. */
    private Result<WorkloadToken> token(Work work, BindingMemory memory) {
        BindingRequest request = work.request();
        Instant started = clock.instant();
        Result<WorkloadToken> result = tokens.tokenFor(
                        work.source(),
                        lastWay(work.source(), memory),
                        request.verification().timeout())
                .flatMap(token -> expected(work.source().clientId(), token));
        Instant now = clock.instant();
        telemetry.tokenRequested(Duration.between(started, now), reasonOf(result));
        memory.rememberIdentification(result.fold(
                token -> Identification.succeeded(
                        work.source(), known(token.principal(), memory), token.federation(), now, random),
                problem -> Identification.failed(memory.identification(), work.source(), problem, now, random)));
        return result;
    }

    private static Optional<Federation> lastWay(Identification.Source source, BindingMemory memory) {
        return memory.identification()
                .filter(known -> known.source().identifiesSame(source))
                .flatMap(Identification::federation);
    }

    /** A token of another identity than the requested one is refused: it is not what the pod will be. */
    private Result<WorkloadToken> expected(ClientId requested, WorkloadToken token) {
        return operator.otherIdentity(requested, token.principal())
                .map(Result::<WorkloadToken>failed)
                .orElseGet(() -> Result.ok(token));
    }

    /** It rarely changes, and the verification refers to it also: one object for both takes half of the memory. */
    private static Principal known(Principal principal, BindingMemory memory) {
        return memory.identification()
                .flatMap(Identification::principal)
                .filter(principal::equals)
                .orElse(principal);
    }

    /** The reason for which the login failed; empty if it succeeded, or was not tried. */
    private Optional<Reason> verify(Work.Verify work, BindingMemory memory) {
        Instant started = clock.instant();
        Result<WorkloadToken> requested = token(work, memory);
        Duration took = Duration.between(started, clock.instant());
        if (requested
                .toOptional()
                .filter(token -> !token.principal().equals(work.target().principal()))
                .isPresent()) {
            // The ServiceAccount has another identity by now: the next pass grants access to it, then verifies.
            return Optional.empty();
        }
        Result<Verifier.Login> login = requested.flatMap(token -> login(work, token, took));
        Instant now = clock.instant();
        login.toOptional().ifPresent(succeeded -> memory.rememberLogin(new VerifiedLogin(succeeded, took)));
        memory.rememberVerification(login.fold(
                succeeded -> Verification.succeeded(work.target(), now, random),
                problem -> Verification.failed(memory.verification(), work.target(), problem, now, random)));
        return reasonOf(login);
    }

    private Result<Verifier.Login> login(Work.Verify work, WorkloadToken token, Duration tokenTook) {
        Duration rest = work.request().verification().timeout().minus(tokenTook);
        Result<Verifier.Login> login = Telemetry.measured(
                clock,
                () -> verifier.verify(
                        work.target().endpoint(),
                        work.policy(),
                        token,
                        work.target().rule(),
                        rest.compareTo(LEAST) > 0 ? rest : LEAST),
                telemetry::verificationEnded);
        return login.fold(Result::ok, problem -> Result.failed(explained(work, token, problem)));
    }

    /** WRONGPASS alone explains nothing: the token and the inventory together show which condition does not hold. */
    private Problem explained(Work.Verify work, WorkloadToken token, Problem problem) {
        if (problem.reason() == Reason.ALLOWED_COMMAND_DENIED || problem.reason() == Reason.DENIED_COMMAND_ALLOWED) {
            return work.inventory()
                    .get()
                    .flatMap(known -> WrongPassExplanation.propagating(
                            work.target().principal().objectId(), known, problem, clock.instant()))
                    .orElse(problem);
        }
        if (problem.reason() != Reason.NOT_AUTHORIZED) {
            return problem;
        }
        return work.inventory()
                .get()
                .map(known -> WrongPassExplanation.explain(
                        token.claims(), known, work.target().endpoint(), clock.instant()))
                .orElse(problem);
    }

    private static Optional<Reason> reasonOf(Result<?> result) {
        return result.toProblem().map(Problem::reason);
    }
}
