package dev.redisaccess.operator.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.redis.RedisFault;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.Problem;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An OSSCluster database of three shards. */
class ShardsTest {

    @TempDir
    Path directory;

    @Test
    void shardsMustBeReachableInAdditionToTheDatabasesOwnPort() {
        try (VerifierFixture redis = new VerifierFixture(directory, ClusteringPolicy.OSSCluster)) {
            assertThat(redis.succeeds(redis.token()).redisVersion()).isNotEmpty();

            redis.front.fault(new RedisFault.ShardsUnreachable());
            Problem problem = redis.fails(redis.token());

            assertThat(problem.reason()).isEqualTo(Reason.SHARDS_UNREACHABLE);
            assertThat(problem.message()).contains("3 of 3");
            redis.front.shardPorts().forEach(port -> assertThat(problem.message())
                    .contains(port + " (ConnectionRefused)"));
        }
    }
}
