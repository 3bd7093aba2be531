package dev.redisaccess.emulator.redis;

import static dev.redisaccess.emulator.redis.RawClient.array;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.internal.HostAndPort;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DnsResolvers;
import io.lettuce.core.resource.MappingSocketAddressResolver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisFrontClusterTest {
    @TempDir
    private static Path directory;

    private static FrontFixture fixture;

    @BeforeAll
    static void start() {
        fixture = FrontFixture.start(directory, ClusteringPolicy.OSSCluster, 2);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @AfterEach
    void heal() {
        fixture.front.clearFaults();
    }

    @Test
    void servesAClusterClientThatMapsAddressesToTheHostName() {
        String user = fixture.newUser();
        List<String> keys = IntStream.range(0, 64).mapToObj(i -> "key" + i).toList();
        try (RedisClusterClient client = clusterClient(user);
                StatefulRedisClusterConnection<String, String> connection = client.connect()) {
            for (String key : keys) {
                connection.sync().set(key, "value of " + key);
            }
            assertThat(keys)
                    .allSatisfy(key -> assertThat(connection.sync().get(key)).isEqualTo("value of " + key));
            assertThat(connection.getPartitions())
                    .extracting(node -> node.getUri().getPort())
                    .containsExactlyInAnyOrderElementsOf(fixture.front.shardPorts());
            assertThat(connection.getPartitions())
                    .allSatisfy(node -> assertThat(node.getSlots()).hasSize(8192));
        }
    }

    @Test
    void sendsAPlainClientToTheListenerOfTheOtherShard() throws IOException {
        String user = fixture.newUser();
        String key = keyOfShard(1);
        try (RawClient client = fixture.raw()) {
            client.send(array("AUTH", user, fixture.policy.issue(user, FrontFixture.HOUR)) + array("GET", key));
            assertThat(client.line()).isEqualTo("+OK");
            assertThat(client.line())
                    .isEqualTo("-MOVED " + SlotHash.getSlot(key) + " 127.0.0.1:"
                            + fixture.front.shardPorts().get(1));
        }
    }

    @Test
    void acceptsALoginOfAPlainClient() {
        String user = fixture.newUser();
        try (StatefulRedisConnection<String, String> connection = fixture.connect(user)) {
            assertThat(connection.sync().aclWhoami()).isEqualTo(user);
            assertThat(connection.sync().clusterInfo()).contains("cluster_state:ok");
        }
    }

    @Test
    void revokesOnEveryShard() {
        String user = fixture.newUser();
        fixture.front.revoke(user);
        for (int port : fixture.front.shardPorts()) {
            assertThatThrownBy(() ->
                            fixture.client.connect(fixture.uri(user, fixture.policy.issue(user, FrontFixture.HOUR))
                                    .withPort(port)
                                    .build()))
                    .hasStackTraceContaining("WRONGPASS");
        }
    }

    @Test
    void closesTheShardsButNotTheDatabaseWhenShardsAreUnreachable() {
        String user = fixture.newUser();
        fixture.front.fault(new RedisFault.ShardsUnreachable());
        try (StatefulRedisConnection<String, String> connection = fixture.connect(user)) {
            assertThat(connection.sync().ping()).isEqualTo("PONG");
        }
        int shard = fixture.front.shardPorts().get(0);
        assertThatThrownBy(() -> RawClient.connect(fixture.socketFactory(), shard))
                .hasMessageContaining("refused");
        fixture.front.clearFaults();
        try (RedisClusterClient client = clusterClient(user);
                StatefulRedisClusterConnection<String, String> healed = client.connect()) {
            assertThat(healed.sync().set(keyOfShard(1), "v")).isEqualTo("OK");
        }
    }

    private static String keyOfShard(int shard) {
        return IntStream.range(0, 1000)
                .mapToObj(i -> "k" + i)
                .filter(key -> SlotHash.getSlot(key) / (SlotHash.SLOT_COUNT / 2) == shard)
                .findFirst()
                .orElseThrow();
    }

    private static RedisClusterClient clusterClient(String user) {
        ClientResources mapped = fixture.resources
                .mutate()
                .socketAddressResolver(MappingSocketAddressResolver.create(
                        DnsResolvers.UNRESOLVED, address -> HostAndPort.of("localhost", address.getPort())))
                .build();
        RedisClusterClient client = RedisClusterClient.create(
                mapped,
                fixture.uri(user, fixture.policy.issue(user, FrontFixture.HOUR)).build());
        client.setOptions(ClusterClientOptions.builder()
                .sslOptions(fixture.sslOptions())
                .validateClusterNodeMembership(false)
                .build());
        return client;
    }
}
