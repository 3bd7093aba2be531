package dev.redisaccess.systemtest.workloads;

import dev.redisaccess.launcher.JavaProgram;
import dev.redisaccess.launcher.SourceTree;
import dev.redisaccess.launcher.TrustStore;
import dev.redisaccess.systemtest.scenario.LocalPlatform;
import dev.redisaccess.systemtest.scenario.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The Java applications of examples/workloads, from their first login to the end of their access and back. */
@Execution(ExecutionMode.CONCURRENT)
class JavaWorkloadsIT {
    private static final Pattern LISTENING = Pattern.compile("listening on port (\\d+)");
    private static final Pattern TOMCAT_LISTENING = Pattern.compile("Tomcat started on port (\\d+)");

    @RegisterExtension
    static final LocalPlatform PLATFORM = LocalPlatform.withRedisTokens(Story.TOKEN_LIFETIME);

    @Test
    void lettuceStaysConnectedUntilTheBindingIsDeleted() throws Exception {
        lettuce(PLATFORM.tenant("lettuce").withDatabase(), Story.Connections.ONE);
    }

    /** The shards report addresses, which their certificate does not name: without the mapping no shard could be reached. */
    @Test
    void lettuceReachesEveryShardOfACluster() throws Exception {
        lettuce(PLATFORM.tenant("lettuce-cluster").withShards(3), Story.Connections.ANY);
    }

    @Test
    void springBootStaysConnectedUntilTheBindingIsDeleted() throws Exception {
        springBoot(PLATFORM.tenant("spring-boot").withDatabase(), Story.Connections.ONE);
    }

    /** Spring Boot makes a cluster client of the published nodes alone; the application adds the mapping. */
    @Test
    void springBootReachesEveryShardOfACluster() throws Exception {
        springBoot(PLATFORM.tenant("spring-boot-cluster").withShards(3), Story.Connections.ANY);
    }

    private static void lettuce(Tenant tenant, Story.Connections connections) throws IOException {
        new Story(PLATFORM, tenant, "[]")
                .run(new Story.Program(command("java-lettuce"), LISTENING, Map.of("PORT", "0"), connections));
    }

    private static void springBoot(Tenant tenant, Story.Connections connections) throws IOException {
        new Story(PLATFORM, tenant, "[spring]")
                .run(new Story.Program(command("spring-boot"), TOMCAT_LISTENING, Map.of("PORT", "0"), connections));
    }

    private static List<String> command(String name) {
        Path authority = Path.of(PLATFORM.azure().endpoints().caFile());
        return JavaProgram.small(jar(name))
                .plus(TrustStore.flags(authority, PLATFORM.newDirectory("trust").resolve("trust.p12")))
                .command();
    }

    private static Path jar(String name) {
        Path jar = SourceTree.of(JavaWorkloadsIT.class).jar("examples/workloads/" + name);
        return Files.exists(jar)
                ? jar
                : Requirement.missing(jar + " is not there: build it with `mvn -q package` in its directory");
    }
}
