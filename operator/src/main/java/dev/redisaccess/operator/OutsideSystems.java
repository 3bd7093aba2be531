package dev.redisaccess.operator;

import dev.redisaccess.operator.azure.ArmControlPlane;
import dev.redisaccess.operator.azure.ArmEndpoint;
import dev.redisaccess.operator.azure.AzureDatabaseAccess;
import dev.redisaccess.operator.azure.AzureHttp;
import dev.redisaccess.operator.azure.OperatorCredential;
import dev.redisaccess.operator.azure.SteadyClock;
import dev.redisaccess.operator.azure.Subscriptions;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.TenantId;
import dev.redisaccess.operator.binding.port.DatabaseAccess;
import dev.redisaccess.operator.binding.port.Telemetry;
import dev.redisaccess.operator.binding.port.Verifier;
import dev.redisaccess.operator.binding.port.WorkloadTokens;
import dev.redisaccess.operator.config.CredentialKind;
import dev.redisaccess.operator.config.InvalidConfiguration;
import dev.redisaccess.operator.config.OperatorConfig;
import dev.redisaccess.operator.config.Option;
import dev.redisaccess.operator.config.Options;
import dev.redisaccess.operator.entra.EntraSettings;
import dev.redisaccess.operator.entra.FederatedWorkloadTokens;
import dev.redisaccess.operator.http.ProxyRules;
import dev.redisaccess.operator.http.TokenProxy;
import dev.redisaccess.operator.leadership.FencedControlPlane;
import dev.redisaccess.operator.leadership.LeaseHolder;
import dev.redisaccess.operator.leadership.PauseFence;
import dev.redisaccess.operator.redis.LettuceVerifier;
import dev.redisaccess.operator.telemetry.CombinedTelemetry;
import dev.redisaccess.operator.telemetry.MeasuredControlPlane;
import dev.redisaccess.operator.telemetry.trace.Traces;
import dev.redisaccess.operator.threads.Threads;
import dev.redisaccess.operator.tls.NamedServer;
import dev.redisaccess.operator.tls.TrustedAuthorities;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.lettuce.core.resource.ClientResources;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The clients of all systems outside of the process.
 *
 * @param kubernetes the API server
 * @param azure Azure Resource Manager, behind its lanes
 * @param mark of this installation, in the names of the assignments that it creates
 * @param tokens Entra, for the workloads
 * @param verifier Redis, as the workloads
 * @param trust the certificate authorities of the TLS connections to Azure, Entra and Redis
 * @param telemetry gets what happens at the others, for metrics, and for traces where there is a collector
 * @param closing stops the threads of the adapters
 * @param flushing sends the last traces to the collector: some seconds, where it does not answer
 */
