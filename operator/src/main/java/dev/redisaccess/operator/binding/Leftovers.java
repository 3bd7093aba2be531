package dev.redisaccess.operator.binding;

import java.util.Set;

/** The assignments of an installation that no binding needs any more. */
public final class Leftovers {

    private Leftovers() {}

    /**
     * @param inventory of the database
     * @param mark of this installation
     * @param needed the principals of the bindings that use the database
     */
    public static int count(Inventory inventory, OwnerMark mark, Set<ObjectId> needed) {
        return (int) inventory.assignments().stream()
                .filter(mark::isOn)
                .filter(assignment -> assignment.state() != ProvisioningState.Deleting)
                .filter(assignment ->
                        assignment.objectId().filter(needed::contains).isEmpty())
                .count();
    }
}
