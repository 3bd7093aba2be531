package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether this installation created an assignment. */
public enum AssignmentOrigin {
    /** This installation created it; it is revoked with the last binding that needs it. */
    @JsonProperty("Created")
    CREATED,
    /** It existed before; the operator does not change it. */
    @JsonProperty("Adopted")
    ADOPTED
}
