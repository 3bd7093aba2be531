package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.binding.BindingRequest;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.Identification;
import dev.redisaccess.operator.binding.Inventory;
import dev.redisaccess.operator.binding.Verification;
import java.util.Optional;
import java.util.function.Supplier;

/** What waits for others and is therefore not done within a pass. */
sealed interface Work {

    /** For which binding. */
    BindingRequest request();

    /** Whose token is asked for. */
    Identification.Source source();

    /** Ask Entra who the workload is. */
    record Identify(BindingRequest request, Identification.Source source) implements Work {}

    /**
     * Log in as the workload.
     *
     * @param target what is to be verified
     * @param policy which kind of client the database needs
     * @param inventory of the database, at the time it is asked for
     */
    record Verify(
            BindingRequest request,
            Identification.Source source,
            Verification.Target target,
            ClusteringPolicy policy,
            Supplier<Optional<Inventory>> inventory)
            implements Work {}
}
