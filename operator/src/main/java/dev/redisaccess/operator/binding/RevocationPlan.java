package dev.redisaccess.operator.binding;

import java.util.Optional;

/** What is to be done about the access of a principal that a binding gives up. */
public sealed interface RevocationPlan {

    /** Nothing is left to do: the binding has no access as this principal any more. */
    record Release(String why) implements RevocationPlan {}

    /** The lane shall delete this assignment; the finding is reported until it has. */
    record Revoke(String assignmentName, Finding finding) implements RevocationPlan {}

    /** Nothing can be done yet: this is what it waits for. */
    record Wait(Finding finding) implements RevocationPlan {}

    /** What is reported until the access is revoked; empty: nothing is left to do. */
    default Optional<Finding> waiting() {
        if (this instanceof Revoke revoke) {
            return Optional.of(revoke.finding());
        }
        return this instanceof Wait wait ? Optional.of(wait.finding()) : Optional.empty();
    }

    /** Why nothing is left to do; empty: something is. */
    default Optional<String> released() {
        return this instanceof Release release ? Optional.of(release.why()) : Optional.empty();
    }
}
