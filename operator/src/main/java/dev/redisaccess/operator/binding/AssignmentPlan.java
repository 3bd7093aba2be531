package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.AssignmentOrigin;

/** What is to be done about the assignment of one principal on one database. */
public sealed interface AssignmentPlan {

    /** It is as it should be. */
    record Keep(Assignment assignment, AssignmentOrigin origin) implements AssignmentPlan {}

    /** The lane shall create it, or see to the end what is being created. */
    record Create() implements AssignmentPlan {}

    /** The lane, or ARM, works on it. */
    record Wait(Finding finding) implements AssignmentPlan {}

    /** An assignment grants something else: never written over. */
    record Conflict(Problem problem) implements AssignmentPlan {}
}
