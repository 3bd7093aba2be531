package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is done about access that nothing explains. */
public enum ExcessPolicy {
    /** It is reported. */
    @JsonProperty("Report")
    REPORT,
    /** It is reported, and revoked after the grace period, within the limit of an hour. */
    @JsonProperty("Revoke")
    REVOKE
}
