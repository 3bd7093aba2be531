package dev.redisaccess.emulator.state;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the state's changes to the Redis side, in order. Whoever calls {@link #settle} returns after everything that
 * was due by then has arrived, so that a client that reads {@code Succeeded} finds the user there.
 */
public final class DataPlaneFeed {

    private static final Logger LOG = LoggerFactory.getLogger(DataPlaneFeed.class);

    private final RedisResources resources;
    private final DataPlane plane;
    private final EffectiveAccess access;

    public DataPlaneFeed(RedisResources resources, DataPlane plane, EffectiveAccess access) {
        this.resources = resources;
        this.plane = plane;
        this.access = access;
    }

    /** Lets happen what is due and tells the Redis side. */
    public synchronized void settle() {
        for (DataPlaneChange change : resources.drainChanges()) {
            try {
                apply(change);
            } catch (RuntimeException e) {
                LOG.error("the Redis side of {} failed", change.database(), e);
                resources.databaseFailed(change.database());
            }
        }
    }

    /**
     * Starts the databases that are there from the beginning.
     *
     * @throws RuntimeException when one of them does not start
     */
    public synchronized void start() {
        resources.drainChanges().forEach(this::apply);
    }

    private void grant(DataPlaneChange.Granted granted) {
        try {
            plane.grant(granted.database(), granted.objectId(), granted.accessString());
            access.grant(granted.database(), granted.objectId());
        } catch (IllegalArgumentException e) {
            resources.accessRefused(granted, e.getMessage());
        }
    }

    private void apply(DataPlaneChange change) {
        if (change instanceof DataPlaneChange.DatabaseUp up) {
            resources.listensOn(up.database(), plane.up(up.settings(), up.hostName()));
        } else if (change instanceof DataPlaneChange.DatabaseDown down) {
            plane.down(down.database());
        } else if (change instanceof DataPlaneChange.Granted granted) {
            grant(granted);
        } else if (change instanceof DataPlaneChange.Flushed flushed) {
            plane.flush(flushed.database());
        } else if (change instanceof DataPlaneChange.Revoked revoked) {
            access.revoke(revoked.database(), revoked.objectId()); // first, so that no login slips in between
            plane.revoke(revoked.database(), revoked.objectId());
        }
    }
}
