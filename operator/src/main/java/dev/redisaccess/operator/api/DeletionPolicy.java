package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens to the access when its binding is deleted. */
public enum DeletionPolicy {
    /** It is revoked, if this operator created it and no other binding needs it. */
    @JsonProperty("Delete")
    DELETE,
    /** It stays in Azure. */
    @JsonProperty("Retain")
    RETAIN
}
