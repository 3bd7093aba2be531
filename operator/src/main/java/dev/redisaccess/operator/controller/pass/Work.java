package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.binding.BindingRequest;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.Identification;
import dev.redisaccess.operator.binding.Inventory;
import dev.redisaccess.operator.binding.Proof;
import java.util.Optional;
import java.util.function.Supplier;

/** What waits for others and is therefore not done within a pass. */
sealed interface Work {

    /** For which binding. */
    BindingRequest request();

    /** Whose token is asked for. */
    Identification.Subject subject();

    /** Ask Entra who the workload is. */
    record Identify(BindingRequest request, Identification.Subject subject) implements Work {}

    /**
     * Log in as the workload.
     *
     * @param proven what is to be proved
     * @param policy which kind of client the database needs
     * @param inventory of the database, at the time it is asked for
     */
    record Prove(
            BindingRequest request,
            Identification.Subject subject,
            Proof.Subject proven,
            ClusteringPolicy policy,
            Supplier<Optional<Inventory>> inventory)
            implements Work {}
}
