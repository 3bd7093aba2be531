package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.GrantDecision;
import dev.redisaccess.operator.binding.Inventory;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.ProvisioningState;
import dev.redisaccess.operator.binding.Result;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Read what is old, look, create only if there is nothing, and look until it has Succeeded. What the lane does is decided by
 * {@link GrantDecision}, as the plan of a pass is, so that the two can't disagree for ever.
 */
final class GrantRun extends OperationRun {

    /** ARM may need a moment until it finds what it has just taken. */
    private static final int ABSENCES = 3;

    private final ObjectId principal;
    private final BooleanSupplier wanted;
    private boolean created;
    private int absences;

    GrantRun(LaneContext context, ObjectId principal, BooleanSupplier wanted) {
        super(context, context.mark().assignmentName(principal), context.creates());
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
            return refused(unread.get());
        }
        long askedAt = context.known().asking();
        Result<Optional<Assignment>> answer = context.controlPlane().readAssignment(context.database(), name);
        if (answer instanceof Result.Failed<Optional<Assignment>> failed) {
            return refused(failed.problem());
        }
        context.known().seen(name, ((Result.Ok<Optional<Assignment>>) answer).value(), askedAt);
        GrantDecision decision = decide();
        if (decision instanceof GrantDecision.Follow) {
            created = true;
            return follow(context.clock().instant());
        }
        if (decision instanceof GrantDecision.AwaitRemoval) {
            return follow(context.clock().instant());
        }
        // Anything else is the plan's: it sees the same.
        return decision instanceof GrantDecision.Create && wanted.getAsBoolean()
                ? create()
                : new OperationProgress.Done();
    }

    private GrantDecision decide() {
        return GrantDecision.of(principal, inventory(), context.mark());
    }

    private Inventory inventory() {
        return context.known().inventory().orElseThrow();
    }

    private OperationProgress create() {
        Instant since = context.clock().instant();
        Result<Assignment> answer = context.controlPlane().createAssignment(context.database(), name, principal);
        if (answer instanceof Result.Failed<Assignment> failed) {
            return contradicted(failed.problem());
        }
        Assignment assignment = ((Result.Ok<Assignment>) answer).value();
        context.known().changed(name, Optional.of(assignment));
        created = true;
        OperationProgress first = follow(since);
        return assignment.state().moving()
                ? first
                : present(assignment, new Polling(context, name, context.creates(), since));
    }

    /** ARM did not take the write: something may be otherwise than it is known, so it is read before anything is tried again. */
    private OperationProgress contradicted(Problem problem) {
        boolean contradicts =
                problem.reason() == Reason.AZURE_REQUEST_REFUSED || problem.reason() == Reason.ASSIGNMENT_FAILED;
        if (!contradicts) {
            return refused(problem);
        }
        context.known().doubt();
        if (context.reader().refresh().isEmpty() && !(decide() instanceof GrantDecision.Create)) {
            return new OperationProgress.Done();
        }
        return inventory()
                .of(principal, name)
                .<OperationProgress>map(other -> new OperationProgress.Failed(inTheWay(other, problem)))
                .orElseGet(() -> refused(problem));
    }

    private Problem inTheWay(Assignment other, Problem refusal) {
        return Problem.of(
                Reason.ASSIGNMENT_CONFLICT,
                "Azure refused the assignment `" + name + "`. The assignment `" + other.name()
                        + "` of the same identity is `" + other.state()
                        + "`, and Azure admits one for each identity. Delete it, or bring it to `Succeeded`."
                        + " Azure's answer: " + refusal.message());
    }

    @Override
    OperationProgress absent(Polling looks) {
        if (!created) {
            return restart();
        }
        if (++absences <= ABSENCES) {
            return looks.again();
        }
        return new OperationProgress.Failed(Problem.of(
                Reason.ASSIGNMENT_FAILED,
                "The assignment disappeared while Azure was creating it, as if it had been deleted. It is created again"
                        + " within a minute."));
    }

    @Override
    OperationProgress present(Assignment assignment, Polling looks) {
        if (assignment.state() == ProvisioningState.Succeeded) {
            return ended(looks);
        }
        if (assignment.state().moving()) {
            return looks.overdue() ? new OperationProgress.Failed(stuck(assignment)) : looks.again();
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
                        + Polling.DEADLINE.toMinutes() + " minutes. It is looked at again within a minute.");
    }

    @Override
    boolean goneIsDone() {
        return false;
    }
}
