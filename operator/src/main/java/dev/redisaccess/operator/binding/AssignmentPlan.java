package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.AssignmentOrigin;

/** What is to be done about the assignment of one principal on one database. */
public sealed interface AssignmentPlan {

    /** The access exists. */
    record Keep(Assignment assignment, AssignmentOrigin origin) implements AssignmentPlan {}

    /** The lane is to create the assignment, or to poll its creation to the end. */
    record Create() implements AssignmentPlan {}

    /**
     * The lane is to change the access of the operator's assignment.
     *
     * @param found the assignment, with the access that it has now
     */
    record Update(Assignment found) implements AssignmentPlan {}

    /** The lane or ARM is working on it. */
    record Wait(Finding finding) implements AssignmentPlan {}

    /** An assignment grants something else, and is never overwritten. */
    record Conflict(Problem problem) implements AssignmentPlan {}
}
