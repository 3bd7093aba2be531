package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.GrantDecision;
import dev.redisaccess.operator.binding.Inventory;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.ProvisioningState;
import dev.redisaccess.operator.binding.WantedAccess;
import dev.redisaccess.operator.binding.acl.AccessString;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads the assignments again if they are too old, creates one only if none gives the access, and polls until it has
 * Succeeded. {@link GrantDecision} decides, as it does for the plan of a pass, so that the two never disagree.
 */
final class GrantRun extends OperationRun {

    /** Azure may need a moment until it finds what it has just accepted. */
    private static final int ABSENCES = 3;

    private final ObjectId principal;
    private final Supplier<Optional<WantedAccess>> request;
    private WantedAccess wanted = WantedAccess.full();
    private boolean created;
    private boolean missed;
    private int absences;

    GrantRun(LaneContext context, ObjectId principal, Supplier<Optional<WantedAccess>> request) {
        super(context, context.mark().assignmentName(principal), LaneState.Kind.GRANT);
        this.principal = principal;
        this.request = request;
    }

    @Override
    OperationProgress begin() {
        if (!isWanted()) {
            return new OperationProgress.Done();
        }
        Optional<Problem> unread = context.reader().refresh();
        if (unread.isPresent()) {
            return refusal(unread.get());
        }
        long version = context.known().version();
        return context.controlPlane()
                .readAssignment(context.database(), name)
                .fold(found -> begin(found, version), OperationRun::refusal);
    }

    private OperationProgress begin(Optional<Assignment> found, long version) {
        record(found, version);
        GrantDecision decision = decision();
        if (decision instanceof GrantDecision.Follow) {
            created = true;
            return follow(context.now());
        }
        if (decision instanceof GrantDecision.AwaitRemoval) {
            return follow(context.now());
        }
        // The plan reports any other decision: it is made of the same.
        if (decision instanceof GrantDecision.Create && isStillWanted()) {
            return write(wanted.rule());
        }
        return decision instanceof GrantDecision.Update && isStillWanted()
                ? write(Optional.of(wanted.rule().orElse(AccessString.FULL)))
                : new OperationProgress.Done();
    }

    private boolean isWanted() {
        Optional<WantedAccess> now = request.get();
        now.ifPresent(access -> wanted = access);
        return now.isPresent();
    }

    /** Not if something else is wanted meanwhile: the decision was made for what was wanted before. */
    private boolean isStillWanted() {
        return request.get().filter(wanted::sameAs).isPresent();
    }

    private GrantDecision decision() {
        return GrantDecision.of(principal, wanted, inventory(), context.mark());
    }

    private Inventory inventory() {
        return context.known().inventory().orElseThrow();
    }

    private OperationProgress write(Optional<AccessString> accessString) {
        Instant since = context.now();
        return context.controlPlane()
                .writeAssignment(context.database(), name, principal, accessString)
                .fold(assignment -> accepted(assignment, since), this::notAccepted);
    }

    private OperationProgress accepted(Assignment assignment, Instant since) {
        context.known().hold(name, Optional.of(assignment));
        created = true;
        OperationProgress first = follow(since);
        return assignment.state().moving()
                ? first
                : progressOf(assignment, new Polling(context, name, LaneState.Kind.GRANT, since));
    }

    /** What is known may be wrong, so the assignments are read again before anything is repeated. */
    private OperationProgress notAccepted(Problem problem) {
        boolean contradicts =
                problem.reason() == Reason.AZURE_REQUEST_REFUSED || problem.reason() == Reason.ASSIGNMENT_FAILED;
        if (!contradicts) {
            return refusal(problem);
        }
        context.known().invalidate();
        if (context.reader().refresh().isEmpty() && !writes(decision())) {
            return new OperationProgress.Done();
        }
        return inventory()
                .of(principal, name)
                .<OperationProgress>map(other -> new OperationProgress.Failed(conflict(other, problem)))
                .orElseGet(() -> refusal(problem));
    }

    private static boolean writes(GrantDecision decision) {
        return decision instanceof GrantDecision.Create || decision instanceof GrantDecision.Update;
    }

    private Problem conflict(Assignment other, Problem refusal) {
        return Problem.of(
                Reason.ASSIGNMENT_CONFLICT,
                "Azure refused the assignment `" + name + "`. The assignment `" + other.name()
                        + "` of the same identity is `" + other.state()
                        + "`, and Azure admits one for each identity. Delete it, or bring it to `Succeeded`."
                        + " Azure's answer: " + refusal.message());
    }

    @Override
    OperationProgress progressOfAbsence(Polling current) {
        if (!created) {
            return restart();
        }
        if (++absences <= ABSENCES) {
            return current.next();
        }
        return new OperationProgress.Failed(Problem.of(
                Reason.ASSIGNMENT_FAILED,
                "The assignment disappeared while Azure was creating it, as if it had been deleted. It is created again"
                        + " within a minute."));
    }

    @Override
    OperationProgress progressOf(Assignment assignment, Polling current) {
        if (assignment.state() == ProvisioningState.Succeeded) {
            missed = !wanted.isGivenBy(assignment.access());
            return complete(current);
        }
        if (assignment.state().moving()) {
            return current.isOverdue() ? new OperationProgress.Failed(stuck(assignment)) : current.next();
        }
        if (decision() instanceof GrantDecision.Conflict) {
            // Azure refuses the access string: the plan reports it, and another attempt needs another one.
            return new OperationProgress.Done();
        }
        return new OperationProgress.Failed(Problem.of(
                Reason.ASSIGNMENT_FAILED,
                "Azure ended the assignment as `" + assignment.state()
                        + "`, as it does when the database is changed by others at the same time. It is tried again"
                        + " within a minute."));
    }

    private static Problem stuck(Assignment assignment) {
        return Problem.of(
                Reason.ASSIGNMENT_FAILED,
                "Azure has reported the assignment as `" + assignment.state() + "` for more than "
                        + Polling.DEADLINE.toMinutes() + " minutes. It is read again within a minute.");
    }

    @Override
    boolean hasMissed() {
        return missed;
    }

    @Override
    boolean isDoneWithoutDatabase() {
        return false;
    }
}
