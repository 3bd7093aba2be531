package dev.redisaccess.operator.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All options. */
public final class Options {

    static final Option<URI> AUTHORITY_HOST = new Option<>(
            "AZURE_AUTHORITY_HOST",
            "The Entra authority, as the Azure SDKs use it. The workload identity webhook sets it.",
            "must be an https URL",
            Optional.of("https://login.microsoftonline.com/"),
            Options::https);

    static final Option<String> TENANT_ID = new Option<>(
            "AZURE_TENANT_ID",
            "The Entra tenant of the operator's identity and of the workloads. The workload identity webhook sets it.",
            "must be a GUID",
            Optional.empty(),
            Options::guid);

    static final Option<String> CLIENT_ID = new Option<>(
            "AZURE_CLIENT_ID",
            "The client ID of the operator's own identity. The workload identity webhook sets it from the annotation of the"
                    + " operator's ServiceAccount.",
            "must be a GUID",
            Optional.empty(),
            Options::guid);

    static final Option<Path> FEDERATED_TOKEN_FILE = new Option<>(
            "AZURE_FEDERATED_TOKEN_FILE",
            "The file with the operator's own ServiceAccount token. The workload identity webhook sets it.",
            "must be a path",
            Optional.empty(),
            Path::of);

    static final Option<CredentialKind> CREDENTIAL = new Option<>(
            "REDIS_ACCESS_CREDENTIAL",
            "How the operator itself logs in to Azure: `workload-identity` (a federated ServiceAccount token),"
                    + " `identity-binding` (the same token, exchanged at `AZURE_KUBERNETES_TOKEN_PROXY`),"
                    + " `managed-identity` (of the node), or `developer` (such as `az login`, to run it on a laptop).",
            "must be `workload-identity`, `identity-binding`, `managed-identity` or `developer`",
            Optional.of("workload-identity"),
            CredentialKind::parse);

    static final Option<URI> TOKEN_PROXY = new Option<>(
            "AZURE_KUBERNETES_TOKEN_PROXY",
            "The token proxy of an AKS cluster, for identity bindings. The workload identity webhook sets it and the three"
                    + " variables below in a pod with the annotation `azure.workload.identity/use-identity-binding`.",
            "must be an https URL without a user, a query and a fragment",
            Optional.empty(),
            Options::tokenProxy);

    static final Option<String> TOKEN_PROXY_SERVER_NAME = new Option<>(
            "AZURE_KUBERNETES_SNI_NAME",
            "The server name of the token proxy: it is sent in the TLS handshake, and its certificate must be for it."
                    + " By default the host of its URL.",
            "must be a DNS name",
            Optional.empty(),
            Options::dnsName);

    /** Read where it is used. */
    public static final Option<Path> TOKEN_PROXY_CA_FILE = new Option<>(
            "AZURE_KUBERNETES_CA_FILE",
            "A PEM file with the only authorities that may have signed the token proxy's certificate. It is read again when it"
                    + " changes.",
            "must be a readable PEM file",
            Optional.empty(),
            Path::of);

    /** Read where it is used. */
    public static final Option<String> TOKEN_PROXY_CA_DATA = new Option<>(
            "AZURE_KUBERNETES_CA_DATA",
            "The same authorities as PEM text, instead of the file. Without both, the token proxy's certificate must be signed"
                    + " by an authority that the operator trusts anyway.",
            "must be certificates in PEM",
            Optional.empty(),
            Function.identity());

    static final Option<URI> RESOURCE_MANAGER_ENDPOINT = new Option<>(
            "REDIS_ACCESS_RESOURCE_MANAGER_ENDPOINT",
            "Azure Resource Manager.",
            "must be an https URL",
            Optional.of("https://management.azure.com/"),
            Options::https);

    static final Option<String> REDIS_SCOPE = new Option<>(
            "REDIS_ACCESS_REDIS_SCOPE",
            "The scope of the workloads' tokens for Redis; published to pods as `REDIS_ENTRA_SCOPE`.",
            "must end in `/.default`",
            Optional.of("https://redis.azure.com/.default"),
            Options::scope);

    /** Read where it is used. */
    public static final Option<Path> CA_BUNDLE = new Option<>(
            "REDIS_ACCESS_CA_BUNDLE",
            "A PEM file with certificate authorities that are trusted in addition to the runtime's own, for Azure Resource Manager,"
                    + " Entra and Redis. It is read again when it changes; if it becomes unreadable, the last good content stays in use.",
            "must be a readable PEM file",
            Optional.empty(),
            Path::of);

