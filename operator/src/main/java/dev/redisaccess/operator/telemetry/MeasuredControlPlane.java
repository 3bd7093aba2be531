package dev.redisaccess.operator.telemetry;

import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.Database;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.acl.AccessString;
import dev.redisaccess.operator.binding.port.ControlPlane;
import dev.redisaccess.operator.binding.port.Telemetry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A control plane whose calls are measured. */
public record MeasuredControlPlane(ControlPlane plane, Telemetry telemetry, Clock clock) implements ControlPlane {

    @Override
    public Result<Database> readDatabase(DatabaseId id) {
        return measured(Telemetry.AzureCall.READ_DATABASE, () -> plane.readDatabase(id));
    }

    @Override
    public Result<List<Assignment>> listAssignments(DatabaseId id) {
        return measured(Telemetry.AzureCall.LIST_ASSIGNMENTS, () -> plane.listAssignments(id));
    }

    @Override
    public Result<Optional<Assignment>> readAssignment(DatabaseId id, String assignmentName) {
        return measured(Telemetry.AzureCall.READ_ASSIGNMENT, () -> plane.readAssignment(id, assignmentName));
    }

    @Override
    public Result<Assignment> writeAssignment(
            DatabaseId id, String assignmentName, ObjectId objectId, Optional<AccessString> accessString) {
        return measured(
                Telemetry.AzureCall.WRITE_ASSIGNMENT,
                () -> plane.writeAssignment(id, assignmentName, objectId, accessString));
    }

    @Override
    public Result<Boolean> deleteAssignment(DatabaseId id, String assignmentName) {
        return measured(Telemetry.AzureCall.DELETE_ASSIGNMENT, () -> plane.deleteAssignment(id, assignmentName));
    }

    private <T> Result<T> measured(Telemetry.AzureCall kind, Supplier<Result<T>> call) {
        return Telemetry.measured(clock, call, (took, problem) -> telemetry.azureCallEnded(kind, took, problem));
    }
}
