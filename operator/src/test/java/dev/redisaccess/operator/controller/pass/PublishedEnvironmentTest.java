package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.binding.BindingParser;
import dev.redisaccess.operator.binding.BindingRequest;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.TenantId;
import dev.redisaccess.operator.binding.environment.ConnectionSettings;
import dev.redisaccess.operator.golden.GoldenFile;
import dev.redisaccess.operator.publish.PublishedConfigMap;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From a binding to the ConfigMap that its pods read, as files. */
class PublishedEnvironmentTest {

    private static final ConnectionSettings CONNECTION = new ConnectionSettings(
            new Endpoint("orders.westus2.redis.azure.net", 10000),
            ClusteringPolicy.OSSCluster,
            new Principal(
                    new ClientId("22222222-2222-2222-2222-222222222222"),
                    new ObjectId("11111111-1111-1111-1111-111111111111"),
                    new TenantId("33333333-3333-3333-3333-333333333333")),
            "https://redis.azure.com/.default");

    static List<GoldenFile> cases() throws IOException {
        return GoldenFile.in("published");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theConfigMapIsTheFile(GoldenFile golden) throws IOException {
        BindingRequest request = BindingParser.parse(golden.input(RedisAccessBinding.class))
                .fold(parsed -> parsed, problem -> {
                    throw new AssertionError(problem.message());
                });

        golden.assertOutput(PublishedConfigMap.of(PublishStep.publication(request, CONNECTION)));
    }
}
