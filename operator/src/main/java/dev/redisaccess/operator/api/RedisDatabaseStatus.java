package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/**
 * What Azure reports about the database.
 *
 * @param observedGeneration the generation of the spec that this status is about
 * @param endpoint what clients connect to, as ARM reports it
 * @param clusteringPolicy OSSCluster, EnterpriseCluster or NoCluster
 * @param accessKeysAuthentication Enabled or Disabled
 * @param access how many assignments the database has, by kind; null: not known
 * @param conditions Ready, EntraOnly and NoUnmanagedAccess
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RedisDatabaseStatus(
        @Min(0) @JsonPropertyDescription("The generation of the spec that this status is about.")
        Long observedGeneration,

        @JsonPropertyDescription("The host name and port that clients connect to, as Azure reports them.")
        Endpoint endpoint,

        @Size(max = 64)
        @JsonPropertyDescription("How the database spreads keys over shards, and so which kind of client it requires:"
                + " `OSSCluster`, `EnterpriseCluster` or `NoCluster`.")
        String clusteringPolicy,

        @Size(max = 64)
        @JsonPropertyDescription("Whether access keys still work in addition to Entra tokens: `Enabled` or `Disabled`.")
        String accessKeysAuthentication,

        @JsonPropertyDescription("How many assignments the database has, by kind, as of the last review.")
        DatabaseAccessStatus access,

        @Size(max = 16)
        @JsonPropertyDescription(
                "`Ready`: Azure reports the database as running. `EntraOnly`: access keys are disabled. `NoUnmanagedAccess`:"
                        + " everyone who has access is bound, adopted or acknowledged, or a leftover.")
        List<Condition> conditions) {}
