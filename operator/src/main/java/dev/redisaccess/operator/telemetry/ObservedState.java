package dev.redisaccess.operator.telemetry;

import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.binding.port.LaneLoad;
import dev.redisaccess.operator.binding.port.WorkLoad;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What is read at each scrape. No supplier blocks.
 *
 * @param leads whether this replica leads
 * @param objects the objects in the stores of the informers
 * @param work that waits for a thread
 * @param lanes of all databases
 * @param certificates that end
 */
public record ObservedState(
        BooleanSupplier leads,
        Objects objects,
        Supplier<WorkLoad> work,
        Supplier<LaneLoad> lanes,
        Certificates certificates) {

    /** The objects in the stores of the informers. */
    public record Objects(Supplier<Stream<RedisAccessBinding>> bindings, Supplier<Stream<RedisDatabase>> databases) {}

    /**
     * When certificates end.
     *
     * @param bundle the first certificate of the CA bundle; empty: there is no bundle
     * @param servers by host
     */
    public record Certificates(Supplier<Optional<Instant>> bundle, Supplier<Map<String, Instant>> servers) {}
}
