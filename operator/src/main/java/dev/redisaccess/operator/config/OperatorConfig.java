package dev.redisaccess.operator.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
 * @param tracesEndpoint the collector that traces are sent to; empty: there are no traces
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
        Optional<URI> tracesEndpoint,
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
     * @param tokenProxy of the cluster; empty: there are no identity bindings
     */
    public record Azure(
            String tenantId,
            Optional<String> clientId,
            Optional<Path> federatedTokenFile,
            CredentialKind credential,
            URI authorityHost,
            URI resourceManager,
            String redisScope,
            Optional<Path> caBundle,
            Optional<TokenProxy> tokenProxy) {}

    /**
     * The token proxy of an AKS cluster.
     *
     * @param url of it, https
     * @param serverName of its certificate, and for SNI; empty: the URL's host
     * @param caFile with the authorities that may have signed its certificate; empty: those of {@code caData}
     * @param caData the same as PEM; empty with an empty {@code caFile}: those that are trusted anyway
     */
    public record TokenProxy(URI url, Optional<String> serverName, Optional<Path> caFile, Optional<String> caData) {}

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
        reader.validate();
        return new OperatorConfig(
                azure(reader),
                new Proxy(reader.find(Options.HTTPS_PROXY), reader.get(Options.NO_PROXY)),
                reader.get(Options.WATCH_NAMESPACES),
                reader.get(Options.VERIFICATION_CONCURRENCY),
                reader.get(Options.HEALTH_PORT),
                reader.get(Options.METRICS_PORT),
                reader.find(Options.TRACES_ENDPOINT),
                reader.find(Options.POD_SERVICE_ACCOUNT),
                reader.find(Options.OWNER_ID),
                new Lease(
                        reader.get(Options.LEASE_NAME),
                        reader.get(Options.POD_NAMESPACE),
                        reader.find(Options.POD_NAME)
                                .orElseGet(
                                        () -> "pid-" + ProcessHandle.current().pid())));
    }

    private static Azure azure(Reader reader) {
        return new Azure(
                reader.get(Options.TENANT_ID),
                reader.find(Options.CLIENT_ID),
                reader.find(Options.FEDERATED_TOKEN_FILE),
                reader.get(Options.CREDENTIAL),
                reader.get(Options.AUTHORITY_HOST),
                reader.get(Options.RESOURCE_MANAGER_ENDPOINT),
                reader.get(Options.REDIS_SCOPE),
                reader.find(Options.CA_BUNDLE),
                reader.find(Options.TOKEN_PROXY)
                        .map(url -> new TokenProxy(
                                url,
                                reader.find(Options.TOKEN_PROXY_SERVER_NAME),
                                reader.find(Options.TOKEN_PROXY_CA_FILE),
                                reader.find(Options.TOKEN_PROXY_CA_DATA))));
    }

    private record Reader(Map<String, String> environment) {

        /** What sets each variable in a pod, and what to do where that is missing: the usual first failure of an installation. */
        private static final Map<Option<?>, String> OF_WORKLOAD_IDENTITY = Map.of(
                Options.CLIENT_ID,
                "the chart's value `azure.clientId` is its source",
                Options.FEDERATED_TOKEN_FILE,
                "Azure's workload identity webhook sets it in pods with the label `azure.workload.identity/use`, which the"
                        + " chart sets. If the cluster has no such webhook, set the chart's values"
                        + " `azure.federatedToken=Projected` and `azure.tenantId`");

        /** With which the operator's own token is exchanged. */
        private static final Set<String> OF_SERVICE_ACCOUNT =
                Set.of(CredentialKind.WORKLOAD_IDENTITY.text(), CredentialKind.IDENTITY_BINDING.text());

        private static final Set<Option<?>> OF_TOKEN_PROXY =
                Set.of(Options.TOKEN_PROXY_SERVER_NAME, Options.TOKEN_PROXY_CA_FILE, Options.TOKEN_PROXY_CA_DATA);

        private static final Set<Option<?>> IN_ANY_CASE = Set.of(Options.HTTPS_PROXY, Options.NO_PROXY);

        /** Reports all errors in one message. */
        void validate() {
            List<String> wrong = Options.all().stream()
                    .flatMap(option -> error(option).stream())
                    .toList();
            if (!wrong.isEmpty()) {
                throw new InvalidConfiguration(wrong);
            }
        }

        private Optional<String> error(Option<?> option) {
            String name = "`" + spelled(option).name() + "` ";
            try {
                return find(option).isPresent()
                        ? contradiction(option).map(rule -> name + rule)
                        : whyRequired(option).map(because -> name + "must be set" + because);
            } catch (IllegalArgumentException broken) {
                return Optional.of(name + option.rule());
            }
        }

        private Optional<String> whyRequired(Option<?> option) {
            if (option == Options.TENANT_ID) {
                return Optional.of("");
            }
            Optional<String> credential = text(Options.CREDENTIAL)
                    .or(Options.CREDENTIAL::fallback)
                    .map(text -> text.toLowerCase(Locale.ROOT))
                    .filter(OF_SERVICE_ACCOUNT::contains);
            if (option == Options.TOKEN_PROXY) {
                return credential
                        .filter(CredentialKind.IDENTITY_BINDING.text()::equals)
                        .map(kind -> " with `REDIS_ACCESS_CREDENTIAL=" + kind + "`: check the annotation"
                                + " `azure.workload.identity/use-identity-binding` of the pod, and that the cluster has"
                                + " identity bindings");
            }
            return credential.flatMap(kind -> Optional.ofNullable(OF_WORKLOAD_IDENTITY.get(option))
                    .map(source -> " with `REDIS_ACCESS_CREDENTIAL=" + kind + "`: " + source));
        }

        /** What is wrong with an option beside others that are set. */
        private Optional<String> contradiction(Option<?> option) {
            if (OF_TOKEN_PROXY.contains(option) && text(Options.TOKEN_PROXY).isEmpty()) {
                return Optional.of("must be set together with `" + Options.TOKEN_PROXY.name() + "`");
            }
            return option == Options.TOKEN_PROXY_CA_DATA
                            && text(Options.TOKEN_PROXY_CA_FILE).isPresent()
                    ? Optional.of("must not be set together with `" + Options.TOKEN_PROXY_CA_FILE.name() + "`")
                    : Optional.empty();
        }

        /** The option under the name by which it is set: some may be in lower case. */
        private <T> Option<T> spelled(Option<T> option) {
            return IN_ANY_CASE.contains(option) && text(option).isEmpty() ? option.inLowerCase() : option;
        }

        private Optional<String> text(Option<?> option) {
            return Optional.ofNullable(environment.get(option.name()))
                    .map(String::trim)
                    .filter(text -> !text.isEmpty());
        }

        <T> Optional<T> find(Option<T> option) {
            Option<T> spelled = spelled(option);
            return spelled.read(text(spelled));
        }

        <T> T get(Option<T> option) {
            return find(option).orElseThrow();
        }
    }
}
