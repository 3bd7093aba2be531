package dev.redisaccess.benchmark.core;

import dev.redisaccess.operator.api.EnvironmentProfile;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.Database;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.environment.ConnectionSettings;
import dev.redisaccess.operator.binding.environment.Environment;
import dev.redisaccess.operator.binding.port.EnvironmentPublisher.Publication;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The variables of a binding, and the comparison with its ConfigMap and hash, in every pass that publishes. Grows with the
 * profiles of the binding.
 */
@State(Scope.Benchmark)
public class PublishedEnvironment {

    private final ConnectionSettings connection = connection();
    private final CachedConfigMaps withoutProfiles = new CachedConfigMaps();
    private final CachedConfigMaps withEveryProfile = new CachedConfigMaps();

    private static ConnectionSettings connection() {
        Database database = OneDatabase.described();
        return new ConnectionSettings(
                database.endpoint(),
                database.clusteringPolicy(),
                OneDatabase.principal(0),
                "https://redis.azure.com/.default");
    }

    @Benchmark
    public Result<Boolean> withoutProfiles() {
        return publish(withoutProfiles, Set.of());
    }

    @Benchmark
    public Result<Boolean> withEveryProfile() {
        return publish(withEveryProfile, EnumSet.allOf(EnvironmentProfile.class));
    }

    private Result<Boolean> publish(CachedConfigMaps configMaps, Set<EnvironmentProfile> profiles) {
        return configMaps.publish(new Publication(
                new BindingKey(OneDatabase.NAMESPACE, "app"),
                Guids.of("binding", 0),
                "app",
                Environment.variables(connection, profiles, Optional.of(""))));
    }
}
