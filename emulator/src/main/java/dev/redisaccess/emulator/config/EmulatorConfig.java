package dev.redisaccess.emulator.config;

import dev.redisaccess.emulator.entra.TokenLifetimes;
import dev.redisaccess.emulator.fault.FaultRule;
import dev.redisaccess.emulator.state.ArmId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The configuration of an emulator.
 *
 * @param tenantId the one tenant, a GUID
 * @param bind the address to listen on; loopback by default
 * @param ports fixed ports; free ones by default
 * @param timing the durations of operations; {@code fast} by default
 * @param tokenLifetimeSeconds of every token; by default an hour for service principals and a day for managed identities
 * @param redisTokenLifetimeSeconds of tokens for Redis; by default as every token. A short one tests that a client renews in time,
 *     while the tokens for ARM, which SDKs cache, stay valid
 * @param pageSize the number of items per page of a list; 100 by default
 * @param throttling whether ARM counts requests and refuses with 429 as Azure does; false by default
 * @param issuers the token issuers that federated credentials may name, and where their keys are
 * @param clusters the initial clusters
 * @param identities the initial managed identities
 * @param servicePrincipals the initial service principals
 * @param tokenProxy of an AKS cluster; null: there is none
 * @param faults the initial faults
 * @param redisFaults the initial faults of the Redis side of the databases of {@code clusters}
 */
public record EmulatorConfig(
        String tenantId,
        String bind,
        Ports ports,
        TimingConfig timing,
        Integer tokenLifetimeSeconds,
        Integer redisTokenLifetimeSeconds,
        Integer pageSize,
        Boolean throttling,
        List<IssuerConfig> issuers,
        List<ClusterConfig> clusters,
        List<IdentityConfig> identities,
        List<ServicePrincipalConfig> servicePrincipals,
        TokenProxyConfig tokenProxy,
        List<FaultRule> faults,
        List<RedisFaultRequest> redisFaults) {

    private static final int LONGEST_TOKEN_LIFE = 7 * 86_400;

    public EmulatorConfig {
        tenantId = Check.guid("tenantId", tenantId);
        bind = bind == null ? "127.0.0.1" : Check.given("bind", bind);
        ports = ports == null ? Ports.CHOSEN : ports;
        timing = timing == null ? TimingConfig.FAST : timing;
        if (tokenLifetimeSeconds != null) {
            Check.between("tokenLifetimeSeconds", tokenLifetimeSeconds, 1, LONGEST_TOKEN_LIFE);
        }
        if (redisTokenLifetimeSeconds != null) {
            Check.between("redisTokenLifetimeSeconds", redisTokenLifetimeSeconds, 1, LONGEST_TOKEN_LIFE);
        }
        pageSize = pageSize == null ? 100 : Check.between("pageSize", pageSize, 1, 1000);
        throttling = throttling != null && throttling;
        issuers = Check.list(issuers);
        clusters = Check.list(clusters);
        identities = Check.list(identities);
        servicePrincipals = Check.list(servicePrincipals);
        faults = Check.list(faults);
        redisFaults = Check.list(redisFaults);
        for (int i = 0; i < redisFaults.size(); i++) {
            requireDatabase(
                    "redisFaults[" + i + "].database", redisFaults.get(i).database(), clusters);
        }
    }

    private static void requireDatabase(String field, String database, List<ClusterConfig> clusters) {
        boolean there = clusters.stream()
                .flatMap(cluster ->
                        cluster.databases().stream().map(each -> cluster.id().child("databases", each.name())))
                .anyMatch(new ArmId(database)::equals);
        if (!there) {
            throw new BadField(field, "must be the resource id of a database of `clusters`");
        }
    }

    /** The lifetimes of tokens. */
    public TokenLifetimes tokenLifetimes() {
        return new TokenLifetimes(
                Optional.ofNullable(tokenLifetimeSeconds).map(Duration::ofSeconds),
                Optional.ofNullable(redisTokenLifetimeSeconds).map(Duration::ofSeconds));
    }

    /** A copy with another address to listen on. */
    public EmulatorConfig boundTo(String address) {
        return with(address, timing);
    }

    /** A copy with other durations. */
    public EmulatorConfig timed(TimingConfig other) {
        return with(bind, other);
    }

    private EmulatorConfig with(String otherBind, TimingConfig otherTiming) {
        return new EmulatorConfig(
                tenantId,
                otherBind,
                ports,
                otherTiming,
                tokenLifetimeSeconds,
                redisTokenLifetimeSeconds,
                pageSize,
                throttling,
                issuers,
                clusters,
                identities,
                servicePrincipals,
                tokenProxy,
                faults,
                redisFaults);
    }
}
