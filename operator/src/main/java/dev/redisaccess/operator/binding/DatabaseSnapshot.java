package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.Reason;
import java.util.Optional;

/**
 * What is known of one database's Azure side.
 *
 * @param problem what was wrong with the last reading; empty if it went well
 * @param database from the last reading that went well; empty if none did
 * @param inventory from the last reading that went well, changed by our own operations since; empty if none did
 */
public record DatabaseSnapshot(Optional<Problem> problem, Optional<Database> database, Optional<Inventory> inventory) {

    /** The problem, if it is that Azure has no such database. */
    public Optional<Problem> notFound() {
        return problem.filter(told -> told.reason() == Reason.AZURE_RESOURCE_NOT_FOUND);
    }
}
