package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a binding is a provisioned service of the Service Binding specification (servicebinding.io). */
public enum ServiceBindingMode {
    /** A Secret of type servicebinding.io/redis is published, and named in status.binding. */
    @JsonProperty("Enabled")
    ENABLED,
    /** There is no Secret. */
    @JsonProperty("Disabled")
    DISABLED
}
