package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.BindingRequest;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.Identification;
import dev.redisaccess.operator.binding.OperatorIdentity;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.RefusedLogin;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.Verification;
import dev.redisaccess.operator.binding.WorkloadToken;
import dev.redisaccess.operator.binding.port.Verifier;
import dev.redisaccess.operator.binding.port.WorkloadTokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the {@link Work} of a pass on the checks' threads, one piece per binding at a time. What came out stands in the
 * binding's memory, and the binding is woken.
 */
public final class WorkRunner {

    private static final Logger LOG = LoggerFactory.getLogger(WorkRunner.class);

    /** A login gets at least this long, however long the token took. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final WorkloadTokens tokens;
    private final Verifier verifier;
    private final WorkDispatcher dispatcher;
    private final OperatorIdentity operator;
    private final Clock clock;
    private final RandomGenerator random;
    private final VerificationObserver observer;
    private final Consumer<BindingKey> wake;

    /**
     * @param executor with as many threads as the limits allow
     * @param limits of what is under way at once
     * @param operator what a workload must not be, and in whose tenant it must be
     * @param wake told when a binding's memory has news
     */
    public WorkRunner(
            WorkloadTokens tokens,
            Verifier verifier,
            Executor executor,
            WorkLimits limits,
            OperatorIdentity operator,
            Clock clock,
            RandomGenerator random,
            VerificationObserver observer,
            Consumer<BindingKey> wake) {
        this.tokens = tokens;
        this.verifier = verifier;
        this.dispatcher = new WorkDispatcher(new WorkQueue(limits), executor, clock, WorkDispatcher.timer(executor));
        this.operator = operator;
        this.clock = clock;
        this.random = random;
        this.observer = observer;
        this.wake = wake;
    }

    /** Starts a piece of work, now or in its turn; false if some for the same binding is under way. */
    boolean start(Work work, BindingMemory memory) {
        if (!memory.begin()) {
            return false;
        }
        Optional<Endpoint> database =
                work instanceof Work.Verify verify ? Optional.of(verify.target().endpoint()) : Optional.empty();
        dispatcher.submit(new WorkQueue.Piece(work.request().key().namespace(), database, () -> run(work, memory)));
        return true;
    }

    private void run(Work work, BindingMemory memory) {
        memory.taken();
        try {
            if (work instanceof Work.Verify verify) {
                verify(verify, memory);
            } else {
                token(work, memory);
            }
        } catch (RuntimeException unexpected) {
            LOG.error("Checking {} failed unexpectedly", work.request().key(), unexpected);
            var problem = Problem.unexpected("verifying access", unexpected);
            memory.identified(
                    Identification.failed(memory.identification(), work.source(), problem, clock.instant(), random));
        } finally {
            memory.end();
            wake.accept(work.request().key());
        }
    }

    /** Asks for a token, and remembers whose it is. */
    private Result<WorkloadToken> token(Work work, BindingMemory memory) {
        BindingRequest request = work.request();
        Instant started = clock.instant();
        Result<WorkloadToken> answer = expected(
                work.source().clientId(),
                tokens.tokenFor(
                        request.serviceAccount(),
                        work.source().clientId(),
                        request.verification().timeout()));
        Instant now = clock.instant();
        Optional<Problem> problem = problemOf(answer);
        observer.tokenAsked(Duration.between(started, now), problem);
        memory.identified(
                answer instanceof Result.Ok<WorkloadToken> ok
                        ? Identification.succeeded(
                                work.source(), known(ok.value().principal(), memory), now, random)
                        : Identification.failed(
                                memory.identification(), work.source(), problem.orElseThrow(), now, random));
        return answer;
    }

    /** A token of another identity than the one that was asked for is none: it is not what the pod will be. */
    private Result<WorkloadToken> expected(ClientId asked, Result<WorkloadToken> answer) {
        return answer instanceof Result.Ok<WorkloadToken> ok
                ? operator.otherIdentity(asked, ok.value().principal())
                        .map(Result::<WorkloadToken>failed)
                        .orElse(answer)
                : answer;
    }

    /** It rarely changes, and its proof keeps it too: one for both takes half of the memory. */
    private static Principal known(Principal principal, BindingMemory memory) {
        return memory.identification()
                .flatMap(Identification::principal)
                .filter(principal::equals)
                .orElse(principal);
    }

    private void verify(Work.Verify work, BindingMemory memory) {
        Instant started = clock.instant();
        Result<WorkloadToken> answer = token(work, memory);
        if (answer instanceof Result.Failed<WorkloadToken> failed) {
            fail(work, failed.problem(), memory);
            return;
        }
        WorkloadToken token = ((Result.Ok<WorkloadToken>) answer).value();
        if (!token.principal().equals(work.target().principal())) {
            return; // The ServiceAccount is somebody else by now: the next pass grants anew, and then proves.
        }
        Duration asking = Duration.between(started, clock.instant());
        Duration rest = work.request().verification().timeout().minus(asking);
        Instant connecting = clock.instant();
        Result<Verifier.Login> login = verifier.verify(
                work.target().endpoint(), work.policy(), token, rest.compareTo(LEAST) > 0 ? rest : LEAST);
        observer.loggedIn(Duration.between(connecting, clock.instant()), problemOf(login));
        if (login instanceof Result.Ok<Verifier.Login> ok) {
            memory.loggedIn(
                    Verification.succeeded(work.target(), clock.instant(), random),
                    new VerifiedLogin(ok.value(), asking));
        } else {
            fail(work, explained(work, token, problemOf(login).orElseThrow()), memory);
        }
    }

    private void fail(Work.Verify work, Problem problem, BindingMemory memory) {
        memory.remember(Verification.failed(memory.verification(), work.target(), problem, clock.instant(), random));
    }

    /** WRONGPASS says nothing by itself; the token and the inventory together say which link is wrong. */
    private Problem explained(Work.Verify work, WorkloadToken token, Problem problem) {
        if (problem.reason() != Reason.NOT_AUTHORIZED) {
            return problem;
        }
        return work.inventory()
                .get()
                .map(known -> RefusedLogin.explain(
                        token.claims(), known, work.target().endpoint(), clock.instant()))
                .orElse(problem);
    }

    private static Optional<Problem> problemOf(Result<?> answer) {
        return answer instanceof Result.Failed<?> failed ? Optional.of(failed.problem()) : Optional.empty();
    }
}
