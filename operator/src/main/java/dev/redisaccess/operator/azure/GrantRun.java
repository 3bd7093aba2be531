package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.Inventory;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.ProvisioningState;
import dev.redisaccess.operator.binding.port.Answer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Look, compare, create only if there is nothing, and look until it has Succeeded. */
final class GrantRun extends OperationRun {

    /** ARM may need a moment until it finds what it has just taken. */
    private static final int ABSENCES = 3;

    private final ObjectId principal;
    private final BooleanSupplier wanted;
    private boolean created;
    private int absences;

    GrantRun(LaneContext context, ObjectId principal, BooleanSupplier wanted) {
        super(context, Assignment.nameFor(principal), context.creates());
        this.principal = principal;
        this.wanted = wanted;
    }

    @Override
    Next begin() {
        if (!wanted.getAsBoolean()) {
            return new Next.Done();
        }
        long askedAt = context.known().asking();
        Answer<Optional<Assignment>> answer = context.controlPlane().readAssignment(context.database(), name);
        if (answer instanceof Answer.Failed<Optional<Assignment>> failed) {
            return refused(failed.problem());
        }
        Optional<Assignment> found = ((Answer.Ok<Optional<Assignment>>) answer).value();
        context.known().seen(name, found, askedAt);
        Optional<Assignment> known =
                context.known().inventory().flatMap((Inventory inventory) -> inventory.of(principal));
        return switch (GrantDecision.of(found, known, principal)) {
            case LEAVE -> new Next.Done();
            case FOLLOW -> followAccepted();
            case AWAIT_REMOVAL -> follow(context.clock().instant());
            case CREATE -> create(found);
            case NAME_TAKEN ->
                new Next.Failed(Problem.of(
                        Reason.ASSIGNMENT_CONFLICT,
                        "The assignment `" + name + "` is there already and grants access to another principal:"
                                + " delete it, so that one for this identity can be created"));
        };
    }

    private Next create(Optional<Assignment> found) {
        Instant since = context.clock().instant();
        boolean onRecord = context.creating().test(principal);
        if (found.isEmpty() && !onRecord || !wanted.getAsBoolean()) {
            return new Next
                    .Done(); // Deleted since, or never put on record: whoever still wants it is woken, and does so.
        }
        Answer<Assignment> answer = context.controlPlane().createAssignment(context.database(), principal);
        if (answer instanceof Answer.Failed<Assignment> failed) {
            return refused(failed.problem());
        }
        Assignment assignment = ((Answer.Ok<Assignment>) answer).value();
        context.known().changed(name, Optional.of(assignment));
        created = true;
        Next first = follow(since);
        return assignment.state().moving()
                ? first
                : present(assignment, new Polling(context, name, context.creates(), since));
    }

    private Next followAccepted() {
        created = true;
        return follow(context.clock().instant());
    }

    @Override
    Next absent(Polling looks) {
        if (!created) {
            return restart();
        }
        if (++absences <= ABSENCES) {
            return looks.again();
        }
        return new Next.Failed(Problem.of(
                Reason.ASSIGNMENT_FAILED,
                "The assignment disappeared while Azure was creating it, as if somebody had deleted it;"
                        + " it is created again within a minute"));
    }

    @Override
    Next present(Assignment assignment, Polling looks) {
        if (assignment.state() == ProvisioningState.Succeeded) {
            return ended(looks);
        }
        if (assignment.state().moving()) {
            return looks.overdue() ? new Next.Failed(stuck(assignment)) : looks.again();
        }
        return new Next.Failed(Problem.of(
                Reason.ASSIGNMENT_FAILED,
                "Azure ended the assignment as " + assignment.state()
                        + ", as it does when somebody else changes the database at the same time;"
                        + " it is tried again within a minute"));
    }

    private static Problem stuck(Assignment assignment) {
        return Problem.of(
                Reason.ASSIGNMENT_FAILED,
                "Azure has reported the assignment as " + assignment.state() + " for more than "
                        + Polling.DEADLINE.toMinutes() + " minutes; it is looked at again within a minute");
    }

    @Override
    boolean goneIsDone() {
        return false;
    }
}
