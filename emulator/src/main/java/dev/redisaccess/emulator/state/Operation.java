package dev.redisaccess.emulator.state;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One long-running operation.
 *
 * @param location the region's name, which is part of the operation's URL
 * @param startedBy object ID of the caller, which may always read it
 * @param ended when it ended
 */
public record Operation(
        UUID id,
        Kind kind,
        ArmId target,
        String location,
        String startedBy,
        OperationFate fate,
        Instant start,
        Optional<Instant> ended,
        Status status) {

    /** The kind of operation. */
    public enum Kind {
        WRITE_CLUSTER,
        DELETE_CLUSTER,
        WRITE_DATABASE,
        DELETE_DATABASE,
        REGENERATE_PRIMARY_KEY,
        REGENERATE_SECONDARY_KEY,
        FLUSH_DATABASE,
        WRITE_ASSIGNMENT,
        DELETE_ASSIGNMENT;

        boolean ofAssignment() {
            return this == WRITE_ASSIGNMENT || this == DELETE_ASSIGNMENT;
        }

        /** Whether it does not change the resource's provisioning state. */
        boolean isAction() {
            return regeneratesKey() || this == FLUSH_DATABASE;
        }

        public boolean regeneratesKey() {
            return this == REGENERATE_PRIMARY_KEY || this == REGENERATE_SECONDARY_KEY;
        }

        boolean deletes() {
            return this == DELETE_CLUSTER || this == DELETE_DATABASE || this == DELETE_ASSIGNMENT;
        }
    }

    /** As {@code operationsStatus} shows it. */
    public enum Status {
        InProgress,
        Succeeded,
        Failed
    }

    Operation endedAt(Instant time) {
        Status end = fate == OperationFate.FAILS ? Status.Failed : Status.Succeeded;
        return new Operation(id, kind, target, location, startedBy, fate, start, Optional.of(time), end);
    }

    Operation failing() {
        return new Operation(id, kind, target, location, startedBy, OperationFate.FAILS, start, ended, status);
    }

    public boolean running() {
        return status == Status.InProgress;
    }
}
