package dev.redisaccess.operator.leadership;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.Database;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.acl.AccessString;
import dev.redisaccess.operator.binding.port.ControlPlane;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A control plane that refuses writes while the fence is closed. Reads are always allowed. */
public record FencedControlPlane(ControlPlane plane, BooleanSupplier open) implements ControlPlane {

    @Override
    public Result<Database> readDatabase(DatabaseId id) {
        return plane.readDatabase(id);
    }

    @Override
    public Result<List<Assignment>> listAssignments(DatabaseId id) {
        return plane.listAssignments(id);
    }

    @Override
    public Result<Optional<Assignment>> readAssignment(DatabaseId id, String assignmentName) {
        return plane.readAssignment(id, assignmentName);
    }

    @Override
    public Result<Assignment> writeAssignment(
            DatabaseId id, String assignmentName, ObjectId objectId, Optional<AccessString> accessString) {
        return open.getAsBoolean()
                ? plane.writeAssignment(id, assignmentName, objectId, accessString)
                : Result.failed(closed());
    }

    @Override
    public Result<Boolean> deleteAssignment(DatabaseId id, String assignmentName) {
        return open.getAsBoolean() ? plane.deleteAssignment(id, assignmentName) : Result.failed(closed());
    }

    private static Problem closed() {
        return Problem.of(
                Reason.AZURE_UNAVAILABLE,
                "The operator's process was paused for some seconds. Changes in Azure are blocked until its leadership is"
                        + " confirmed, and then continue automatically.");
    }
}
