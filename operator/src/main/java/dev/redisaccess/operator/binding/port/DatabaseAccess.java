package dev.redisaccess.operator.binding.port;

import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseSnapshot;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.WantedAccess;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The databases in Azure: their last known state, and one lane per database to change it. No call blocks: operations run on
 * other threads, and the listener is notified of their end.
 */
public interface DatabaseAccess {

    /** Notified after a reading, and after the start and end of an operation. Called on a thread of the lane. */
    @FunctionalInterface
    interface Listener {
        /**
         * @param concerned the principals whose assignment or operation changed; empty if only the database itself did
         */
        void changed(DatabaseId database, Set<ObjectId> concerned);
    }

    /** Sets the listener. Once, before any other call. */
    void listen(Listener listener);

    /** Reads a database now and after every period. A later call changes the period. */
    void watch(DatabaseId database, Duration resyncPeriod);

    /** Ends {@link #watch}. Operations in the lane are still executed. */
    void forget(DatabaseId database);

    /** The last known state; empty before the first reading has ended. */
    Optional<DatabaseSnapshot> snapshot(DatabaseId database);

    /**
     * Adds the creation of an assignment, or the change of its access, to the lane, unless one for this principal already exists
     * in it.
     *
     * @param wanted evaluated before every attempt, because a lane may be long and a failed attempt is repeated; empty: nothing
     *     is written any more
     */
    void grant(DatabaseId database, ObjectId principal, Supplier<Optional<WantedAccess>> wanted);

    /**
     * Adds the deletion of an assignment to the lane, unless one for this principal already exists in it.
     *
     * @param unused evaluated once more before the deletion; false: nothing is deleted
     */
    void revoke(DatabaseId database, ObjectId principal, String assignmentName, BooleanSupplier unused);

    /**
     * Adds the deletion of an assignment that nothing explains to the lane, whichever client created it, unless a deletion for this
     * principal already exists in it.
     *
     * @param excess evaluated before every attempt; false: nothing is deleted
     */
    void revokeExcess(DatabaseId database, ObjectId principal, String assignmentName, BooleanSupplier excess);

    /** What the lane does for this principal. */
    LaneState lane(DatabaseId database, ObjectId principal);

    /** What all lanes do. */
    default LaneLoad load() {
        return LaneLoad.NONE;
    }
}
