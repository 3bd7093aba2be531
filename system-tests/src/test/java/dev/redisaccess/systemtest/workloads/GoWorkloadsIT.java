package dev.redisaccess.systemtest.workloads;

import dev.redisaccess.systemtest.scenario.LocalPlatform;
import dev.redisaccess.systemtest.scenario.Tenant;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The Go application of examples/workloads, from its first login to the end of its access and back. */
@Execution(ExecutionMode.CONCURRENT)
class GoWorkloadsIT {
    private static final Pattern LISTENING = Pattern.compile("listening port=(\\d+)");

    @RegisterExtension
    static final LocalPlatform PLATFORM = LocalPlatform.withRedisTokens(Story.TOKEN_LIFETIME);

    @Test
    void staysConnectedUntilTheBindingIsDeleted() throws IOException {
        run(PLATFORM.tenant("go").withDatabase(), Story.Connections.KEPT);
    }

    /** The shards report addresses, which their certificate does not name: without the mapping no shard could be reached. */
    @Test
    void reachesEveryShardOfACluster() throws IOException {
        run(PLATFORM.tenant("go-cluster").withShards(3), Story.Connections.ANY);
    }

    private static void run(Tenant tenant, Story.Connections connections) throws IOException {
        GoApplication application = GoApplication.named("go");
        String ca = PLATFORM.azure().endpoints().caFile();
        new Story(PLATFORM, tenant, "[]")
                .run(new Story.Program(
                        application.command(), LISTENING, Map.of("PORT", "0", "SSL_CERT_FILE", ca), connections));
    }
}
