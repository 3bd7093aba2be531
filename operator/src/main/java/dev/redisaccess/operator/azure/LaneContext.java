package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.port.ControlPlane;
import java.time.Clock;

/**
 * What the operations on one database work with.
 *
 * @param database whose lane it is
 * @param controlPlane who is asked
 * @param known what is known, and what the operations change
 * @param reader reads all of them
 * @param mark of this installation
 * @param subscription who else calls in it, and until when nobody may
 * @param clock the time
 * @param creates how long creations take on this database
 * @param deletes how long deletions take on this database
 */
record LaneContext(
        DatabaseId database,
        ControlPlane controlPlane,
        KnownAssignments known,
        InventoryReader reader,
        OwnerMark mark,
        Subscription subscription,
        Clock clock,
        LearnedDuration creates,
        LearnedDuration deletes) {}
