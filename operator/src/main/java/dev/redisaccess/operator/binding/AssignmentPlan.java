package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.Reason;

/** What is to be done about the assignment of one principal on one database. */
public sealed interface AssignmentPlan {

    /** It is as it should be. */
    record Keep(Assignment assignment, AssignmentOrigin origin) implements AssignmentPlan {}

    /** The lane shall create it, or see to the end what is being created. The origin is recorded before. */
    record Create(AssignmentOrigin origin) implements AssignmentPlan {}

    /** The lane is at it. */
    record Wait(Outcome outcome) implements AssignmentPlan {}

    /** Somebody granted something else: never written over, because a PUT of the GA API would widen it. */
    record Conflict(Problem problem) implements AssignmentPlan {

        static Conflict over(Assignment assignment) {
            String what = "the access `" + assignment.access().rule() + "`";
            return new Conflict(
                    Problem.of(
                            Reason.ASSIGNMENT_CONFLICT,
                            "The assignment '" + assignment.name() + "' gives this identity " + what
                                    + ", which was not made by this operator and would be widened to full access."
                                    + " Delete that assignment to let the operator grant access, or use it without a binding."));
        }
    }
}
