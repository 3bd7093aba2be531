package dev.redisaccess.operator.binding;

/** Whether another binding of this cluster has its access by the assignment that a binding leaves. */
public enum Successor {
    /** Nobody has: it can be deleted. */
    NONE,
    /** Somebody has, and has on record that the operator created it: it goes with that one. */
    ON_RECORD,
    /** Somebody has, but would leave it behind: the record must be put right before this one goes. */
    NOT_YET
}
