package dev.redisaccess.quickstart.workload;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Logs in, writes and reads a key, and then works on the same connection once a second. Commands on standard input:
 * {@code login} logs in once more on a new connection, {@code exit} (or the end of the input) ends it.
 */
public final class SampleWorkload {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Report report;
    private final Clock clock;

    private SampleWorkload(Report report, Clock clock) {
        this.report = report;
        this.clock = clock;
    }

    public static void main(String[] args) throws IOException {
        SampleWorkload workload = new SampleWorkload(new Report(System.out), Clock.systemUTC());
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.exit(workload.run(PodEnvironment.parse(System.getenv()), commands));
    }

    private int run(PodEnvironment environment, BufferedReader commands) throws IOException {
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
        EntraCredentials credentials = new EntraCredentials(credential(environment), environment, timer, clock);
        credentials.start();
        Instant firstExpires = credentials.expires().toInstant();
        try (LettuceSession session = new LettuceSession(environment, credentials, report)) {
            StatefulRedisConnection<String, String> connection = session.login(credentials.expires());
            writeAndRead(connection.sync());
            HeartBeat beat = new HeartBeat(connection.sync(), firstExpires, report, clock);
            timer.scheduleWithFixedDelay(beat, 500, 500, TimeUnit.MILLISECONDS);
            obey(commands, session, credentials);
            return 0;
        } catch (RedisException e) {
            report.refused("LOGIN", "error=" + Refusal.of(e));
            return 1;
        } finally {
            timer.shutdownNow();
        }
    }

    private static TokenCredential credential(PodEnvironment environment) {
        HttpClient.Builder http = HttpClient.newBuilder().connectTimeout(TIMEOUT);
        environment.caFile().ifPresent(file -> http.sslContext(TrustedCa.context(file)));
        return new WorkloadIdentityCredentialBuilder()
                .clientId(environment.identity().clientId())
                .tenantId(environment.identity().tenantId())
                .authorityHost(environment.authority())
                .tokenFilePath(environment.federatedToken().toString())
                // Else a custom authority is first looked up at login.microsoftonline.com.
                .disableInstanceDiscovery()
                .httpClient(
                        new JdkHttpClientBuilder(http).responseTimeout(TIMEOUT).build())
                .build();
    }

    private void writeAndRead(RedisCommands<String, String> redis) {
        String value = "written-at-" + clock.instant();
        redis.set("orders:last", value);
        report.ok("SET", "key=orders:last");
        String read = redis.get("orders:last");
        if (!value.equals(read)) {
            throw new RedisException("read something else than was written");
        }
        report.ok("GET", "key=orders:last", "value=" + read);
    }

    private void obey(BufferedReader commands, LettuceSession session, EntraCredentials credentials)
            throws IOException {
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            switch (command.strip()) {
                case "login" -> loginOnceMore(session, credentials);
                case "exit" -> {
                    return;
                }
                default -> report.refused("COMMAND", "error=unknown");
            }
        }
    }

    private void loginOnceMore(LettuceSession session, EntraCredentials credentials) {
        try {
            session.login(credentials.expires()).close();
        } catch (RedisException e) {
            report.refused("LOGIN", "error=" + Refusal.of(e));
        }
    }
}
