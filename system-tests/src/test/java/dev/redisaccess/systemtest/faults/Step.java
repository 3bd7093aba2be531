package dev.redisaccess.systemtest.faults;

/** The step of a binding's life at which a fault comes. */
enum Step {
    /** Before the registration and the binding are applied. */
    NEW,
    /** Azure has taken the assignment and works on it. */
    GRANTING,
    /** Azure and the operator have seen the assignment Succeeded; no login has worked yet. */
    VERIFYING,
    /** Everything holds. */
    READY,
    /** The ServiceAccount gets another identity: the former one's access is revoked, the new one's is granted. */
    CHANGING,
    /** The binding is deleted. */
    DELETING
}
