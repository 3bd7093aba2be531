package dev.redisaccess.emulator.testing;

import dev.redisaccess.emulator.arm.Arm;
import dev.redisaccess.emulator.config.ConfigException;
import dev.redisaccess.emulator.config.ConfigFile;
import dev.redisaccess.emulator.config.EmulatorConfig;
import dev.redisaccess.emulator.config.InitialState;
import dev.redisaccess.emulator.entra.AccessTokens;
import dev.redisaccess.emulator.entra.Entra;
import dev.redisaccess.emulator.entra.IssuerKeys;
import dev.redisaccess.emulator.entra.Resources;
import dev.redisaccess.emulator.entra.SigningKeys;
import dev.redisaccess.emulator.fault.FaultInterceptor;
import dev.redisaccess.emulator.fault.Faults;
import dev.redisaccess.emulator.fault.Service;
import dev.redisaccess.emulator.http.Request;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.state.AzureState;
import dev.redisaccess.emulator.state.DataPlaneFeed;
import dev.redisaccess.emulator.state.EffectiveAccess;
import dev.redisaccess.emulator.state.EmulatorClock;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The services without sockets, with a clock that only tests move. */
public final class LocalAzure {

    public static final String TENANT = "11111111-1111-1111-1111-111111111111";
    public static final String SUBSCRIPTION = "/subscriptions/22222222-2222-2222-2222-222222222222";
    public static final String GROUP = SUBSCRIPTION + "/resourceGroups/shop";
    public static final String CLUSTER = GROUP + "/providers/Microsoft.Cache/redisEnterprise/orders";
    public static final String DATABASE = CLUSTER + "/databases/default";
    public static final String IDENTITY_CLIENT = "33333333-3333-3333-3333-333333333333";
    public static final String IDENTITY_OBJECT = "44444444-4444-4444-4444-444444444444";
    public static final String OWNER_CLIENT = "77777777-7777-7777-7777-777777777777";
    public static final String UNASSIGNED_CLIENT = "99999999-9999-9999-9999-999999999999";
    public static final String NOBODY_OBJECT = "99999999-0000-0000-0000-999999999999";
    public static final String API = "2025-07-01";
    public static final Instant START = Instant.parse("2026-06-11T04:35:34Z");

    /** The host under which {@link #arm} is called. */
    public static final Resources RESOURCES = new Resources(List.of("arm.test", "localhost"));

    public static final String CONFIG = """
        tenantId: 11111111-1111-1111-1111-111111111111
        timing: recorded
        issuers:
          - {issuer: "https://kubernetes.test", keys: KEYS}
        clusters:
          - resourceId: /subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/shop/providers/Microsoft.Cache/redisEnterprise/orders
            databases: [{clusteringPolicy: NoCluster}]
        identities:
          - resourceId: /subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/shop/providers/Microsoft.ManagedIdentity/userAssignedIdentities/orders
            clientId: 33333333-3333-3333-3333-333333333333
            principalId: 44444444-4444-4444-4444-444444444444
            federatedCredentials:
              - {name: orders, issuer: "https://kubernetes.test", subject: "system:serviceaccount:shop:orders"}
        servicePrincipals:
          - clientId: 77777777-7777-7777-7777-777777777777
            objectId: 88888888-8888-8888-8888-888888888888
            clientSecret: a-test-secret
            roles: [{scope: /subscriptions/22222222-2222-2222-2222-222222222222, role: Owner}]
          - clientId: 99999999-9999-9999-9999-999999999999
            objectId: 99999999-0000-0000-0000-999999999999
            clientSecret: another-test-secret
        """;

    public final EmulatorClock clock = new EmulatorClock(Clock.fixed(START, ZoneOffset.UTC));
    public final FakeDataPlane plane = new FakeDataPlane();
    public final EffectiveAccess access = new EffectiveAccess();
    public final Faults faults;
    public final AzureState state;
    public final SigningKeys keys = new SigningKeys(new CachedKeys());
    public final AccessTokens tokens;
    public final Entra entra;
    public final DataPlaneFeed feed;
    private final Arm arm;

    public LocalAzure(String yaml, Path issuerKeys) {
        EmulatorConfig config;
        try {
            config = ConfigFile.parse(yaml.replace("KEYS", issuerKeys.toString()));
        } catch (ConfigException e) {
            throw new IllegalArgumentException(e);
        }
        faults = new Faults(config.faults());
        state = AzureState.empty(config.tenantId(), clock, config.timing().delays());
        InitialState.fill(state, config);
        tokens = new AccessTokens(config.tenantId(), keys, clock, config.tokenLifetimes());
        feed = new DataPlaneFeed(state.redis(), plane, access);
        IssuerKeys issuers =
                new IssuerKeys(Map.of(KubernetesIssuer.ISSUER, issuerKeys.toString()), HttpClient.newHttpClient());
        entra = new Entra(state, tokens, keys, issuers, RESOURCES, clock);
        arm = new Arm(
                state,
                feed,
                tokens,
                clock,
                new Arm.Settings(() -> "https://login.test", config.pageSize(), config.throttling(), RESOURCES),
                handler -> new FaultInterceptor(Service.ARM, faults, handler, entra::error));
    }

    public LocalAzure() {
        this(CONFIG, Path.of("nowhere.json"));
    }

    /** A token of a client, for ARM. */
    public String armToken(String clientId) {
        return tokens.issue(
                        state.directory().byClientId(clientId).orElseThrow(),
                        "https://management.azure.com/",
                        AccessTokens.ClientAuthentication.SECRET)
                .text();
    }

    /** Calls ARM as the owner of the subscription. */
    public Response arm(String method, String pathAndQuery, String body) {
        return arm(method, pathAndQuery, body, Optional.of(armToken(OWNER_CLIENT)));
    }

    public Response arm(String method, String pathAndQuery, String body, Optional<String> token) {
        Map<String, String> headers = new HashMap<>(Map.of("host", "arm.test"));
        token.ifPresent(text -> headers.put("authorization", "Bearer " + text));
        return arm.handle(request(method, pathAndQuery, body, headers));
    }

    /** A request as the server would make it. */
    public static Request request(String method, String pathAndQuery, String body, Map<String, String> headers) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return Request.of(method, pathAndQuery.replace(" ", "%20"), headers, bytes);
    }
}
