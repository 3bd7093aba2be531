package dev.redisaccess.emulator;

import dev.redisaccess.emulator.config.EmulatorConfig;
import dev.redisaccess.emulator.config.TokenProxyConfig;
import dev.redisaccess.emulator.http.Handler;
import dev.redisaccess.emulator.http.JdkServer;
import dev.redisaccess.emulator.identity.AppService;
import dev.redisaccess.emulator.redis.ClosingStack;
import dev.redisaccess.emulator.tls.CertificateAuthority;
import dev.redisaccess.emulator.tls.ServerTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP ports and the threads that serve them. */
final class Listeners implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    /** A fault with a delay occupies a thread; other requests must still be served. */
    private static final int THREADS = 64;

    private final EmulatorConfig config;
    private final SSLContext tls;
    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS, daemons("emulator-http-"));
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(daemons("emulator-time-"));
    private final ClosingStack servers = new ClosingStack();
    private JdkServer arm;
    private JdkServer authority;
    private JdkServer imds;
    private JdkServer appService;
    private JdkServer control;
    private Endpoints.TokenProxyEndpoint tokenProxy;

    Listeners(EmulatorConfig config, KeyStore certificate) throws GeneralSecurityException {
        this.config = config;
        this.tls = ServerTls.context(certificate);
    }

    /** Must run before the first listener. */
    static void prepare() {
        JdkServer.sendWithoutDelay();
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    void arm(Handler handler) throws IOException {
        arm = listen(config.bind(), config.ports().arm(), Optional.of(tls), handler);
    }

    void authority(Handler handler) throws IOException {
        authority = listen(config.bind(), config.ports().authority(), Optional.of(tls), handler);
    }

    void imds(Handler handler) throws IOException {
        imds = listen(config.bind(), config.ports().imds(), Optional.empty(), handler);
    }

    void appService(Handler handler) throws IOException {
        appService = listen(config.bind(), config.ports().appService(), Optional.empty(), handler);
    }

    /** The names of the public cloud, if configured. */
    void publicHosts(Handler handler) throws IOException {
        Optional<Integer> port = config.ports().forPublicHosts();
        if (port.isPresent()) {
            JdkServer server = listen(config.bind(), port.get(), Optional.of(tls), handler);
            LOG.info("Serving {} on port {}.", String.join(", ", PublicHosts.names()), server.port());
        }
    }

    /** The token proxy, with an authority of its own. */
    void tokenProxy(TokenProxyConfig proxy, CertificateAuthority authority, Handler handler)
            throws IOException, GeneralSecurityException {
        SSLContext context = ServerTls.context(authority.serverKeys(List.of(proxy.serverName())));
        JdkServer server = servers.add(JdkServer.start(
                new InetSocketAddress(config.bind(), proxy.port()), context, proxy.serverName(), executor, handler));
        tokenProxy = new Endpoints.TokenProxyEndpoint(
                url("https", server), proxy.serverName(), authority.pemFile().toString());
    }

    /** Always loopback only, because it requires no token. */
    void control(Handler handler) throws IOException {
        String loopback = InetAddress.getLoopbackAddress().getHostAddress();
        control = listen(loopback, config.ports().control(), Optional.of(tls), handler);
    }

    private JdkServer listen(String address, int port, Optional<SSLContext> context, Handler handler)
            throws IOException {
        return servers.add(JdkServer.start(new InetSocketAddress(address, port), context, executor, handler));
    }

    String authorityUrl() {
        return url("https", authority);
    }

    Endpoints endpoints(
            Path caFile, String tenantId, String appServiceHeader, List<Endpoints.DatabaseEndpoint> databases) {
        return new Endpoints(
                url("https", arm),
                authorityUrl(),
                url("http", imds),
                new Endpoints.AppServiceEndpoint(url("http", appService) + AppService.PATH, appServiceHeader),
                caFile.toString(),
                "https://localhost:" + control.port(),
                tenantId,
                databases,
                tokenProxy);
    }

    private String url(String scheme, JdkServer server) {
        return scheme + "://" + Names.publicName(config) + ":" + server.port();
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void close() {
        timer.shutdownNow();
        servers.close();
        executor.shutdownNow();
    }
}
