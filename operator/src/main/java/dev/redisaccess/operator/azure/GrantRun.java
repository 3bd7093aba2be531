package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.GrantDecision;
import dev.redisaccess.operator.binding.Inventory;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.ProvisioningState;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Reads the assignments again if they are too old, creates one only if none gives the access, and polls until it has
 * Succeeded. {@link GrantDecision} decides, as it does for the plan of a pass, so that the two never disagree.
 */
final class GrantRun extends OperationRun {

    /** Azure may need a moment until it finds what it has just accepted. */
    private static final int ABSENCES = 3;

    private final ObjectId principal;
    private final BooleanSupplier wanted;
    private boolean created;
    private int absences;

    GrantRun(LaneContext context, ObjectId principal, BooleanSupplier wanted) {
        super(context, context.mark().assignmentName(principal), LaneState.Kind.GRANT);
        this.principal = principal;
        this.wanted = wanted;
    }

    @Override
    OperationProgress begin() {
        if (!wanted.getAsBoolean()) {
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
        return decision instanceof GrantDecision.Create && wanted.getAsBoolean()
                ? create()
                : new OperationProgress.Done();
    }

    private GrantDecision decision() {
        return GrantDecision.of(principal, inventory(), context.mark());
    }

    private Inventory inventory() {
        return context.known().inventory().orElseThrow();
    }

    private OperationProgress create() {
        Instant since = context.now();
        return context.controlPlane()
                .createAssignment(context.database(), name, principal)
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
        if (context.reader().refresh().isEmpty() && !(decision() instanceof GrantDecision.Create)) {
            return new OperationProgress.Done();
        }
        return inventory()
                .of(principal, name)
                .<OperationProgress>map(other -> new OperationProgress.Failed(conflict(other, problem)))
                .orElseGet(() -> refusal(problem));
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
            return complete(current);
        }
        if (assignment.state().moving()) {
            return current.isOverdue() ? new OperationProgress.Failed(stuck(assignment)) : current.next();
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
    boolean isDoneWithoutDatabase() {
        return false;
    }
}
