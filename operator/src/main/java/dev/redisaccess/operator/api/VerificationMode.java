package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether access is verified by a login. */
public enum VerificationMode {
    /** The operator logs in to Redis as the workload. */
    @JsonProperty("Workload")
    WORKLOAD,
    /** No login, for networks where the operator can't reach Redis. */
    @JsonProperty("Disabled")
    DISABLED
}
