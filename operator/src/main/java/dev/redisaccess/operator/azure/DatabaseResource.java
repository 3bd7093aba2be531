package dev.redisaccess.operator.azure;

import com.azure.resourcemanager.redisenterprise.fluent.models.ClusterInner;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.Database;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.SafeQuote;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A database as JSON. The model of SDK 1.0.0 has no {@code accessKeysAuthentication}; read it through the SDK when it has it.
 * Missing fields are null.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record DatabaseResource(@JsonProperty("properties") Properties properties) {

    /** Of every Azure Managed Redis database so far. */
    private static final int DEFAULT_PORT = 10000;

    private static final int LONGEST_QUOTE = 100;

    /** A DNS name. It reaches status, ConfigMaps and the verifier, so what is not one ends here. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
    /** Azure has a handful. */
    private static final int MOST_MODULES = 16;

    private static final int LONGEST_NAME = 64;

    /**
     * @param clientProtocol Encrypted or Plaintext
     * @param clusteringPolicy OSSCluster, EnterpriseCluster or NoCluster
     * @param accessKeysAuthentication Enabled or Disabled
     * @param modules of Redis
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Properties(
            @JsonProperty("port") Integer port,
            @JsonProperty("clientProtocol") String clientProtocol,
            @JsonProperty("clusteringPolicy") String clusteringPolicy,
            @JsonProperty("accessKeysAuthentication") String accessKeysAuthentication,
            @JsonProperty("provisioningState") String provisioningState,
            @JsonProperty("resourceState") String resourceState,
            @JsonProperty("modules") List<Module> modules) {}

    /** A module of Redis. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Module(@JsonProperty("name") String name) {}

    DatabaseResource {
        properties = properties == null ? new Properties(null, null, null, null, null, null, null) : properties;
    }

    /** The database for clients, or why it can't be used. */
    Result<Database> toDatabase(DatabaseId id, ClusterInner cluster) {
        State clusterState = new State(text(cluster.resourceState()), text(cluster.provisioningState()));
        State state = new State(text(properties.resourceState()), text(properties.provisioningState()));
        if (!clusterState.isServing()) {
            return notRunning(id.clusterPath(), clusterState);
        }
        if (!state.isServing()) {
            return notRunning(id.path(), state);
        }
        if ("Plaintext".equalsIgnoreCase(properties.clientProtocol())) {
            return Result.failed(Problem.of(
                    Reason.ENCRYPTION_DISABLED,
                    "`clientProtocol` of `" + id + "` must be Encrypted, because Entra tokens work over TLS only."));
        }
        if (text(cluster.hostname()).isEmpty()) {
            return Result.failed(Problem.of(
                    Reason.DATABASE_NOT_RUNNING, "Azure reports no host name for `" + id.clusterPath() + "` yet."));
        }
        int port = Optional.ofNullable(properties.port()).orElse(DEFAULT_PORT);
        if (!HOST.matcher(cluster.hostname()).matches() || port < 1 || port > 65535) {
            return Result.failed(ArmExceptions.unusable("The endpoint of `" + id + "` is `"
                    + SafeQuote.quote(cluster.hostname(), LONGEST_QUOTE) + ":" + port
                    + "`, which must be a DNS name and a port from 1 to 65535."));
        }
        return Result.ok(
                new Database(new Endpoint(cluster.hostname(), port), policy(), accessKeysEnabled(), modules()));
    }

    /** Azure has two words for it. A missing or a third one is not taken for either: auditors rely on it. */
    private Optional<Boolean> accessKeysEnabled() {
        return switch (text(properties.accessKeysAuthentication()).toLowerCase(Locale.ROOT)) {
            case "enabled" -> Optional.of(true);
            case "disabled" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private List<String> modules() {
        return Optional.ofNullable(properties.modules()).orElse(List.of()).stream()
                .limit(MOST_MODULES)
                .map(module -> module == null || module.name() == null ? "?" : module.name())
                .map(name -> SafeQuote.quote(name, LONGEST_NAME))
                .toList();
    }

    private static Result<Database> notRunning(String path, State state) {
        return Result.failed(Problem.of(
                Reason.DATABASE_NOT_RUNNING,
                "Azure reports `" + path + "` as `" + state.text() + "`. It must be `Running`."));
    }

    /** OSSCluster is the service's default; any policy has one endpoint, also one that is not known here. */
    private ClusteringPolicy policy() {
        if (text(properties.clusteringPolicy()).isEmpty()) {
            return ClusteringPolicy.OSSCluster;
        }
        for (ClusteringPolicy known : ClusteringPolicy.values()) {
            if (known.name().equalsIgnoreCase(properties.clusteringPolicy())) {
                return known;
            }
        }
        return ClusteringPolicy.EnterpriseCluster;
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }

    /**
     * The state of a cluster or a database. Text that is missing in the answer is empty.
     *
     * @param resourceState Running, Scaling, CreateFailed, …
     * @param provisioningState of the last change: Succeeded, Updating, Failed, …
     */
    record State(String resourceState, String provisioningState) {

        /** In these it does not answer, or will not for long; in all others (Running, Updating, Scaling, Moving) it does. */
        private static final List<String> DOWN = List.of("creating", "deleting", "enabling", "disabling", "disabled");

        private static final List<String> NOT_PROVISIONED = List.of("creating", "deleting", "failed", "canceled");

        /** Whether clients are served. The state of the resource counts more than that of its last change. */
        boolean isServing() {
            String state = resourceState.toLowerCase(Locale.ROOT);
            if (state.isEmpty()) {
                return !NOT_PROVISIONED.contains(provisioningState.toLowerCase(Locale.ROOT));
            }
            return !DOWN.contains(state) && !state.endsWith("failed");
        }

        String text() {
            return resourceState.isEmpty() ? provisioningState : resourceState;
        }
    }
}
