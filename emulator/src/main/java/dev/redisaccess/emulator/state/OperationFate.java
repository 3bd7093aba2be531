package dev.redisaccess.emulator.state;

/** How an operation that a request starts will end. */
public enum OperationFate {
    /** As it should. */
    COMPLETES,
    /** As {@code Failed}, when its time is over. */
    FAILS,
    /** Not at all. */
    NEVER_ENDS
}
