package dev.redisaccess.operator.binding.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.TenantId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceBindingTest {

    private static final String CLIENT = "00000000-0000-0000-0000-00000000000a";
    private static final String OBJECT = "00000000-0000-0000-0000-00000000000b";
    private static final String TENANT = "00000000-0000-0000-0000-00000000000c";

    private final Map<String, String> entries = ServiceBinding.entries(new ConnectionSettings(
            new Endpoint("orders.westus2.redis.azure.net", 10000),
            ClusteringPolicy.OSSCluster,
            new Principal(new ClientId(CLIENT), new ObjectId(OBJECT), new TenantId(TENANT)),
            "https://redis.azure.com/.default"));

    @Test
    void hasTheEntriesOfTheSpecificationAndOfSpring() {
        assertThat(entries)
                .containsOnly(
                        Map.entry("type", "redis"),
                        Map.entry("provider", "azure"),
                        Map.entry("host", "orders.westus2.redis.azure.net"),
                        Map.entry("port", "10000"),
                        Map.entry("uri", "rediss://orders.westus2.redis.azure.net:10000"),
                        Map.entry("url", "rediss://orders.westus2.redis.azure.net:10000"),
                        Map.entry("ssl", "true"),
                        Map.entry("username", OBJECT),
                        Map.entry("auth-mode", "entra"),
                        Map.entry("client-id", CLIENT),
                        Map.entry("tenant-id", TENANT),
                        Map.entry("scope", "https://redis.azure.com/.default"),
                        Map.entry("cluster-policy", "OSSCluster"));
    }

    @Test
    void namesEntriesAsTheSpecificationAdvises() {
        assertThat(entries.keySet()).allMatch(name -> name.matches("[a-z0-9\\-.]{1,253}"));
    }
}