    static final Option<URI> HTTPS_PROXY = new Option<>(
            "HTTPS_PROXY",
            "The proxy for Azure Resource Manager, Entra and the API server: an http URL, with a user and a password where the"
                    + " proxy requires them. Without a port: 80. `https_proxy` applies where this is not set. Connections to"
                    + " Redis do not use a proxy.",
            "must be an http URL such as `http://proxy.example:3128`; a proxy with a TLS or SOCKS endpoint is not supported",
            Optional.empty(),
            Options::proxy);

    static final Option<List<String>> NO_PROXY = new Option<>(
            "NO_PROXY",
            "Targets that are connected without the proxy, separated by commas: names (`example.com` includes the names below it,"
                    + " `.example.com` means those only), addresses, networks such as `10.0.0.0/8` or `fd00::/8`, names and"
                    + " addresses optionally with a port; `*` is every target. `no_proxy` applies where this is not set."
                    + " Most clusters require the address of the API server here.",
            "must be names, addresses and networks, separated by commas",
            Optional.of(""),
            text -> Arrays.stream(text.split("[,\\s]+"))
                    .filter(entry -> !entry.isEmpty())
                    .toList());

    static final Option<Set<String>> WATCH_NAMESPACES = new Option<>(
            "REDIS_ACCESS_WATCH_NAMESPACES",
            "The namespaces whose bindings are served, separated by commas. Empty: all.",
            "must be names of namespaces, separated by commas",
            Optional.of(""),
            Options::names);

    static final Option<Integer> HEALTH_PORT = new Option<>(
            "REDIS_ACCESS_HEALTH_PORT",
            "The port of `/healthz` and `/readyz`. 0: any free port; the log has it.",
            "must be a port from 0 to 65535",
            Optional.of("8080"),
            whole(0, 65_535));

    static final Option<Integer> METRICS_PORT = new Option<>(
            "REDIS_ACCESS_METRICS_PORT",
            "The port of `/metrics`. 0: any free port; the log has it.",
            "must be a port from 0 to 65535",
            Optional.of("8081"),
            whole(0, 65_535));

    static final Option<URI> TRACES_ENDPOINT = new Option<>(
            "REDIS_ACCESS_TRACES_ENDPOINT",
            "The OpenTelemetry collector that gets a trace of each binding that becomes Ready, by OTLP over HTTP with"
                    + " protobuf; without a path in the URL: `/v1/traces`. The proxy is not used. Without it there are no traces.",
            "must be an http or https URL such as `http://collector.monitoring:4318`, without a user, a query and a fragment",
            Optional.empty(),
            Options::collector);

    static final Option<Integer> VERIFICATION_CONCURRENCY = new Option<>(
            "REDIS_ACCESS_VERIFICATION_CONCURRENCY",
            "The largest number of concurrent verifications; for one database and for one namespace a quarter of it. A"
                    + " quarter more threads identify workloads.",
            "must be a number from 1 to 256",
            Optional.of("16"),
            whole(1, 256));

    static final Option<String> LEASE_NAME = new Option<>(
            "REDIS_ACCESS_LEASE_NAME",
            "The Lease of leader election. The owner ID is derived from its name, unless `REDIS_ACCESS_OWNER_ID`"
                    + " is set: change it only together with that.",
            "must be the name of a Lease",
            Optional.of("redis-access-operator"),
            Function.identity());

    static final Option<String> POD_NAMESPACE = new Option<>(
            "POD_NAMESPACE",
            "The namespace of the Lease. The chart sets it from the pod.",
            "must be the name of a namespace",
            Optional.of("redis-access-system"),
            Function.identity());

    static final Option<String> POD_SERVICE_ACCOUNT = new Option<>(
            "POD_SERVICE_ACCOUNT",
            "The operator's own ServiceAccount: a binding for it is refused. The chart sets it from the pod.",
            "must be the name of a ServiceAccount",
            Optional.empty(),
            Options::objectName);

    /** Also read where it is used. */
    public static final Option<String> OWNER_ID = new Option<>(
            "REDIS_ACCESS_OWNER_ID",
            "Identifies this installation in Azure: the names of the assignments that it creates are derived from it. By"
                    + " default it is derived from the UID of the namespace `kube-system`, the operator's namespace and the name of its Lease."
                    + " Set it where the cluster is restored or replaced, to the value of the former one.",
            "must be 8 to 128 letters, digits, and any of `- _ . : /`",
            Optional.empty(),
            Options::ownerId);

