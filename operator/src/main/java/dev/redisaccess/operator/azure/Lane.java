package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.ProvisioningState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operations on one database, one at a time: ARM accepts parallel ones and then ends them as Failed. Operations for
 * one principal keep their order; an operation that failed lets the others pass while it waits. Safe for use by many
 * threads; calls to ARM and to the listener are made outside the lock.
 */
final class Lane {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final int LONGEST_HOLD = 10;

    private final LaneContext context;
    private final LaneServices services;
    private final Consumer<Set<ObjectId>> changed;

    /** First operations of their principals, in the order of their turns. */
    private final Deque<Operation> ready = new ArrayDeque<>();
    /** All operations, in order. */
    private final Map<ObjectId, Deque<Operation>> byPrincipal = new HashMap<>();

    /** How many grants in a row ended without changing anything, by principal. */
    private final Map<ObjectId, Integer> fruitless = new HashMap<>();

    private Optional<Operation> current = Optional.empty();
    private boolean watched;

    Lane(LaneContext context, LaneServices services, Consumer<Set<ObjectId>> changed) {
        this.context = context;
        this.services = services;
        this.changed = changed;
    }

    synchronized void grant(ObjectId principal, BooleanSupplier wanted) {
        add(new Operation(LaneState.Kind.GRANT, principal, true, () -> new GrantRun(context, principal, wanted)));
    }

    synchronized void revoke(ObjectId principal, String name, BooleanSupplier unused) {
        add(new Operation(
                LaneState.Kind.REVOKE, principal, true, () -> new RevokeRun(context, principal, name, unused)));
    }

    /** Lets ARM end what it was found to be working on before anything else is changed. */
    synchronized void follow(List<Assignment> moving) {
        for (Assignment assignment : moving) {
            LaneState.Kind kind =
                    assignment.state() == ProvisioningState.Deleting ? LaneState.Kind.REVOKE : LaneState.Kind.GRANT;
            assignment
                    .objectId()
                    .filter(principal -> !byPrincipal.containsKey(principal))
                    .ifPresent(principal -> {
                        Operation operation = new Operation(
                                kind,
                                principal,
                                false,
                                () -> new FollowRun(context, assignment),
                                assignment.concerned());
                        byPrincipal
                                .computeIfAbsent(principal, any -> new ArrayDeque<>(2))
                                .addLast(operation);
                        operation.place = ready.isEmpty() ? 0 : ready.peekFirst().place - 1;
                        ready.addFirst(operation);
                    });
        }
        startNext();
    }

    synchronized void watched(boolean now) {
        watched = now;
        if (!now) {
            for (Deque<Operation> own : new ArrayList<>(byPrincipal.values())) {
                Operation first = own.peekFirst();
                if (first.waitsForRetry() && first.kind == LaneState.Kind.GRANT) {
                    leave(first);
                }
            }
            startNext();
        }
    }

    synchronized boolean idle() {
        return byPrincipal.isEmpty();
    }

    synchronized LaneState state(ObjectId principal) {
        Deque<Operation> own = byPrincipal.get(principal);
        if (own == null) {
            return new LaneState.Idle();
        }
        Operation operation = own.peekFirst();
        if (operation.problem.isPresent()) {
            // What was asked for since is not done because what is before it can't get on.
            return own.size() > 1
                    ? new LaneState.Queued(own.peekLast().kind, own.size() - 1)
                    : operation.failure(operation.problem.get());
        }
        if (isCurrent(operation)) {
            return operation
                    .run
                    .since()
                    .<LaneState>map(since -> new LaneState.Running(operation.kind, since))
                    .orElseGet(() -> new LaneState.Queued(operation.kind, 0));
        }
        int before = ready.isEmpty() ? 0 : (int) (operation.place - ready.peekFirst().place);
        return new LaneState.Queued(operation.kind, before + (current.isPresent() ? 1 : 0));
    }

    private void add(Operation operation) {
        Deque<Operation> own = byPrincipal.computeIfAbsent(operation.principal, any -> new ArrayDeque<>(2));
        Operation last = own.peekLast();
        if (last != null && last.sameAs(operation)) {
            return;
        }
        if (last != null && last.waitsForRetry()) {
            // Who asked for the opposite since knows better, and must not wait behind what does not work.
            last.retry.ifPresent(Workers.Scheduled::cancel);
            own.removeLast();
        }
        own.addLast(operation);
        Integer before = operation.kind == LaneState.Kind.GRANT ? fruitless.get(operation.principal) : null;
        if (own.size() == 1 && before != null) {
            operation.retry = Optional.of(
                    services.workers().after(services.delays().afterFruitless(before), () -> retry(operation)));
        } else if (own.size() == 1) {
            enqueue(operation);
        }
        startNext();
    }

    private void enqueue(Operation operation) {
        operation.place = ready.isEmpty() ? 0 : ready.peekLast().place + 1;
        ready.addLast(operation);
    }

    private void startNext() {
        if (current.isEmpty() && !ready.isEmpty()) {
            Operation operation = ready.pollFirst();
            operation.startAttempt(context.known().news());
            current = Optional.of(operation);
            context.subscription().enter();
            services.workers().run(() -> drive(operation));
        }
    }

