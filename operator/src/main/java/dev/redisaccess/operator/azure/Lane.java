package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.WantedAccess;
import dev.redisaccess.operator.binding.port.LaneLoad;
import dev.redisaccess.operator.binding.port.Telemetry;
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
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operations on one database, one at a time: Azure accepts parallel ones and then ends them as Failed. Operations for one
 * principal keep their order; one that failed lets the others pass until it is repeated. Safe for use by many threads; Azure
 * and the listener are called outside the lock.
 */
final class Lane {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    /** How often in a row the lane waits with an attempt for another change of the database. */
    private static final int MOST_HOLDS = 10;

    private final LaneContext context;
    private final Workers workers;
    private final RetryDelays delays;
    private final Consumer<Set<ObjectId>> changed;

    /** Of each principal the first operation, in the order of execution, unless it waits for its retry. */
    private final Deque<Operation> ready = new ArrayDeque<>();
    /** All operations, in order. */
    private final Map<ObjectId, Deque<Operation>> byPrincipal = new HashMap<>();

    /** How many grants in a row changed nothing, by principal. */
    private final Map<ObjectId, Integer> fruitless = new HashMap<>();

    private Optional<Operation> current = Optional.empty();
    private boolean watched;

    Lane(LaneContext context, Consumer<Set<ObjectId>> changed) {
        this.context = context;
        this.workers = context.services().workers();
        this.delays = context.services().delays();
        this.changed = changed;
    }

    synchronized void grant(ObjectId principal, Supplier<Optional<WantedAccess>> wanted) {
        add(Operation.requested(LaneState.Kind.GRANT, principal, () -> new GrantRun(context, principal, wanted)));
    }

    synchronized void revoke(ObjectId principal, String name, BooleanSupplier unused) {
        add(Operation.requested(
                LaneState.Kind.REVOKE, principal, () -> new RevokeRun(context, principal, name, unused)));
    }

    synchronized void revokeExcess(ObjectId principal, String name, BooleanSupplier excess) {
        add(Operation.requested(
                LaneState.Kind.REVOKE, principal, () -> RevokeRun.ofExcess(context, principal, name, excess)));
    }

    /** Waits for the end of changes that Azure was found to be working on, before anything else is changed. */
    synchronized void follow(List<Assignment> moving) {
        for (Assignment assignment : moving) {
            assignment
                    .objectId()
                    .filter(principal -> !byPrincipal.containsKey(principal))
                    .ifPresent(principal -> {
                        Operation operation =
                                Operation.following(assignment, principal, () -> new FollowRun(context, assignment));
                        byPrincipal.put(principal, new ArrayDeque<>(List.of(operation)));
                        ready.addFirst(operation);
                    });
        }
        startNext();
    }

    /** @param now false: grants that failed are dropped */
    synchronized void setWatched(boolean now) {
        watched = now;
        if (!now) {
            for (Deque<Operation> own : new ArrayList<>(byPrincipal.values())) {
                Operation first = own.peekFirst();
                if (first.isWaitingForRetry() && first.isGrant()) {
                    remove(first);
                }
            }
            startNext();
        }
    }

    synchronized boolean isIdle() {
        return byPrincipal.isEmpty();
    }

    synchronized LaneLoad load() {
        int retrying = 0;
        int all = 0;
        for (Deque<Operation> own : byPrincipal.values()) {
            all += own.size();
            retrying += own.peekFirst().isWaitingForRetry() ? 1 : 0;
        }
        int running = current.isPresent() ? 1 : 0;
        return new LaneLoad(running, all - running - retrying, retrying, 0);
    }

    synchronized LaneState state(ObjectId principal) {
        Deque<Operation> own = byPrincipal.get(principal);
        if (own == null) {
            return new LaneState.Idle();
        }
        Operation first = own.peekFirst();
        if (first.problem.isEmpty()) {
            return new LaneState.Pending(first.kind);
        }
        // A later operation is queued behind one that failed.
        return own.size() > 1
                ? new LaneState.Pending(own.peekLast().kind)
                : new LaneState.Failed(first.kind, first.problem.get());
    }

    private void add(Operation operation) {
        Deque<Operation> own = byPrincipal.computeIfAbsent(operation.principal, any -> new ArrayDeque<>(2));
        Operation last = own.peekLast();
        if (last != null && last.isSameAs(operation)) {
            return;
        }
        if (last != null && last.isWaitingForRetry()) {
            // The later request is for the opposite, and must not wait behind an operation that fails.
            last.retry.ifPresent(Workers.Scheduled::cancel);
            own.removeLast();
        }
        own.addLast(operation);
        Integer before = operation.isGrant() ? fruitless.get(operation.principal) : null;
        if (own.size() == 1 && before != null) {
            scheduleRetry(operation, delays.afterFruitless(before));
        } else if (own.size() == 1) {
            ready.addLast(operation);
        }
        startNext();
    }

