package dev.redisaccess.operator.binding;

/** What is to be done about the access of a binding that is being deleted. */
public sealed interface RevocationPlan {

    /** Nothing is left to do: the finalizer may go. */
    record Release(String why) implements RevocationPlan {}

    /** The lane shall delete this assignment. */
    record Revoke(ObjectId principal, String assignmentName) implements RevocationPlan {}

    /** Not yet: this is what it waits for. */
    record Wait(Finding finding) implements RevocationPlan {}
}
