package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether access is proved by a login. */
public enum VerificationMode {
    /** The operator logs in to Redis as the workload. */
    @JsonProperty("Workload")
    WORKLOAD,
    /** No login: ARM's word is taken. For networks where the operator can't reach Redis. */
    @JsonProperty("Disabled")
    DISABLED
}
