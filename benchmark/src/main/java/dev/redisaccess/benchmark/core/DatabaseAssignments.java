package dev.redisaccess.benchmark.core;

import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.binding.AssignmentPlan;
import dev.redisaccess.operator.binding.AssignmentPlanner;
import dev.redisaccess.operator.binding.Inventory;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.WantedAccess;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The assignments of one database: creating an inventory of a list, which every resync does, and planning one
 * principal's access with it, which every pass does. Both grow with the assignments.
 */
@State(Scope.Benchmark)
public class DatabaseAssignments {

    @Param({"10", "100", "1000"})
    public int bindings;

    private List<String> listed;
    private Inventory inventory;
    private ObjectId principal;

    @Setup
    public void read() {
        listed = IntStream.range(0, bindings)
                .mapToObj(i -> Guids.of("object", i))
                .toList();
        inventory = OneDatabase.snapshot(bindings, AssignmentOrigin.CREATED)
                .inventory()
                .orElseThrow();
        principal = OneDatabase.principal(bindings - 1).objectId();
    }

    @Benchmark
    public Inventory inventory() {
        return new Inventory(
                OneDatabase.NOW,
                listed.stream()
                        .map(objectId -> OneDatabase.assignment(objectId, AssignmentOrigin.CREATED))
                        .toList());
    }

    @Benchmark
    public AssignmentPlan plan() {
        return AssignmentPlanner.plan(
                principal, WantedAccess.full(), inventory, new LaneState.Idle(), OneDatabase.MARK);
    }
}
