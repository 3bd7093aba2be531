package dev.redisaccess.operator.binding;

/** Whether another binding needs the assignment that a binding leaves, the more certain the greater. */
public enum AccessNeed {
    /** No other binding needs it: it can be deleted. */
    NONE,
    /** The status of another binding names the same identity, and this process has not confirmed that by an exchange. */
    UNCONFIRMED,
    /** Another binding needs it: it goes with that one. */
    CONFIRMED
}
