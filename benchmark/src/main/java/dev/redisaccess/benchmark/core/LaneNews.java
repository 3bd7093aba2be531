package dev.redisaccess.benchmark.core;

import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.controller.pass.BindingsByIdentity;
import java.util.List;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The bindings that a change of one principal affects. A lane reports every operation twice or more, when it begins and when it
 * ends, and each report searches all bindings of the database: this cost is per binding, so for all bindings of
 * a database it grows with the square of their number.
 */
@State(Scope.Benchmark)
public class LaneNews {

    @Param({"10", "100", "1000"})
    public int bindings;

    private final DatabaseId database = OneDatabase.id();
    private BindingsByIdentity peers;
    private Set<ObjectId> principals;

    @Setup
    public void makeReady() {
        peers = new Passes(bindings, AssignmentOrigin.CREATED).peers();
        principals = Set.of(OneDatabase.principal(bindings - 1).objectId());
    }

    @Benchmark
    public List<RedisAccessBinding> concerned() {
        return peers.concerned(database, principals).toList();
    }
}
