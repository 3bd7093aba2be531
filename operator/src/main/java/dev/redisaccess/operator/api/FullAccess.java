package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a binding without an access profile gets full access. The platform team decides. */
public enum FullAccess {
    /** A binding without a profile gets every command on every key. */
    @JsonProperty("Allowed")
    ALLOWED,
    /** Every binding must name a profile. */
    @JsonProperty("Forbidden")
    FORBIDDEN
}
