package dev.redisaccess.emulator.fault;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The services that faults can hit. */
public enum Service {
    /** Azure Resource Manager. */
    @JsonProperty("arm")
    ARM,
    /** The token endpoint and discovery. */
    @JsonProperty("entra")
    ENTRA,
    /** The token proxy of the AKS cluster. */
    @JsonProperty("tokenProxy")
    TOKEN_PROXY,
    /** Both managed-identity endpoints. */
    @JsonProperty("imds")
    IMDS
}
