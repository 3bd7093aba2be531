package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.binding.BindingRequest;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.Identification;
import dev.redisaccess.operator.binding.Inventory;
import dev.redisaccess.operator.binding.Verification;
import java.util.Optional;
import java.util.function.Supplier;

/** Work that waits for outside systems, and therefore does not run within a pass. */
sealed interface Work {

    /** Of its binding. */
    BindingRequest request();

    /** The token that is requested. */
    Identification.Source source();

    /** Identifies the workload at Entra. */
    record Identify(BindingRequest request, Identification.Source source) implements Work {}

    /**
     * Logs in as the workload.
     *
     * @param target what is to be verified
     * @param policy decides the kind of client
     * @param inventory of the database, at the time of the call
     */
    record Verify(
            BindingRequest request,
            Identification.Source source,
            Verification.Target target,
            ClusteringPolicy policy,
            Supplier<Optional<Inventory>> inventory)
            implements Work {}
}
