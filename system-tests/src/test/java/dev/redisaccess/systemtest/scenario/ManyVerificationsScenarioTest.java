package dev.redisaccess.systemtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.state.Principal.ManagedIdentity;
import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.Identification;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import dev.redisaccess.operator.binding.WorkloadToken;
import dev.redisaccess.operator.binding.port.WorkloadTokens;
import dev.redisaccess.operator.entra.EntraSettings;
import dev.redisaccess.operator.entra.FederatedWorkloadTokens;
import dev.redisaccess.operator.redis.LettuceVerifier;
import dev.redisaccess.operator.tls.TrustedAuthorities;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** A verification from end to end, TokenRequest, exchange and login, five hundred times: nothing grows with their number. */
@Isolated("it counts the threads and the memory of the whole process")
class ManyVerificationsScenarioTest {

    @RegisterExtension
    static final LocalPlatform PLATFORM = new LocalPlatform();

    private static final int VERIFICATIONS = 500;
    private static final int AT_ONCE = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A client, a token or a connection that were kept would be more than this, of each verification. */
    private static final long BYTES_PER_VERIFICATION = 8 * 1024;

    @Test
    void fiveHundredVerificationsLeaveNothingBehind() throws Exception {
        Tenant tenant = PLATFORM.tenant("many-verifications").withDatabase().registered();
        ManagedIdentity identity = tenant.workload("orders");
        tenant.bind("cache", "orders").awaitReady();
        TrustedAuthorities trusted = TrustedAuthorities.withBundle(
                Path.of(PLATFORM.azure().endpoints().caFile()));
        ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE);
        try (KubernetesClient kubernetes = PLATFORM.newClient(new KubernetesTraffic());
                LettuceVerifier verifier = new LettuceVerifier(trusted)) {
            Chain chain = new Chain(tokens(kubernetes, trusted), verifier, identity, tenant);
            chain.run(callers, VERIFICATIONS / 5); // the pools fill, the compiler is done
            int threads = threads();
            long memory = memory();

            chain.run(callers, VERIFICATIONS);

            // The pools of other parts of this process grow and shrink by a few; a leak would be one for each.
            assertThat(threads()).as("threads").isLessThan(threads + VERIFICATIONS / 5);
            BindingView.patiently("the memory released").untilAsserted(() -> assertThat(memory() - memory)
                    .as("bytes more than before")
                    .isLessThan(VERIFICATIONS * BYTES_PER_VERIFICATION));
            BindingView.patiently("the connections closed")
                    .untilAsserted(() -> assertThat(connections(tenant)).isZero());
        } finally {
            callers.shutdownNow();
        }
    }

    private static WorkloadTokens tokens(KubernetesClient kubernetes, TrustedAuthorities trusted) {
        HttpClient http =
                HttpClient.newBuilder().sslContext(trusted.sslContext()).build();
        EntraSettings entra = new EntraSettings(
                URI.create(PLATFORM.azure().endpoints().authority()),
                PLATFORM.azure().endpoints().tenantId(),
                EntraSettings.REDIS_SCOPE);
        return new FederatedWorkloadTokens(kubernetes, http, entra, Optional.empty(), Clock.systemUTC());
    }

    /** What the operator does for each verification. */
    private record Chain(WorkloadTokens tokens, LettuceVerifier verifier, ManagedIdentity identity, Tenant tenant) {

        void run(ExecutorService callers, int times) throws Exception {
            for (Future<Result<?>> end :
                    callers.invokeAll(Collections.<Callable<Result<?>>>nCopies(times, this::once))) {
                assertThat(end.get()).isInstanceOf(Result.Ok.class);
            }
        }

        private Result<?> once() {
            Result<WorkloadToken> token = tokens.tokenFor(
                    new Identification.Source(
                            new ServiceAccountKey(tenant.name(), "orders"),
                            "uid",
                            ClientId.parse(identity.clientId()).orElseThrow(),
                            Federation.DIRECT),
                    Optional.empty(),
                    PATIENCE);
            return token instanceof Result.Ok<WorkloadToken> ok
                    ? verifier.verify(
                            new Endpoint("localhost", tenant.redis().port()),
                            ClusteringPolicy.NoCluster,
                            ok.value(),
                            Optional.empty(),
                            PATIENCE)
                    : token;
        }
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static long memory() {
        PLATFORM.azure().requestLog().clear();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Established connections to the database's port, both of whose ends are in this process. */
    private static long connections(Tenant tenant) throws IOException {
        return SocketTable.established(tenant.redis().port());
    }
}
