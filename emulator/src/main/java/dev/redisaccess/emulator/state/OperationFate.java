package dev.redisaccess.emulator.state;

/** How an operation that a request starts will end. */
public enum OperationFate {
    /** As {@code Succeeded}. */
    COMPLETES,
    /** As {@code Failed}, when its time is over. */
    FAILS,
    /** Never. */
    NEVER_ENDS
}
