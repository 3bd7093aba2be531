package dev.redisaccess.benchmark.core;

import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseResolution;
import dev.redisaccess.operator.binding.Result;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * From a registration to the state of its database: parsing the resource ID, once in each pass, and finding the database
 * by its ID, which a pass does several times. Constant cost.
 */
@State(Scope.Benchmark)
public class RegisteredDatabase {

    private final RedisDatabase registered = OneDatabase.registered();
    private final DatabaseId id = OneDatabase.id();
    private final Map<DatabaseId, String> known = new ConcurrentHashMap<>();

    @Setup
    public void fill() {
        for (int i = 0; i < 100; i++) {
            DatabaseId.parse(OneDatabase.resourceId("cluster-" + i))
                    .fold(other -> known.put(other, other.cluster()), problem -> null);
        }
        known.put(OneDatabase.id(), "orders");
    }

    @Benchmark
    public Result<DatabaseId> id() {
        return DatabaseResolution.idOf(registered);
    }

    @Benchmark
    public String known() {
        return known.get(id);
    }
}
