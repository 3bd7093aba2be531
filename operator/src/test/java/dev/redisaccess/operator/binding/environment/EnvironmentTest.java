package dev.redisaccess.operator.binding.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.EnvironmentProfile;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.TenantId;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnvironmentTest {

    private static final String OBJECT = "11111111-1111-1111-1111-111111111111";
    private static final String CLIENT = "22222222-2222-2222-2222-222222222222";
    private static final Set<EnvironmentProfile> ALL = EnumSet.allOf(EnvironmentProfile.class);

    @Test
    void theCoreIsAlwaysThere() {
        assertThat(Environment.variables(connection(ClusteringPolicy.NoCluster), Set.of(), Optional.empty()))
                .containsExactly(
                        entry("AZURE_CLIENT_ID", CLIENT),
                        entry("REDIS_CLUSTER_POLICY", "NoCluster"),
                        entry("REDIS_ENTRA_SCOPE", "https://redis.azure.com/.default"),
                        entry("REDIS_HOSTNAME", "orders.westus2.redis.azure.net"),
                        entry("REDIS_PORT", "10000"),
                        entry("REDIS_SSL", "true"),
                        entry("REDIS_USERNAME", OBJECT),
                        entry("REDIS_USE_ENTRA_ID", "true"));
    }

    @Test
    void profilesAddWhatOthersRead() {
        assertThat(variables(EnvironmentProfile.SEED)).containsEntry("REDIS_CLUSTER_NAME", "orders");
        assertThat(variables(EnvironmentProfile.AZURE_SAMPLES))
                .containsEntry("AUTHENTICATION_TYPE", "WORKLOAD_IDENTITY")
                .containsEntry("REDIS_CACHE_PORT", "10000")
                .containsEntry("REDIS_ENDPOINT", "orders.westus2.redis.azure.net:10000");
        assertThat(variables(EnvironmentProfile.SERVICE_CONNECTOR)).containsEntry("AZURE_REDIS_CLIENTID", CLIENT);
        assertThat(variables(EnvironmentProfile.SPRING))
                .containsEntry("SPRING_DATA_REDIS_AZURE_PASSWORDLESSENABLED", "true")
                .containsEntry("SPRING_DATA_REDIS_SSL_ENABLED", "true");
        assertThat(variables(EnvironmentProfile.DOTNET))
                .containsEntry("ConnectionStrings__redis", "orders.westus2.redis.azure.net:10000,ssl=true");
        assertThat(variables(EnvironmentProfile.ENDPOINT))
                .containsEntry("REDIS_ENDPOINT", "orders.westus2.redis.azure.net:10000")
                .containsEntry("REDIS_URL", "rediss://orders.westus2.redis.azure.net:10000");
    }

    @ParameterizedTest
    @EnumSource
    void everyProfileAddsSomethingAndTakesNothing(EnvironmentProfile profile) {
        Map<String, String> core =
                Environment.variables(connection(ClusteringPolicy.OSSCluster), Set.of(), Optional.empty());

        assertThat(Environment.variables(connection(ClusteringPolicy.OSSCluster), Set.of(profile), Optional.empty()))
                .containsAllEntriesOf(core)
                .hasSizeGreaterThan(core.size());
    }

    @Test
    void aNameIsInOneRowOnly() {
        assertThat(Environment.rows()).extracting(Environment.Variable::name).doesNotHaveDuplicates();
    }

    @Test
    void namesAreFitForAConfigMapAndAnEnvironment() {
        assertThat(Environment.rows())
                .extracting(Environment.Variable::name)
                .allMatch(name -> name.matches("[A-Za-z][A-Za-z0-9_]*"));
    }

    @Test
    void neitherTheWebhooksNamesNorAPassword() {
        assertThat(Environment.rows())
                .extracting(Environment.Variable::name)
                .doesNotContain("AZURE_TENANT_ID", "AZURE_FEDERATED_TOKEN_FILE", "AZURE_AUTHORITY_HOST")
                .noneMatch(name -> name.matches("(?i).*(PASSWORD(?!LESS)|SECRET|ACCESS_?KEY|TOKEN).*"));
    }

    @Test
    void clusterNodesAreForAClusterOnly() {
        assertThat(Environment.variables(connection(ClusteringPolicy.OSSCluster), ALL, Optional.empty()))
                .containsEntry("SPRING_DATA_REDIS_CLUSTER_NODES", "orders.westus2.redis.azure.net:10000");
        assertThat(Environment.variables(connection(ClusteringPolicy.EnterpriseCluster), ALL, Optional.empty()))
                .doesNotContainKey("SPRING_DATA_REDIS_CLUSTER_NODES");
    }

    @Test
    void everyNameBeginsWithThePrefix() {
        Map<String, String> plain =
                Environment.variables(connection(ClusteringPolicy.OSSCluster), ALL, Optional.empty());
        Map<String, String> prefixed =
                Environment.variables(connection(ClusteringPolicy.OSSCluster), ALL, Optional.of("ORDERS_"));

        assertThat(prefixed).hasSameSizeAs(plain);
        plain.forEach((name, value) -> assertThat(prefixed).containsEntry("ORDERS_" + name, value));
    }

    private static Map<String, String> variables(EnvironmentProfile profile) {
        return Environment.variables(connection(ClusteringPolicy.NoCluster), Set.of(profile), Optional.empty());
    }

    private static ConnectionSettings connection(ClusteringPolicy policy) {
        return new ConnectionSettings(
                new Endpoint("orders.westus2.redis.azure.net", 10000),
                policy,
                new Principal(
                        new ClientId(CLIENT),
                        new ObjectId(OBJECT),
                        new TenantId("33333333-3333-3333-3333-333333333333")),
                "https://redis.azure.com/.default");
    }
}
