package dev.redisaccess.benchmark.core;

import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.controller.pass.Report;
import dev.redisaccess.operator.status.Conditions;
import dev.redisaccess.operator.status.Readiness;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * From the findings of the steps to the conditions of an unchanged status: the end of every pass,
 * with or without a write. Constant cost.
 */
@State(Scope.Benchmark)
public class ReportedConditions {

    private Map<ConditionType, Finding> findings;
    private List<Condition> stored;

    @Setup
    public void makeReady() {
        Passes passes = new Passes(1, AssignmentOrigin.CREATED);
        Report report = passes.run(passes.binding());
        findings = report.findings();
        stored = report.status().conditions();
    }

    @Benchmark
    public List<Condition> unchanged() {
        return Conditions.of(Readiness.complete(findings), 1, stored, OneDatabase.NOW);
    }
}
