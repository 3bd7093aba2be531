package dev.redisaccess.quickstart.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodEnvironmentTest {
    private static Map<String, String> complete() {
        Map<String, String> environment = new HashMap<>();
        environment.put("REDIS_HOSTNAME", "orders.example");
        environment.put("REDIS_PORT", "10000");
        environment.put("REDIS_SSL", "true");
        environment.put("REDIS_USE_ENTRA_ID", "true");
        environment.put("REDIS_CLUSTER_POLICY", "NoCluster");
        environment.put("REDIS_USERNAME", "an-object-id");
        environment.put("REDIS_ENTRA_SCOPE", "https://redis.azure.com/.default");
        environment.put("AZURE_CLIENT_ID", "a-client");
        environment.put("AZURE_TENANT_ID", "a-tenant");
        environment.put("AZURE_AUTHORITY_HOST", "https://login.example");
        environment.put("AZURE_FEDERATED_TOKEN_FILE", "/some/token");
        return environment;
    }

    @Test
    void readsWhatThePodGets() {
        PodEnvironment environment = PodEnvironment.parse(complete());
        assertThat(environment.host()).isEqualTo("orders.example");
        assertThat(environment.port()).isEqualTo(10000);
        assertThat(environment.caFile()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "REDIS_HOSTNAME, ''",
        "REDIS_PORT, many",
        "REDIS_SSL, false",
        "REDIS_CLUSTER_POLICY, OSSCluster",
        "AZURE_FEDERATED_TOKEN_FILE, ''"
    })
    void namesTheVariableThatIsWrong(String name, String value) {
        Map<String, String> environment = complete();
        environment.put(name, value);
        assertThatThrownBy(() -> PodEnvironment.parse(environment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`" + name + "`");
    }
}
