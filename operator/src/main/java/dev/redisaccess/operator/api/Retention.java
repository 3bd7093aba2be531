package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a binding's {@code deletionPolicy: Retain} has an effect on a database. The platform team decides. */
public enum Retention {
    /** {@code Retain} has no effect: the deletion of a binding revokes its access. */
    @JsonProperty("Forbidden")
    FORBIDDEN,
    /** {@code Retain} leaves the access in Azure. */
    @JsonProperty("Allowed")
    ALLOWED
}