    private void startNext() {
        if (current.isEmpty() && !ready.isEmpty()) {
            Operation operation = ready.pollFirst();
            operation.startAttempt(context.known().differences());
            current = Optional.of(operation);
            context.subscription().enter();
            workers.run(() -> drive(operation));
        }
    }

    private void drive(Operation operation) {
        Duration pause = context.subscription().pausedFor();
        if (!pause.isZero()) {
            workers.after(pause, () -> drive(operation));
            return;
        }
        boolean begun = operation.run.hasBegun();
        OperationProgress progress = step(operation);
        if (progress instanceof OperationProgress.Again again) {
            boolean news = proceed(operation, begun, again.unanswered());
            workers.after(again.delay(), () -> drive(operation));
            if (news) {
                changed.accept(operation.concerned);
            }
            return;
        }
        if (progress instanceof OperationProgress.Done) {
            complete(operation);
        } else if (progress instanceof OperationProgress.Failed failed) {
            fail(operation, failed.problem());
        } else if (progress instanceof OperationProgress.Held held && !hold(operation, held.problem())) {
            fail(operation, held.problem());
        }
        changed.accept(operation.concerned);
    }

    private OperationProgress step(Operation operation) {
        Telemetry telemetry = context.services().telemetry();
        telemetry.operationStepStarted(context.database(), operation.principal, operation.kind);
        try {
            return operation.run.step();
        } catch (RuntimeException e) {
            LOG.error("An operation on {} failed unexpectedly", context.database(), e);
            return new OperationProgress.Failed(Problem.unexpected("changing an assignment", e));
        } finally {
            telemetry.operationStepEnded();
        }
    }

    /** @return whether there is something to report */
    private synchronized boolean proceed(Operation operation, boolean begun, Optional<Problem> unanswered) {
        boolean news = !begun || !operation.problem.equals(unanswered);
        operation.proceed(unanswered);
        return news;
    }

    /** @return false if the operation has waited too often */
    private synchronized boolean hold(Operation operation, Problem problem) {
        boolean throttled = problem.reason() == Reason.AZURE_THROTTLED;
        if (!throttled && operation.holds++ >= MOST_HOLDS) {
            return false;
        }
        Duration wait = throttled ? context.pause(problem) : delays.whileBusy(problem);
        if (!operation.run.hasBegun()) {
            operation.problem = Optional.of(problem);
        }
        workers.after(wait, () -> drive(operation));
        return true;
    }

    private synchronized void complete(Operation operation) {
        operation.run.end();
        ended(operation, Optional.empty());
        operation.run.duration().ifPresent(duration -> {
            context.services().telemetry().operationSucceeded(operation.kind, duration);
            LOG.info(
                    "{} of {} on {} took {} ms",
                    operation.kind,
                    operation.principal,
                    context.database(),
                    duration.toMillis());
        });
        free();
        // A grant that changed nothing is planned again at once: the next one has to wait.
        if (operation.isFruitless(context.known().differences())) {
            fruitless.merge(operation.principal, 1, Integer::sum);
        } else {
            fruitless.remove(operation.principal);
        }
        remove(operation);
        startNext();
    }

    private synchronized void fail(Operation operation, Problem problem) {
        operation.run.end();
        context.services().telemetry().operationFailed(operation.kind, problem.reason());
        ended(operation, Optional.of(problem.reason()));
        if (problem.reason() == Reason.AZURE_UNAVAILABLE) {
            problem.retryAfter().ifPresent(context.subscription()::pause);
        }
        logFailure(operation, problem);
        Duration delay = delays.afterFailure(problem, operation.fail(problem));
        free();
        boolean superseded = byPrincipal.get(operation.principal).size() > 1;
        boolean unwanted = !operation.requested || !watched && operation.isGrant();
        if (superseded || unwanted) {
            remove(operation);
        } else {
            scheduleRetry(operation, delay);
        }
        startNext();
    }

    private void ended(Operation operation, Optional<Reason> problem) {
        context.services().telemetry().operationEnded(context.database(), operation.principal, operation.kind, problem);
    }

    /** Not for each repetition of the same failure. */
    private void logFailure(Operation operation, Problem problem) {
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
    }

    private void scheduleRetry(Operation operation, Duration delay) {
        operation.retry = Optional.of(workers.after(delay, () -> retry(operation)));
    }

    private synchronized void retry(Operation operation) {
        Deque<Operation> own = byPrincipal.get(operation.principal);
        if (own != null && own.peekFirst() == operation && operation.isWaitingForRetry()) {
            operation.retry = Optional.empty();
            ready.addLast(operation);
            startNext();
        }
    }

    private void free() {
        current = Optional.empty();
        context.subscription().leave();
    }

    /** Removes the first operation of its principal, and makes the next one ready. */
    private void remove(Operation operation) {
        operation.retry.ifPresent(Workers.Scheduled::cancel);
        Deque<Operation> own = byPrincipal.get(operation.principal);
        own.removeFirst();
        if (own.isEmpty()) {
            byPrincipal.remove(operation.principal);
        } else {
            ready.addLast(own.peekFirst());
        }
    }
}
