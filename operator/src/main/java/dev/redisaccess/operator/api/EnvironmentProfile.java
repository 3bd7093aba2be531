package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A set of further variable names. The names and their sources are in docs/reference/environment.md. */
public enum EnvironmentProfile {
    /** The Flask guide that this project grew from. */
    @JsonProperty("seed")
    SEED,
    /** Azure's quickstarts and tutorials. */
    @JsonProperty("azure-samples")
    AZURE_SAMPLES,
    /** Azure Service Connector. */
    @JsonProperty("service-connector")
    SERVICE_CONNECTOR,
    /** Spring Boot and Spring Cloud Azure. */
    @JsonProperty("spring")
    SPRING,
    /** .NET connection strings. */
    @JsonProperty("dotnet")
    DOTNET,
    /** Host and port in one variable, and the shortest names. */
    @JsonProperty("endpoint")
    ENDPOINT
}