record OutsideSystems(
        KubernetesClient kubernetes,
        DatabaseAccess azure,
        OwnerMark mark,
        WorkloadTokens tokens,
        Verifier verifier,
        TrustedAuthorities trust,
        Telemetry telemetry,
        Runnable closing,
        Runnable flushing) {

    /** Every cluster has it, and it is never deleted: its UID is the cluster's. */
    private static final String CLUSTER_NAMESPACE = "kube-system";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /**
     * The real ones. Nothing is sent, except to Kubernetes for the UID of the cluster.
     *
     * @param kubernetes called last: it may still be created while the others are
     * @param metrics of the operator
     * @param redis the resources of the Redis client
     * @throws InvalidConfiguration if the CA bundle can't be used
     */
    static OutsideSystems connect(
            OperatorConfig config,
            Supplier<KubernetesClient> kubernetes,
            Telemetry metrics,
            ClientResources.Builder redis) {
        OperatorConfig.Azure settings = config.azure();
        TrustedAuthorities authorities = authorities(settings.caBundle());
        HttpClient http = http(config, authorities);
        Clock clock = Clock.systemUTC();
        var steady = new SteadyClock();
        Optional<Traces> traces = config.tracesEndpoint().map(collector -> traces(collector, config, authorities));
        Telemetry telemetry = traces.<Telemetry>map(export -> new CombinedTelemetry(metrics, export.telemetry()))
                .orElse(metrics);
        var subscriptions = new Subscriptions(steady, telemetry);
        Optional<TokenProxy> proxy =
                settings.tokenProxy().map(configured -> tokenProxy(configured, config, authorities));
        ArmControlPlane arm = arm(settings, http, proxy, subscriptions, clock);
        var verifier = new LettuceVerifier(authorities, redis);

        KubernetesClient client = kubernetes.get();
        OwnerMark mark = OwnerMark.of(config.ownerId().orElseGet(() -> ownerId(client, config.lease())));
        var lease = new LeaseHolder(client, config.lease());
        PauseFence fence = new PauseFence(PauseFence.LONGEST, () -> lease.held(clock.instant())).start();
        AzureDatabaseAccess azure = AzureDatabaseAccess.over(
                new FencedControlPlane(new MeasuredControlPlane(arm, telemetry, steady), fence::open),
                mark,
                subscriptions,
                steady,
                telemetry);
        var entra = new EntraSettings(settings.authorityHost(), settings.tenantId(), settings.redisScope());
        var tokens = new FederatedWorkloadTokens(client, http, entra, proxy, telemetry, clock);
        Runnable closing = () -> {
            azure.close();
            verifier.close();
            fence.close();
        };
        Runnable flushing = () -> traces.ifPresent(Traces::close);
        return new OutsideSystems(client, azure, mark, tokens, verifier, authorities, telemetry, closing, flushing);
    }

    private static Traces traces(URI collector, OperatorConfig config, TrustedAuthorities authorities) {
        return Traces.to(
                collector,
                new Traces.Trust(authorities.sslContext(), authorities.trustManager()),
                new Traces.Source(
                        OperatorRuntime.VERSION,
                        config.lease().namespace(),
                        config.lease().identity()),
                Clock.systemUTC());
    }

    /**
     * The cluster's UID, as far as a cluster has one, and the Lease, of which each installation has its own.
     *
     * @throws InvalidConfiguration if the cluster has none
     */
    private static String ownerId(KubernetesClient client, OperatorConfig.Lease lease) {
        Namespace system = client.namespaces().withName(CLUSTER_NAMESPACE).get();
        if (system == null) {
            throw InvalidConfiguration.of(
                    Options.OWNER_ID, "must be set, because the cluster has no namespace `" + CLUSTER_NAMESPACE + "`");
        }
        return system.getMetadata().getUid() + "/" + lease.namespace() + "/" + lease.name();
    }

    /** One for Azure and Entra: each client has a selector thread of its own. */
    private static HttpClient http(OperatorConfig config, TrustedAuthorities authorities) {
        return proxy(config)
                .apply(HttpClient.newBuilder())
                .executor(Threads.bounded("http", Threads.HTTP))
                .sslContext(authorities.sslContext())
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    private static TokenProxy tokenProxy(
            OperatorConfig.TokenProxy configured, OperatorConfig config, TrustedAuthorities authorities) {
        String name = configured.serverName().orElse(configured.url().getHost());
        return new TokenProxy(
                configured.url(),
                configured.serverName(),
                server(configured, name, authorities).sslContext(),
                proxy(config),
                HttpClient.newBuilder()
                        .executor(Threads.bounded("token-proxy", Threads.HTTP))
                        .connectTimeout(CONNECT_TIMEOUT));
    }

    private static NamedServer server(
            OperatorConfig.TokenProxy configured, String name, TrustedAuthorities authorities) {
        boolean isFile = configured.caFile().isPresent();
        try {
            if (isFile) {
                return NamedServer.signedBy(configured.caFile().get(), name, Options.TOKEN_PROXY_CA_FILE.name());
            }
            return configured
                    .caData()
                    .map(pem -> NamedServer.signedBy(pem, name))
                    .orElseGet(() -> NamedServer.signedBy(authorities, name));
        } catch (IOException | IllegalArgumentException unusable) {
            Option<?> option = isFile ? Options.TOKEN_PROXY_CA_FILE : Options.TOKEN_PROXY_CA_DATA;
            throw InvalidConfiguration.of(option, option.rule() + ": " + unusable.getMessage());
        }
    }

    /** The proxy of HTTPS requests that leave the cluster. */
    static ProxyRules proxy(OperatorConfig config) {
        return new ProxyRules(config.proxy().url(), config.proxy().exceptions());
    }

    private static TrustedAuthorities authorities(Optional<Path> bundle) {
        if (bundle.isEmpty()) {
            return TrustedAuthorities.jvmDefault();
        }
        try {
            return TrustedAuthorities.withBundle(bundle.get());
        } catch (IOException | IllegalArgumentException unusable) {
            throw InvalidConfiguration.of(
                    Options.CA_BUNDLE, "must be a readable PEM file with certificates: " + unusable.getMessage());
        }
    }

    private static ArmControlPlane arm(
            OperatorConfig.Azure settings,
            HttpClient http,
            Optional<TokenProxy> proxy,
            Subscriptions subscriptions,
            Clock clock) {
        AzureHttp entra = settings.credential() == CredentialKind.IDENTITY_BINDING
                ? AzureHttp.forEntra(proxy.orElseThrow(), clock)
                : AzureHttp.forEntra(http, clock);
        var credential = new OperatorCredential(
                        OperatorCredential.Kind.valueOf(settings.credential().name()),
                        Optional.of(settings.authorityHost()),
                        TenantId.parse(settings.tenantId()),
                        settings.clientId().flatMap(ClientId::parse),
                        settings.federatedTokenFile())
                .build(entra);
        return new ArmControlPlane(
                credential,
                new ArmEndpoint(settings.resourceManager()),
                AzureHttp.forArm(http, clock),
                subscriptions,
                clock);
    }
}
