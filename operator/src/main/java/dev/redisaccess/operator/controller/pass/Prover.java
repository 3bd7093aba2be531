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
import dev.redisaccess.operator.binding.Proof;
import dev.redisaccess.operator.binding.RefusedLogin;
import dev.redisaccess.operator.binding.port.Answer;
import dev.redisaccess.operator.binding.port.ConnectionCheck;
import dev.redisaccess.operator.binding.port.WorkloadToken;
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
public final class Prover {

    private static final Logger LOG = LoggerFactory.getLogger(Prover.class);

    /** A login gets at least this long, however long the token took. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final WorkloadTokens tokens;
    private final ConnectionCheck check;
    private final WorkDispatcher dispatcher;
    private final OperatorIdentity operator;
    private final Clock clock;
    private final RandomGenerator random;
    private final ProofObserver observer;
    private final Consumer<BindingKey> wake;

    /**
     * @param executor with as many threads as the limits allow
     * @param limits of what is under way at once
     * @param operator what a workload must not be, and in whose tenant it must be
     * @param wake told when a binding's memory has news
     */
    public Prover(
            WorkloadTokens tokens,
            ConnectionCheck check,
            Executor executor,
            WorkLimits limits,
            OperatorIdentity operator,
            Clock clock,
            RandomGenerator random,
            ProofObserver observer,
            Consumer<BindingKey> wake) {
        this.tokens = tokens;
        this.check = check;
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
                work instanceof Work.Prove prove ? Optional.of(prove.proven().endpoint()) : Optional.empty();
        dispatcher.submit(new WorkQueue.Piece(work.request().key().namespace(), database, () -> run(work, memory)));
        return true;
    }

    private void run(Work work, BindingMemory memory) {
        memory.taken();
        try {
            if (work instanceof Work.Prove prove) {
                prove(prove, memory);
            } else {
                token(work, memory);
            }
        } catch (RuntimeException unexpected) {
            LOG.error("Checking {} failed unexpectedly", work.request().key(), unexpected);
            var problem = Problem.of(
                    Reason.INTERNAL_ERROR,
                    "Unexpected " + unexpected.getClass().getSimpleName() + "; the operator's log says more.");
            memory.identified(
                    Identification.failed(memory.identification(), work.subject(), problem, clock.instant(), random));
        } finally {
            memory.end();
            wake.accept(work.request().key());
        }
    }

    /** Asks for a token, and remembers whose it is. */
    private Answer<WorkloadToken> token(Work work, BindingMemory memory) {
        BindingRequest request = work.request();
        Instant started = clock.instant();
        Answer<WorkloadToken> answer = expected(
                work.subject().clientId(),
                tokens.tokenFor(
                        request.serviceAccount(),
                        work.subject().clientId(),
                        request.verification().timeout()));
        Instant now = clock.instant();
        Optional<Problem> problem = problemOf(answer);
        observer.tokenAsked(Duration.between(started, now), problem);
        memory.identified(
                answer instanceof Answer.Ok<WorkloadToken> ok
                        ? Identification.succeeded(
                                work.subject(), known(ok.value().principal(), memory), now, random)
                        : Identification.failed(
                                memory.identification(), work.subject(), problem.orElseThrow(), now, random));
        return answer;
    }

    /** A token of another identity than the one that was asked for is none: it is not what the pod will be. */
    private Answer<WorkloadToken> expected(ClientId asked, Answer<WorkloadToken> answer) {
        return answer instanceof Answer.Ok<WorkloadToken> ok
                ? operator.otherIdentity(asked, ok.value().principal())
                        .map(Answer::<WorkloadToken>failed)
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

    private void prove(Work.Prove work, BindingMemory memory) {
        Instant started = clock.instant();
        Answer<WorkloadToken> answer = token(work, memory);
        if (answer instanceof Answer.Failed<WorkloadToken> failed) {
            fail(work, failed.problem(), memory);
            return;
        }
        WorkloadToken token = ((Answer.Ok<WorkloadToken>) answer).value();
        if (!token.principal().equals(work.proven().principal())) {
            return; // The ServiceAccount is somebody else by now: the next pass grants anew, and then proves.
        }
        Duration asking = Duration.between(started, clock.instant());
        Duration rest = work.request().verification().timeout().minus(asking);
        Instant connecting = clock.instant();
        Answer<ConnectionCheck.Login> login =
                check.check(work.proven().endpoint(), work.policy(), token, rest.compareTo(LEAST) > 0 ? rest : LEAST);
        observer.loggedIn(Duration.between(connecting, clock.instant()), problemOf(login));
        if (login instanceof Answer.Ok<ConnectionCheck.Login> ok) {
            memory.loggedIn(Proof.succeeded(work.proven(), clock.instant(), random), new Seen(ok.value(), asking));
        } else {
            fail(work, explained(work, token, problemOf(login).orElseThrow()), memory);
        }
    }

    private void fail(Work.Prove work, Problem problem, BindingMemory memory) {
        memory.proved(Proof.failed(memory.proof(), work.proven(), problem, clock.instant(), random));
    }

    /** WRONGPASS says nothing by itself; the token and the inventory together say which link is wrong. */
    private Problem explained(Work.Prove work, WorkloadToken token, Problem problem) {
        if (problem.reason() != Reason.NOT_AUTHORIZED) {
            return problem;
        }
        return work.inventory()
                .get()
                .map(known -> RefusedLogin.explain(
                        token.claims(), known, work.proven().endpoint(), clock.instant()))
                .orElse(problem);
    }

    private static Optional<Problem> problemOf(Answer<?> answer) {
        return answer instanceof Answer.Failed<?> failed ? Optional.of(failed.problem()) : Optional.empty();
    }
}