    static final Option<String> POD_NAME = new Option<>(
            "POD_NAME",
            "The identity of this replica in the Lease and in Events. The chart sets it from the pod. By default `pid-` and"
                    + " the process ID, which can be the same in two containers: set it for more than one replica.",
            "must be text",
            Optional.empty(),
            Function.identity());

    static final Option<String> LOG_LEVEL = new Option<>(
            "REDIS_ACCESS_LOG_LEVEL",
            "The level of the log: `error`, `warn`, `info` or `debug`.",
            "must be `error`, `warn`, `info` or `debug`",
            Optional.of("info"),
            text -> oneOf(text, Set.of("error", "warn", "info", "debug")));

    static final Option<String> LOG_FORMAT = new Option<>(
            "REDIS_ACCESS_LOG_FORMAT",
            "The format of log lines: `text`, or `json` with one object in each line.",
            "must be `text` or `json`",
            Optional.of("text"),
            text -> oneOf(text, Set.of("text", "json")));

    private static final int HTTP = 80;

    private Options() {}

    /** In the order in which they are documented. */
    public static List<Option<?>> all() {
        return List.of(
                TENANT_ID,
                CLIENT_ID,
                FEDERATED_TOKEN_FILE,
                AUTHORITY_HOST,
                CREDENTIAL,
                TOKEN_PROXY,
                TOKEN_PROXY_SERVER_NAME,
                TOKEN_PROXY_CA_FILE,
                TOKEN_PROXY_CA_DATA,
                RESOURCE_MANAGER_ENDPOINT,
                REDIS_SCOPE,
                CA_BUNDLE,
                HTTPS_PROXY,
                NO_PROXY,
                WATCH_NAMESPACES,
                VERIFICATION_CONCURRENCY,
                HEALTH_PORT,
                METRICS_PORT,
                TRACES_ENDPOINT,
                LEASE_NAME,
                POD_NAMESPACE,
                POD_NAME,
                POD_SERVICE_ACCOUNT,
                OWNER_ID,
                LOG_LEVEL,
                LOG_FORMAT);
    }

    private static URI https(String text) {
        URI uri = URI.create(text);
        require("https".equals(uri.getScheme()) && uri.getHost() != null);
        return text.endsWith("/") ? uri : URI.create(text + "/");
    }

    private static URI tokenProxy(String text) {
        URI uri = URI.create(text);
        require("https".equals(uri.getScheme()) && uri.getHost() != null);
        require(uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null);
        return uri;
    }

    private static URI collector(String text) {
        URI uri = URI.create(text);
        require("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        require(uri.getHost() != null && uri.getPort() != 0 && uri.getPort() <= 65_535);
        require(uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null);
        boolean hasPath = !uri.getRawPath().isEmpty() && !uri.getRawPath().equals("/");
        return hasPath ? uri : uri.resolve("/v1/traces");
    }

    private static String dnsName(String text) {
        require(text.matches("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?([.][A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*"));
        return text;
    }

    private static URI proxy(String text) {
        URI given = URI.create(text.contains("://") ? text : "http://" + text);
        require("http".equalsIgnoreCase(given.getScheme()) && given.getHost() != null);
        require(given.getRawPath().isEmpty() || given.getRawPath().equals("/"));
        String user = given.getRawUserInfo() == null ? "" : given.getRawUserInfo() + "@";
        int port = given.getPort() < 0 ? HTTP : given.getPort();
        require(port > 0 && port <= 65_535);
        return URI.create("http://" + user + given.getHost() + ":" + port);
    }

    private static String guid(String text) {
        require(text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"));
        return text.toLowerCase(Locale.ROOT);
    }

    private static String scope(String text) {
        require(text.endsWith("/.default"));
        return text;
    }

    private static String objectName(String text) {
        require(text.matches("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?"));
        return text;
    }

    private static String ownerId(String text) {
        require(text.matches("[A-Za-z0-9._:/-]{8,128}"));
        return text;
    }

    private static Set<String> names(String text) {
        Set<String> names = Arrays.stream(text.split(","))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        require(names.stream().allMatch(name -> name.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")));
        return names;
    }

    private static Function<String, Integer> whole(int least, int most) {
        return text -> {
            int number = Integer.parseInt(text);
            require(number >= least && number <= most);
            return number;
        };
    }

    private static String oneOf(String text, Set<String> words) {
        String word = text.toLowerCase(Locale.ROOT);
        require(words.contains(word));
        return word;
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("breaks the rule");
        }
    }
}
