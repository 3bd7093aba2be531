package dev.redisaccess.operator.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redisaccess.emulator.Emulator;
import dev.redisaccess.emulator.Endpoints.DatabaseEndpoint;
import dev.redisaccess.emulator.config.ConfigFile;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.OperationFate;
import dev.redisaccess.emulator.state.StartedBy;
import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.Identification;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import dev.redisaccess.operator.binding.WorkloadToken;
import dev.redisaccess.operator.binding.port.Telemetry;
import dev.redisaccess.operator.binding.port.Verifier.Login;
import dev.redisaccess.operator.entra.EntraSettings;
import dev.redisaccess.operator.entra.FederatedWorkloadTokens;
import dev.redisaccess.operator.redis.LettuceVerifier;
import dev.redisaccess.operator.tls.TrustedAuthorities;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EnableKubernetesMockClient
class VerificationAgainstEmulatorTest {

    private static final String ISSUER = "https://oidc.example/cluster/";
    private static final String TENANT = "11111111-1111-1111-1111-111111111111";
    private static final String OBJECT = "44444444-4444-4444-4444-444444444444";
    private static final ClientId CLIENT = new ClientId("33333333-3333-3333-3333-333333333333");
    private static final String GROUP =
            "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/shop/providers";
    private static final String DATABASE = GROUP + "/Microsoft.Cache/redisEnterprise/orders/databases/default";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    KubernetesMockServer server;
    KubernetesClient kubernetes;

    private final ClusterKeys keys;
    private Emulator azure;
    private TrustedAuthorities authorities;

    VerificationAgainstEmulatorTest() throws Exception {
        keys = new ClusterKeys();
    }

    @BeforeEach
    void startAzure() throws Exception {
        azure = Emulator.start(
                ConfigFile.parse("""
                        tenantId: %s
                        issuers: [{issuer: "%s", keys: "%s"}]
                        clusters:
                        - resourceId: %s/Microsoft.Cache/redisEnterprise/orders
                          location: West US 2
                          sku: Balanced_B0
                          hostName: localhost
                          databases: [{name: default, port: 0, clusteringPolicy: NoCluster}]
                        identities:
                        - resourceId: %s/Microsoft.ManagedIdentity/userAssignedIdentities/orders
                          clientId: %s
                          principalId: %s
                          federatedCredentials:
                          - {name: orders, issuer: "%s", subject: "system:serviceaccount:shop:orders"}
                        """.formatted(
                                TENANT, ISSUER, keys.writeKeySet(directory), GROUP, GROUP, CLIENT, OBJECT, ISSUER)),
                directory.resolve("azure"));
        authorities = TrustedAuthorities.withBundle(Path.of(azure.endpoints().caFile()));
    }

    @AfterEach
    void stopAzure() {
        azure.close();
    }

    @Test
    void theExchangedTokenLogsInOnceItsAssignmentIsThere() throws Exception {
        WorkloadToken token = ((Result.Ok<WorkloadToken>) exchange("orders")).value();
        assertThat(token.principal().objectId().value()).isEqualTo(OBJECT);
        assertThat(token.principal().clientId()).isEqualTo(CLIENT);
        assertThat(token.principal().tenantId().value()).isEqualTo(TENANT);

        try (LettuceVerifier verifier = new LettuceVerifier(authorities)) {
            Problem refused = ((Result.Failed<Login>) login(verifier, token)).problem();
            assertThat(refused.reason()).isEqualTo(Reason.NOT_AUTHORIZED);

            azure.state()
                    .redis()
                    .putAssignment(
                            new ArmId(DATABASE + "/accessPolicyAssignments/" + OBJECT),
                            OBJECT,
                            Optional.empty(),
                            new StartedBy(OBJECT, OperationFate.COMPLETES));

            await().atMost(PATIENCE).until(() -> login(verifier, token) instanceof Result.Ok);
        }
    }

    @Test
    void aMissingFederatedCredentialIsReported() throws Exception {
        Problem problem = ((Result.Failed<WorkloadToken>) exchange("billing")).problem();

        assertThat(problem.reason()).isEqualTo(Reason.FEDERATION_SUBJECT_MISMATCH);
        assertThat(problem.message())
                .contains("issuer `" + ISSUER + "`, subject `system:serviceaccount:shop:billing`")
                .doesNotContain("Trace", "Timestamp");
    }

    private Result<WorkloadToken> exchange(String account) throws Exception {
        ServiceAccountKey key = new ServiceAccountKey("shop", account);
        server.expect()
                .post()
                .withPath("/api/v1/namespaces/shop/serviceaccounts/" + account + "/token")
                .andReturn(
                        201,
                        new TokenRequestBuilder()
                                .withNewStatus()
                                .withToken(keys.token(ISSUER, key.subject()))
                                .endStatus()
                                .build())
                .always();
        HttpClient http =
                HttpClient.newBuilder().sslContext(authorities.sslContext()).build();
        EntraSettings settings =
                new EntraSettings(URI.create(azure.endpoints().authority()), TENANT, EntraSettings.REDIS_SCOPE);
        return new FederatedWorkloadTokens(
                        kubernetes, http, settings, Optional.empty(), Telemetry.NONE, Clock.systemUTC())
                .tokenFor(new Identification.Source(key, "uid", CLIENT, Federation.DIRECT), Optional.empty(), PATIENCE);
    }

    private Result<Login> login(LettuceVerifier verifier, WorkloadToken token) {
        DatabaseEndpoint database = azure.endpoints().databases().get(0);
        return verifier.verify(
                new Endpoint(database.host(), database.port()),
                ClusteringPolicy.NoCluster,
                token,
                Optional.empty(),
                PATIENCE);
    }
}
