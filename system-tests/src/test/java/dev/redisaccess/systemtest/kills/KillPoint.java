package dev.redisaccess.systemtest.kills;

/** A step of the operator's work, as it is seen from outside: the moment at which it is killed. */
enum KillPoint {
    /** None: at whatever step it is. */
    ANY,
    /** It leads, and has just begun. */
    LEASE_TAKEN,
    /** A finalizer was put on a binding. */
    FINALIZER_SET,
    /** A status arrived. */
    STATUS_WRITTEN,
    /** ARM has received a creation, and has not begun. */
    PUT_ARRIVES,
    /** ARM has taken a creation and responded. */
    PUT_ACCEPTED,
    /** ARM has received a deletion, and has not begun. */
    DELETE_ARRIVES,
    /** ARM has taken a deletion and responded. */
    DELETE_ACCEPTED,
    /** A ConfigMap was written. */
    PUBLISHED,
    /** A binding is Ready. */
    READY
}
