package dev.redisaccess.emulator;

import dev.redisaccess.emulator.arm.Arm;
import dev.redisaccess.emulator.config.EmulatorConfig;
import dev.redisaccess.emulator.config.InitialState;
import dev.redisaccess.emulator.config.IssuerConfig;
import dev.redisaccess.emulator.config.TokenProxyConfig;
import dev.redisaccess.emulator.control.Control;
import dev.redisaccess.emulator.control.RedisControl;
import dev.redisaccess.emulator.control.RefusedLogins;
import dev.redisaccess.emulator.entra.AccessTokens;
import dev.redisaccess.emulator.entra.Entra;
import dev.redisaccess.emulator.entra.IdentityBindingAuthorization;
import dev.redisaccess.emulator.entra.IssuerKeys;
import dev.redisaccess.emulator.entra.RedisLogins;
import dev.redisaccess.emulator.entra.Resources;
import dev.redisaccess.emulator.entra.SigningKeys;
import dev.redisaccess.emulator.entra.SubjectAccessReviews;
import dev.redisaccess.emulator.entra.TokenJournal;
import dev.redisaccess.emulator.entra.TokenProxy;
import dev.redisaccess.emulator.fault.FaultInterceptor;
import dev.redisaccess.emulator.fault.Faults;
import dev.redisaccess.emulator.fault.Service;
import dev.redisaccess.emulator.http.Handler;
import dev.redisaccess.emulator.http.RequestLog;
import dev.redisaccess.emulator.identity.AppService;
import dev.redisaccess.emulator.identity.InstanceMetadata;
import dev.redisaccess.emulator.identity.ManagedIdentityTokens;
import dev.redisaccess.emulator.redis.ClosingStack;
import dev.redisaccess.emulator.redis.RedisFront;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.AzureState;
import dev.redisaccess.emulator.state.DataPlaneFeed;
import dev.redisaccess.emulator.state.EffectiveAccess;
import dev.redisaccess.emulator.state.EmulatorClock;
import dev.redisaccess.emulator.state.FederatedCredential;
import dev.redisaccess.emulator.state.IdentityBindings;
import dev.redisaccess.emulator.state.Secret;
import dev.redisaccess.emulator.tls.CertificateAuthority;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** A local Azure in this process. It listens when {@link #start} returns, until it is closed. */
public final class Emulator implements AutoCloseable {

    private static final int REMEMBERED_REQUESTS = 20_000;
    private static final int REMEMBERED_TOKENS = 20_000;

    private final ClosingStack closing;
    private final EmulatorClock clock;
    private final AzureState state;
    private final Faults faults;
    private final RequestLog requestLog;
    private final RedisDataPlane plane;
    private final Listeners listeners;
    private final String appServiceHeader;
    private final Path caFile;
    private final SigningKeys keys = new SigningKeys();
    private final EffectiveAccess access = new EffectiveAccess();
    private final TokenJournal journal = new TokenJournal(REMEMBERED_TOKENS);
    private final IdentityBindings identityBindings = new IdentityBindings();

    private Emulator(EmulatorConfig config, Path directory, ClosingStack closing)
            throws IOException, GeneralSecurityException {
        this.closing = closing;
        this.clock = new EmulatorClock(Clock.systemUTC());
        this.state = AzureState.empty(config.tenantId(), clock, config.timing().delays());
        this.faults = new Faults(config.faults());
        this.requestLog = new RequestLog(clock, REMEMBERED_REQUESTS);
        this.appServiceHeader = UUID.randomUUID().toString();
        InitialState.fill(state, config);
        CertificateAuthority authority = CertificateAuthority.openOrCreate(directory);
        this.caFile = authority.pemFile();
        KeyStore certificate = authority.serverKeys(Names.of(config));
        AccessTokens tokens = new AccessTokens(config.tenantId(), keys, clock, config.tokenLifetimes());
        RefusedLogins refused = new RefusedLogins();
        this.plane = closing.add(new RedisDataPlane(
                new RedisDataPlane.Settings(config.bind(), certificate, directory.resolve("redis")),
                database -> new RedisLogins(
                        database, config.tenantId(), tokens, access, clock, refused, key -> hasKey(database, key)),
                clock));
        DataPlaneFeed feed = new DataPlaneFeed(state.redis(), plane, access);
        feed.start();
        config.redisFaults()
                .forEach(
                        wanted -> redis(wanted.database()).orElseThrow().fault(wanted.toFault(authority, "localhost")));
        this.listeners = closing.add(new Listeners(config, certificate));
        listen(
                config,
                directory,
                tokens,
                keys,
                feed,
                new Control(state, clock, faults, requestLog, keys, refused, new RedisControl(this::redis, authority)));
        new Timekeeper(state.redis(), feed, clock, listeners.timer()).start();
    }

    private void listen(
            EmulatorConfig config,
            Path directory,
            AccessTokens tokens,
            SigningKeys keys,
            DataPlaneFeed feed,
            Control control)
            throws IOException, GeneralSecurityException {
        IssuerKeys issuers = new IssuerKeys(
                config.issuers().stream().collect(Collectors.toMap(IssuerConfig::issuer, IssuerConfig::keys)),
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build());
        Resources resources = new Resources(Names.of(config));
        Entra entra = new Entra(state, tokens, keys, issuers, resources, clock);
        Handler authority = logged("entra", journal.recording(intercepted(Service.ENTRA, entra, entra)));
        listeners.authority(authority);
        Arm.Settings settings =
                new Arm.Settings(listeners::authorityUrl, config.pageSize(), config.throttling(), resources);
        Handler arm = logged(
                "arm",
                new Arm(state, feed, tokens, clock, settings, handler -> intercepted(Service.ARM, handler, entra)));
        listeners.arm(arm);
        listeners.publicHosts(new PublicHosts(authority, arm));
        if (config.tokenProxy() != null) {
            listen(config.tokenProxy(), issuers, authority, entra, directory);
        }
        ManagedIdentityTokens identityTokens =
                new ManagedIdentityTokens(state.directory(), tokens, config.tenantId(), resources);
        Handler imds = new InstanceMetadata(identityTokens);
        listeners.imds(logged("imds", intercepted(Service.IMDS, imds, entra)));
        Handler appService = new AppService(identityTokens, new Secret(appServiceHeader));
        listeners.appService(logged("imds", intercepted(Service.IMDS, appService, entra)));
        listeners.control(control);
    }

    private void listen(TokenProxyConfig config, IssuerKeys issuers, Handler authority, Entra entra, Path directory)
            throws IOException, GeneralSecurityException {
        config.identityBindings().forEach(this::bind);
        config.authorization()
                .forEach(each -> each.subjects().forEach(subject -> identityBindings.allow(each.clientId(), subject)));
        IdentityBindingAuthorization authorization =
                config.kubernetes() == null ? identityBindings::allows : new SubjectAccessReviews(config.kubernetes());
        Handler proxy = new TokenProxy(identityBindings, authorization, issuers, authority, clock);
        listeners.tokenProxy(
                config,
                CertificateAuthority.openOrCreate(Files.createDirectories(directory.resolve("token-proxy"))),
                logged("tokenProxy", journal.recording(intercepted(Service.TOKEN_PROXY, proxy, entra))));
    }

    /** Creates an identity binding, and the federated credential of the identity that it needs. */
    public void bind(String clientId) {
        identityBindings.bind(clientId);
        state.directory().identities().stream()
                .filter(identity -> identity.clientId().equalsIgnoreCase(clientId))
                .forEach(identity -> state.directory()
                        .putCredential(
                                identity.id(),
                                new FederatedCredential(
                                        IdentityBindings.CREDENTIAL,
                                        IdentityBindings.issuer(state.tenantId(), clientId),
                                        IdentityBindings.SUBJECT,
                                        List.of("api://AzureADTokenExchange"))));
    }

    /** The identity bindings of the cluster, and who may use them. */
    public IdentityBindings identityBindings() {
        return identityBindings;
    }

    private boolean hasKey(ArmId database, String key) {
        return state.redis()
                .database(database)
                .map(each -> each.keys().contain(key))
                .orElse(false);
    }

    private Handler intercepted(Service service, Handler handler, Entra entra) {
        return new FaultInterceptor(service, faults, handler, entra::error);
    }

    private Handler logged(String service, Handler handler) {
        return requestLog.recording(service, handler);
    }

    /**
     * Starts an emulator and writes {@code endpoints.json} and {@code ca.pem}.
     *
     * @param stateDirectory created if it does not exist; its certificate authority is reused
     * @throws IOException when the directory cannot be written or a port cannot be bound
     * @throws GeneralSecurityException when the certificate authority in the directory cannot be used
     */
    public static Emulator start(EmulatorConfig config, Path stateDirectory)
            throws IOException, GeneralSecurityException {
        Listeners.prepare();
        Path directory = Files.createDirectories(stateDirectory.toAbsolutePath());
        EndpointsFile.remove(directory);
        ClosingStack closing = new ClosingStack();
        try {
            Emulator emulator = new Emulator(config, directory, closing);
            EndpointsFile.write(directory, emulator.endpoints());
            return emulator;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    /** The addresses of the services and of the present databases. */
    public Endpoints endpoints() {
        List<Endpoints.DatabaseEndpoint> databases = state.redis().databases().stream()
                .map(each -> new Endpoints.DatabaseEndpoint(
                        each.id().text(),
                        state.redis().cluster(each.cluster()).orElseThrow().hostName(),
                        each.port()))
                .toList();
        return listeners.endpoints(caFile, state.tenantId(), appServiceHeader, databases);
    }

    /** The state of the emulated Azure. */
    public AzureState state() {
        return state;
    }

    public EmulatorClock clock() {
        return clock;
    }

    public Faults faults() {
        return faults;
    }

    public RequestLog requestLog() {
        return requestLog;
    }

    /** Rotates the signing key; tokens of the two former keys are still accepted. */
    public void rotateKeys() {
        keys.rotate();
    }

    /** The tokens and assertions that Entra issued and received, for tests that search a program's output for them. */
    public TokenJournal tokens() {
        return journal;
    }

    /** Whether the data plane accepts a principal at this moment. */
    public boolean admits(String databaseResourceId, String objectId) {
        return access.allows(new ArmId(databaseResourceId), objectId);
    }

    /** The Redis side of a database, for its own faults; empty while it does not run. */
    public Optional<RedisFront> redis(String databaseResourceId) {
        return plane.front(new ArmId(databaseResourceId));
    }

    @Override
    public void close() {
        closing.close();
    }
}
