package dev.redisaccess.emulator.state;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the state's changes to the Redis side, in order. {@link #settle} returns after every change that
 * was due by then is applied, so that a client that reads {@code Succeeded} can log in.
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

    /** Applies everything that is due, also to the Redis side. */
    public synchronized void settle() {
        for (DataPlaneChange change : resources.drainChanges()) {
            try {
                apply(change);
            } catch (RuntimeException e) {
                LOG.error("The Redis side of {} failed.", change.database(), e);
                resources.databaseFailed(change.database());
            }
        }
    }

    /**
     * Starts the databases of the initial state.
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
            access.revoke(revoked.database(), revoked.objectId()); // first, so that no login succeeds in between
            plane.revoke(revoked.database(), revoked.objectId());
        }
    }
}