    private void drive(Operation operation) {
        Duration pause = context.subscription().pausedFor();
        if (!pause.isZero()) {
            services.workers().after(pause, () -> drive(operation));
            return;
        }
        boolean began = operation.run.since().isPresent();
        OperationProgress next = stepped(operation);
        if (next instanceof OperationProgress.Again again) {
            boolean news = again(operation, began, again);
            services.workers().after(again.delay(), () -> drive(operation));
            if (news) {
                changed.accept(operation.concerned);
            }
            return;
        }
        if (next instanceof OperationProgress.Held held && hold(operation, held.problem())) {
            changed.accept(operation.concerned);
            return;
        }
        if (next instanceof OperationProgress.Done) {
            done(operation);
        } else {
            failed(
                    operation,
                    next instanceof OperationProgress.Failed failed
                            ? failed.problem()
                            : ((OperationProgress.Held) next).problem());
        }
        changed.accept(operation.concerned);
    }

    private OperationProgress stepped(Operation operation) {
        try {
            return operation.run.step();
        } catch (RuntimeException e) {
            LOG.error(
                    "An operation on {} failed unexpectedly", context.database().cluster(), e);
            return new OperationProgress.Failed(Problem.unexpected("changing an assignment", e));
        }
    }

    private synchronized boolean again(Operation operation, boolean began, OperationProgress.Again next) {
        boolean news = !began || !operation.problem.equals(next.unanswered());
        operation.goesOn(next.unanswered(), context.clock().instant().plus(next.delay()));
        return news;
    }

    /** True: the operation stays where it is and goes on later. */
    private synchronized boolean hold(Operation operation, Problem problem) {
        boolean throttled = problem.reason() == Reason.AZURE_THROTTLED;
        if (!throttled && operation.holds++ >= LONGEST_HOLD) {
            return false;
        }
        Duration wait = throttled
                ? services.delays().whileThrottled(problem)
                : services.delays().whileBusy(problem);
        if (throttled) {
            context.subscription().pause(wait);
            services.telemetry().paused(wait);
        }
        if (operation.run.since().isEmpty()) {
            operation.held(problem, context.clock().instant().plus(wait));
        }
        services.workers().after(wait, () -> drive(operation));
        return true;
    }

    private synchronized void done(Operation operation) {
        operation.run.end();
        operation.run.tookWorkFor().ifPresent(duration -> {
            services.telemetry().operationSucceeded(operation.kind, duration);
            LOG.info(
                    "{} of {} on {} took {} ms",
                    operation.kind,
                    operation.principal,
                    context.database(),
                    duration.toMillis());
        });
        free();
        countFruitless(operation);
        leave(operation);
        startNext();
    }

    /** A grant that ended without changing what the plan looks at is planned again at once: the next one has to wait. */
    private void countFruitless(Operation operation) {
        if (operation.kind == LaneState.Kind.GRANT
                && operation.requested
                && operation.wasFruitless(context.known().news())) {
            fruitless.merge(operation.principal, 1, Integer::sum);
        } else {
            fruitless.remove(operation.principal);
        }
    }

    private synchronized void failed(Operation operation, Problem problem) {
        operation.run.end();
        services.telemetry().operationFailed(operation.kind, problem.reason());
        if (problem.reason() == Reason.AZURE_UNAVAILABLE) {
            problem.retryAfter().ifPresent(context.subscription()::pause);
        }
        if (operation
                .problem
                .map(Problem::reason)
                .filter(problem.reason()::equals)
                .isEmpty()) {
            LOG.warn(
                    "{} of {} on {} failed: {}: {}",
                    operation.kind,
                    operation.principal,
                    context.database(),
                    problem.reason().text(),
                    problem.text());
        }
        Duration delay = services.delays().afterFailure(problem, operation.failed(problem));
        operation.held(problem, context.clock().instant().plus(delay));
        operation.holds = 0;
        free();
        boolean superseded = byPrincipal.get(operation.principal).size() > 1;
        boolean unwanted = !operation.requested || !watched && operation.kind == LaneState.Kind.GRANT;
        if (superseded || unwanted) {
            leave(operation);
        } else {
            operation.retry = Optional.of(services.workers().after(delay, () -> retry(operation)));
        }
        startNext();
    }

    private synchronized void retry(Operation operation) {
        Deque<Operation> own = byPrincipal.get(operation.principal);
        if (own != null && own.peekFirst() == operation && operation.waitsForRetry()) {
            operation.retry = Optional.empty();
            enqueue(operation);
            startNext();
        }
    }

    private void free() {
        current = Optional.empty();
        context.subscription().leave();
    }

    /** Takes the first operation of its principal out, and lets the next one in. */
    private void leave(Operation operation) {
        operation.retry.ifPresent(Workers.Scheduled::cancel);
        Deque<Operation> own = byPrincipal.get(operation.principal);
        own.removeFirst();
        if (own.isEmpty()) {
            byPrincipal.remove(operation.principal);
        } else {
            enqueue(own.peekFirst());
        }
    }

    private boolean isCurrent(Operation operation) {
        return current.filter(operation::equals).isPresent();
    }
}
