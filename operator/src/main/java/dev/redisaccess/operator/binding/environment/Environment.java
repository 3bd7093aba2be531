package dev.redisaccess.operator.binding.environment;

import static dev.redisaccess.operator.api.EnvironmentProfile.AZURE_SAMPLES;
import static dev.redisaccess.operator.api.EnvironmentProfile.DOTNET;
import static dev.redisaccess.operator.api.EnvironmentProfile.ENDPOINT;
import static dev.redisaccess.operator.api.EnvironmentProfile.SEED;
import static dev.redisaccess.operator.api.EnvironmentProfile.SERVICE_CONNECTOR;
import static dev.redisaccess.operator.api.EnvironmentProfile.SPRING;

import dev.redisaccess.operator.api.EnvironmentProfile;
import dev.redisaccess.operator.binding.BindingRequest;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The variables of a binding. A name is in one row only, so that its value is the same in all profiles.
 *
 * <p>Not here, on purpose: {@code AZURE_TENANT_ID}, {@code AZURE_FEDERATED_TOKEN_FILE} and {@code AZURE_AUTHORITY_HOST},
 * which the workload identity webhook sets for each pod, and every name of a password.
 */
public final class Environment {

    /**
     * One row of the table.
     *
     * @param name without the prefix
     * @param profiles the profiles that add it; empty: it is in every environment
     * @param value the value; empty where the variable must not be set for this connection
     * @param meaning for the reference page
     * @param readers the programs that read this name, and the source of that
     */
    public record Variable(
            String name,
            Set<EnvironmentProfile> profiles,
            Function<ConnectionSettings, Optional<String>> value,
            String meaning,
            String readers) {

        public Variable {
            profiles = Set.copyOf(profiles);
        }

        /** Whether a binding with these profiles has it. */
        boolean chosenBy(Set<EnvironmentProfile> chosen) {
            return profiles.isEmpty() || profiles.stream().anyMatch(chosen::contains);
        }
    }

    private static final String HOST = "The host name, as Azure reports it.";
    private static final String PORT = "The TCP port.";
    private static final String TLS = "Always `true`: Entra tokens work over TLS only.";
    private static final String ENTRA_SAMPLES = "the Entra examples for Azure Managed Redis in six languages";
    private static final String GUIDE = "the Flask guide's `config.py`";

