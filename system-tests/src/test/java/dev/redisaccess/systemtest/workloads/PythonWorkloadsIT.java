package dev.redisaccess.systemtest.workloads;

import dev.redisaccess.emulator.Endpoints;
import dev.redisaccess.systemtest.scenario.LocalPlatform;
import dev.redisaccess.systemtest.scenario.Tenant;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The Python applications of examples/workloads, from their first login to the end of their access and back. */
@Execution(ExecutionMode.CONCURRENT)
class PythonWorkloadsIT {
    private static final Pattern LISTENING = Pattern.compile("Listening at: http://127\\.0\\.0\\.1:(\\d+)");

    @RegisterExtension
    static final LocalPlatform PLATFORM = LocalPlatform.withRedisTokens(Story.TOKEN_LIFETIME);

    /** With a token of the App Service endpoint: the guide's client has no federated token. */
    @Test
    void theGuidesClientStaysConnectedUntilTheBindingIsDeleted() throws IOException {
        PythonApplication application = PythonApplication.named("python-guide");
        Tenant tenant = PLATFORM.tenant("python-guide").withDatabase();
        Endpoints azure = PLATFORM.azure().endpoints();
        new Story(PLATFORM, tenant, "[seed]")
                .run(new Story.Program(
                        application.command(),
                        LISTENING,
                        Map.of(
                                "IDENTITY_ENDPOINT", azure.appService().endpoint(),
                                "IDENTITY_HEADER", azure.appService().header(),
                                "SSL_CERT_FILE", azure.caFile()),
                        Story.Connections.ONE));
    }

    @Test
    void workloadIdentityStaysConnectedUntilTheBindingIsDeleted() throws IOException {
        workloadIdentity(PLATFORM.tenant("python-workload-identity").withDatabase(), Story.Connections.ONE);
    }

    /** The shards report addresses, which their certificate does not name: without the mapping no shard could be reached. */
    @Test
    void workloadIdentityReachesEveryShardOfACluster() throws IOException {
        workloadIdentity(PLATFORM.tenant("python-cluster").withShards(3), Story.Connections.ANY);
    }

    private static void workloadIdentity(Tenant tenant, Story.Connections connections) throws IOException {
        PythonApplication application = PythonApplication.named("python-workload-identity");
        String ca = PLATFORM.azure().endpoints().caFile();
        new Story(PLATFORM, tenant, "[]")
                .run(new Story.Program(
                        application.command(),
                        LISTENING,
                        Map.of("SSL_CERT_FILE", ca, "REQUESTS_CA_BUNDLE", ca),
                        connections));
    }
}
