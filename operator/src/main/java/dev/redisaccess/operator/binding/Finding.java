package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.ConditionStatus;
import dev.redisaccess.operator.api.Reason;

/**
 * What a pass found about one condition.
 *
 * @param reason the situation, which also decides the condition's status
 * @param message what was found and what to do: one line of at most {@value #MAX_MESSAGE} characters
 */
public record Finding(Reason reason, String message) {

    /** Room for a {@link Problem}'s message and its reference. */
    static final int MAX_MESSAGE = 2 * Problem.MAX_MESSAGE;

    public Finding {
        message = SafeQuote.quote(message, MAX_MESSAGE);
    }

    public static Finding of(Reason reason, String message) {
        return new Finding(reason, message);
    }

    public static Finding of(Problem problem) {
        return new Finding(problem.reason(), problem.text());
    }

    /** The condition's status. */
    public ConditionStatus status() {
        return reason.status();
    }

    /** Whether the condition is met. */
    public boolean holds() {
        return status() == ConditionStatus.TRUE;
    }
}
