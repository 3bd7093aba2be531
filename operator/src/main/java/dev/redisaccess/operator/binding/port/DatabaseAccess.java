package dev.redisaccess.operator.binding.port;

import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseSnapshot;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.ObjectId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The Azure side of all databases: what is known, and one lane per database to change it. No call blocks: work is
 * handed over, and its end is told to the listener.
 */
public interface DatabaseAccess {

    /** Told after something changed: a reading, an operation's progress or end. Called on a thread of the lane's. */
    @FunctionalInterface
    interface Listener {
        /**
         * @param database whose
         * @param concerned the principals whose assignment or operation changed; empty if only the database itself did
         */
        void changed(DatabaseId database, Set<ObjectId> concerned);
    }

    /** Says who is told. Once, before anything else. */
    void listen(Listener listener);

    /** Watches a database from now on, and reads it again after every such period. Again with another period: that one. */
    void watch(DatabaseId database, Duration resyncPeriod);

    /** Watches no longer. What is in its lane is still finished. */
    void forget(DatabaseId database);

    /** What is known; empty before the first reading has ended. */
    Optional<DatabaseSnapshot> snapshot(DatabaseId database);

    /**
     * Puts the creation of an assignment into the lane, unless one for this principal is there already.
     *
     * @param wanted asked before every attempt, because a lane may be long and a failed attempt is repeated; false: nothing
     *     is created any more
     */
    void grant(DatabaseId database, ObjectId principal, BooleanSupplier wanted);

    /**
     * Puts the deletion of an assignment into the lane, unless one for this principal is there already.
     *
     * @param unused asked once more when the lane gets to it; false: nothing is deleted
     */
    void revoke(DatabaseId database, ObjectId principal, String assignmentName, BooleanSupplier unused);

    /** What the lane does for this principal. */
    LaneState lane(DatabaseId database, ObjectId principal);
}
