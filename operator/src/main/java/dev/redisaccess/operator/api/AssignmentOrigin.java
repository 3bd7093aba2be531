package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who made an assignment. */
public enum AssignmentOrigin {
    /** This operator: it is revoked with the last binding that needs it. */
    @JsonProperty("Created")
    CREATED,
    /** Somebody else, before: it is left as it was. */
    @JsonProperty("Adopted")
    ADOPTED
}