    private static final List<Variable> ROWS = List.of(
            core("REDIS_HOSTNAME", Environment::host, HOST, GUIDE + "; " + ENTRA_SAMPLES + "; the AKS tutorial"),
            core("REDIS_PORT", Environment::port, PORT, GUIDE + "; " + ENTRA_SAMPLES + "; the AKS tutorial"),
            core("REDIS_SSL", c -> "true", TLS, GUIDE + "; litellm; redis/mcp-redis"),
            core("REDIS_USE_ENTRA_ID", c -> "true", "Always `true`: log in with an Entra token.", GUIDE),
            core(
                    "REDIS_CLUSTER_POLICY",
                    c -> c.clusteringPolicy().name(),
                    "`OSSCluster` requires a cluster-aware client; `EnterpriseCluster` and `NoCluster` work with any.",
                    ENTRA_SAMPLES),
            core(
                    "REDIS_USERNAME",
                    c -> c.principal().objectId().value(),
                    "The Redis user: the identity's object ID, not its client ID.",
                    "litellm; redis/mcp-redis; any client that does not derive the user from the token"),
            core(
                    "REDIS_ENTRA_SCOPE",
                    ConnectionSettings::scope,
                    "The scope of the Entra token.",
                    "this project's examples"),
            core(
                    "AZURE_CLIENT_ID",
                    c -> c.principal().clientId().value(),
                    "The identity's client ID. In a pod the workload identity webhook also sets it, from the"
                            + " ServiceAccount's annotation, which takes precedence over `envFrom`.",
                    "the Azure SDKs; " + GUIDE + "; " + ENTRA_SAMPLES),
            new Variable(
                    "REDIS_KEY_PREFIX",
                    Set.of(),
                    ConnectionSettings::keyPrefix,
                    "The text with which every key begins that the workload may use. Only with an access profile, and only if all"
                            + " its patterns of keys are this text and a `*`.",
                    "this project's examples"),
            row("REDIS_CLUSTER_NAME", Set.of(SEED), Environment::firstLabel, "The cluster's name, for display.", GUIDE),
            row(
                    "AUTHENTICATION_TYPE",
                    Set.of(AZURE_SAMPLES),
                    c -> "WORKLOAD_IDENTITY",
                    "Always `WORKLOAD_IDENTITY`.",
                    "the AKS tutorial (its text has `MANAGED_IDENTITY`, its code since August 2025 reads this value)"),
            row("REDIS_CACHE_HOSTNAME", Set.of(AZURE_SAMPLES), Environment::host, HOST, "the Azure Java quickstart"),
            row("REDIS_CACHE_PORT", Set.of(AZURE_SAMPLES), Environment::port, PORT, "the Azure Java quickstart"),
            row(
                    "REDIS_ENDPOINT",
                    Set.of(AZURE_SAMPLES, ENDPOINT),
                    Environment::endpoint,
                    "`host:port`.",
                    "the Azure Node.js quickstart; go-redis-entraid"),
            row("REDIS_HOST", Set.of(ENDPOINT), Environment::host, HOST, "litellm; redis/mcp-redis"),
            row(
                    "REDIS_URL",
                    Set.of(ENDPOINT),
                    c -> "rediss://" + c.endpoint(),
                    "A URL without user and password: the client requires a credentials provider; without one it logs in"
                            + " as the default user and is refused.",
                    "many clients and frameworks"),
            row("AZURE_REDIS_HOST", Set.of(SERVICE_CONNECTOR), Environment::host, HOST, "Azure Service Connector"),
            row("AZURE_REDIS_PORT", Set.of(SERVICE_CONNECTOR), Environment::port, PORT, "Azure Service Connector"),
            row("AZURE_REDIS_SSL", Set.of(SERVICE_CONNECTOR), c -> "true", TLS, "Azure Service Connector"),
            row(
                    "AZURE_REDIS_DATABASE",
                    Set.of(SERVICE_CONNECTOR),
                    c -> "0",
                    "Always `0`: there is one logical database.",
                    "Azure Service Connector"),
            row(
                    "AZURE_REDIS_CLIENTID",
                    Set.of(SERVICE_CONNECTOR),
                    c -> c.principal().clientId().value(),
                    "The identity's client ID.",
                    "Azure Service Connector"),
            row("SPRING_DATA_REDIS_HOST", Set.of(SPRING), Environment::host, HOST, "Spring Boot"),
            row("SPRING_DATA_REDIS_PORT", Set.of(SPRING), Environment::port, PORT, "Spring Boot"),
            row("SPRING_DATA_REDIS_SSL_ENABLED", Set.of(SPRING), c -> "true", TLS, "Spring Boot"),
            new Variable(
                    "SPRING_DATA_REDIS_CLUSTER_NODES",
                    Set.of(SPRING),
                    c -> Optional.of(endpoint(c)).filter(text -> c.clusteringPolicy() == ClusteringPolicy.OSSCluster),
                    "`host:port`, for `OSSCluster` only: with it Spring Boot creates a cluster client.",
                    "Spring Boot"),
            row(
                    "SPRING_DATA_REDIS_AZURE_PASSWORDLESSENABLED",
                    Set.of(SPRING),
                    c -> "true",
                    "Always `true`: log in with an Entra token.",
                    "Spring Cloud Azure"),
            row(
                    "SPRING_CLOUD_AZURE_CREDENTIAL_CLIENTID",
                    Set.of(SPRING),
                    c -> c.principal().clientId().value(),
                    "The identity's client ID.",
                    "Spring Cloud Azure"),
            row(
                    "ConnectionStrings__redis",
                    Set.of(DOTNET),
                    c -> endpoint(c) + ",ssl=true",
                    "A connection string of StackExchange.Redis, without user and password.",
                    ".NET configuration; .NET Aspire"));

    private Environment() {}

    /** The table: the rows of every environment, then each profile's. */
    public static List<Variable> rows() {
        return ROWS;
    }

    /**
     * The variables of one binding, sorted by name.
     *
     * @param prefix put before every name, as it is; empty: none
     */
    public static SortedMap<String, String> variables(
            ConnectionSettings connection, Set<EnvironmentProfile> profiles, Optional<String> prefix) {
        SortedMap<String, String> variables = new TreeMap<>();
        for (Variable row : ROWS) {
            if (row.chosenBy(profiles)) {
                row.value().apply(connection).ifPresent(value -> variables.put(prefix.orElse("") + row.name(), value));
            }
        }
        return variables;
    }

    /** The names of all variables that such a binding may publish, for any database. */
    static Set<String> names(BindingRequest.Environment environment) {
        return ROWS.stream()
                .filter(row -> row.chosenBy(environment.profiles()))
                .map(row -> environment.prefix() + row.name())
                .collect(Collectors.toSet());
    }

    private static Variable core(
            String name, Function<ConnectionSettings, String> value, String meaning, String readers) {
        return row(name, Set.of(), value, meaning, readers);
    }

    private static Variable row(
            String name,
            Set<EnvironmentProfile> profiles,
            Function<ConnectionSettings, String> value,
            String meaning,
            String readers) {
        return new Variable(name, profiles, value.andThen(Optional::of), meaning, readers);
    }

    private static String host(ConnectionSettings connection) {
        return connection.endpoint().host();
    }

    private static String port(ConnectionSettings connection) {
        return connection.endpoint().port().toString();
    }

    private static String endpoint(ConnectionSettings connection) {
        return connection.endpoint().toString();
    }

    private static String firstLabel(ConnectionSettings connection) {
        return host(connection).split("[.]", 2)[0];
    }
}
