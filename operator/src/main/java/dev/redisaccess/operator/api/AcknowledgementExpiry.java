package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How near the end of an acknowledgement is. */
public enum AcknowledgementExpiry {
    /** It ends within a week. */
    @JsonProperty("Soon")
    SOON,
    /** It has ended: the access counts as if it were not acknowledged. */
    @JsonProperty("Expired")
    EXPIRED
}
