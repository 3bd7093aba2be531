package dev.redisaccess.operator.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration, read once at the start. {@link Options} documents each value.
 *
 * @param azure how Azure is reached
 * @param proxy the proxy for https connections
 * @param watchNamespaces the namespaces whose bindings are served; empty: all
 * @param verificationConcurrency logins and exchanges at once
 * @param healthPort of the health endpoints
 * @param metricsPort of the metrics
 * @param serviceAccount the operator's own, in the namespace of the Lease; empty: not known
 * @param ownerId identifies this installation in Azure; empty: it is derived from the cluster and the Lease
 * @param lease for leader election
 */
public record OperatorConfig(
        Azure azure,
        Proxy proxy,
        Set<String> watchNamespaces,
        int verificationConcurrency,
        int healthPort,
        int metricsPort,
        Optional<String> serviceAccount,
        Optional<String> ownerId,
        Lease lease) {

    /**
     * How Azure is reached.
     *
     * @param tenantId the tenant, a GUID in lower case
     * @param clientId of the operator's own identity; empty where the credential needs none
     * @param federatedTokenFile with the operator's own token; empty where the credential needs none
     * @param credential the kind of its credential
     * @param authorityHost of Entra, with a slash at the end
     * @param resourceManager its endpoint, with a slash at the end
     * @param redisScope of the workloads' tokens
     * @param caBundle of authorities that are trusted in addition to the runtime's
     */
    public record Azure(
            String tenantId,
            Optional<String> clientId,
            Optional<Path> federatedTokenFile,
            CredentialKind credential,
            URI authorityHost,
            URI resourceManager,
            String redisScope,
            Optional<Path> caBundle) {}

    /**
     * The proxy for https connections.
     *
     * @param url of the proxy: http, with a port, with a user and a password where it has them; empty: none
     * @param exceptions connections that do not use it
     */
    public record Proxy(Optional<URI> url, List<String> exceptions) {

        /** Without the user and the password. */
        @Override
        public String toString() {
            return "Proxy["
                    + url.map(proxy -> proxy.getHost() + ":" + proxy.getPort()).orElse("none") + ", exceptions="
                    + exceptions + "]";
        }
    }

    /**
     * Leader election.
     *
     * @param name of the Lease
     * @param namespace of the Lease
     * @param identity of this replica
     */
    public record Lease(String name, String namespace, String identity) {}

    /**
     * Reads every option.
     *
     * @throws InvalidConfiguration naming every variable that is wrong, not only the first
     */
    public static OperatorConfig from(Map<String, String> environment) {
        Reader reader = new Reader(environment);
        CredentialKind credential = reader.get(Options.CREDENTIAL).orElse(CredentialKind.WORKLOAD_IDENTITY);
        Optional<String> tenantId = reader.get(Options.TENANT_ID);
        Optional<String> clientId = reader.get(Options.CLIENT_ID);
        Optional<Path> tokenFile = reader.get(Options.FEDERATED_TOKEN_FILE);
        reader.require(Options.TENANT_ID, tenantId, "");
        if (credential == CredentialKind.WORKLOAD_IDENTITY) {
            String because = " with `REDIS_ACCESS_CREDENTIAL=workload-identity`: check the label"
                    + " `azure.workload.identity/use` of the pod and the annotation `azure.workload.identity/client-id` of its"
                    + " ServiceAccount";
            reader.require(Options.CLIENT_ID, clientId, because);
            reader.require(Options.FEDERATED_TOKEN_FILE, tokenFile, because);
        }
        Optional<URI> authority = reader.get(Options.AUTHORITY_HOST);
        Optional<URI> resourceManager = reader.get(Options.RESOURCE_MANAGER_ENDPOINT);
        Optional<String> redisScope = reader.get(Options.REDIS_SCOPE);
        Optional<Path> caBundle = reader.get(Options.CA_BUNDLE);
        Proxy proxy = new Proxy(
                reader.either(Options.HTTPS_PROXY),
                reader.either(Options.NO_PROXY).orElse(List.of()));
        Optional<Set<String>> namespaces = reader.get(Options.WATCH_NAMESPACES);
        Optional<Integer> checks = reader.get(Options.VERIFICATION_CONCURRENCY);
        Optional<Integer> port = reader.get(Options.HEALTH_PORT);
        Optional<Integer> metricsPort = reader.get(Options.METRICS_PORT);
        Optional<String> serviceAccount = reader.get(Options.POD_SERVICE_ACCOUNT);
        Optional<String> ownerId = reader.get(Options.OWNER_ID);
        Lease lease = lease(reader);
        reader.get(Options.LOG_LEVEL);
        reader.get(Options.LOG_FORMAT);
        reader.throwIfWrong();
        return new OperatorConfig(
                new Azure(
                        tenantId.orElseThrow(),
                        clientId,
                        tokenFile,
                        credential,
                        authority.orElseThrow(),
                        resourceManager.orElseThrow(),
                        redisScope.orElseThrow(),
                        caBundle),
                proxy,
                namespaces.orElseThrow(),
                checks.orElseThrow(),
                port.orElseThrow(),
                metricsPort.orElseThrow(),
                serviceAccount,
                ownerId,
                lease);
    }

    private static Lease lease(Reader reader) {
        return new Lease(
                reader.get(Options.LEASE_NAME).orElseThrow(),
                reader.get(Options.POD_NAMESPACE).orElseThrow(),
                reader.get(Options.POD_NAME)
                        .orElseGet(() -> "pid-" + ProcessHandle.current().pid()));
    }

    /** Collects all errors, so that one message has all of them. */
    private static final class Reader {
        private final Map<String, String> environment;
        private final List<String> wrong = new ArrayList<>();

        private Reader(Map<String, String> environment) {
            this.environment = environment;
        }

        private <T> Optional<T> get(Option<T> option) {
            try {
                return option.read(Optional.ofNullable(environment.get(option.name())));
            } catch (IllegalArgumentException broken) {
                wrong.add("`" + option.name() + "` " + option.rule());
                return Optional.empty();
            }
        }

        /** As it is named, or in lower case. */
        private <T> Optional<T> either(Option<T> option) {
            boolean set = Optional.ofNullable(environment.get(option.name()))
                    .filter(text -> !text.isBlank())
                    .isPresent();
            return get(set ? option : option.inLowerCase());
        }

        private void require(Option<?> option, Optional<?> value, String because) {
            boolean reported = wrong.stream().anyMatch(line -> line.startsWith("`" + option.name() + "` "));
            if (value.isEmpty() && !reported) {
                wrong.add("`" + option.name() + "` must be set" + because);
            }
        }

        private void throwIfWrong() {
            if (!wrong.isEmpty()) {
                throw new InvalidConfiguration(wrong);
            }
        }
    }
}
