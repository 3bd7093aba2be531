package dev.redisaccess.benchmark.core;

import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.controller.pass.Report;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A whole pass over a Ready binding, from its spec to a report that equals its status. Every change of
 * an object that a binding depends on, and every verification, causes one. Grows with the bindings of its database: their assignments are
 * searched, and for an assignment that was there before the operator, which status calls adopted, the other bindings too.
 */
@State(Scope.Benchmark)
public class PassAtRest {

    @Param({"10", "100", "1000"})
    public int bindings;

    private Passes created;
    private RedisAccessBinding ofCreated;
    private Passes adopted;
    private RedisAccessBinding ofAdopted;

    @Setup
    public void makeReady() {
        created = new Passes(bindings, AssignmentOrigin.CREATED);
        ofCreated = created.binding();
        adopted = new Passes(bindings, AssignmentOrigin.ADOPTED);
        ofAdopted = adopted.binding();
    }

    @Benchmark
    public Report created() {
        return created.run(ofCreated);
    }

    @Benchmark
    public Report adopted() {
        return adopted.run(ofAdopted);
    }
}
