package dev.redisaccess.operator.telemetry;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.port.Telemetry;
import java.time.Duration;
import java.util.Optional;

/** Metrics, and traces where they are on: both get every call. */
public record CombinedTelemetry(Telemetry metrics, Telemetry traces) implements Telemetry {

    @Override
    public void passStarted(RedisAccessBinding binding) {
        metrics.passStarted(binding);
        traces.passStarted(binding);
    }

    @Override
    public void statusWritten(RedisAccessBinding binding, Finding ready) {
        metrics.statusWritten(binding, ready);
        traces.statusWritten(binding, ready);
    }

    @Override
    public void released(BindingKey binding) {
        metrics.released(binding);
        traces.released(binding);
    }

    @Override
    public void workStarted(BindingKey binding, WorkKind kind, Duration waited) {
        metrics.workStarted(binding, kind, waited);
        traces.workStarted(binding, kind, waited);
    }

    @Override
    public void workEnded(BindingKey binding, WorkKind kind, Optional<Reason> problem) {
        metrics.workEnded(binding, kind, problem);
        traces.workEnded(binding, kind, problem);
    }

    @Override
    public void grantAwaited(BindingKey binding, DatabaseId database, ObjectId principal) {
        metrics.grantAwaited(binding, database, principal);
        traces.grantAwaited(binding, database, principal);
    }

    @Override
    public void operationStepStarted(DatabaseId database, ObjectId principal, LaneState.Kind kind) {
        metrics.operationStepStarted(database, principal, kind);
        traces.operationStepStarted(database, principal, kind);
    }

    @Override
    public void operationStepEnded() {
        metrics.operationStepEnded();
        traces.operationStepEnded();
    }

    @Override
    public void operationEnded(DatabaseId database, ObjectId principal, LaneState.Kind kind, Optional<Reason> problem) {
        metrics.operationEnded(database, principal, kind, problem);
        traces.operationEnded(database, principal, kind, problem);
    }

    @Override
    public void azureCallEnded(AzureCall call, Duration took, Optional<Reason> problem) {
        metrics.azureCallEnded(call, took, problem);
        traces.azureCallEnded(call, took, problem);
    }

    @Override
    public void tokenCallEnded(TokenCall call, Duration took, Optional<Reason> problem) {
        metrics.tokenCallEnded(call, took, problem);
        traces.tokenCallEnded(call, took, problem);
    }

    @Override
    public void tokenRequested(Duration took, Optional<Reason> problem) {
        metrics.tokenRequested(took, problem);
        traces.tokenRequested(took, problem);
    }

    @Override
    public void verificationEnded(Duration took, Optional<Reason> problem) {
        metrics.verificationEnded(took, problem);
        traces.verificationEnded(took, problem);
    }

    @Override
    public void operationSucceeded(LaneState.Kind kind, Duration took) {
        metrics.operationSucceeded(kind, took);
        traces.operationSucceeded(kind, took);
    }

    @Override
    public void operationFailed(LaneState.Kind kind, Reason reason) {
        metrics.operationFailed(kind, reason);
        traces.operationFailed(kind, reason);
    }

    @Override
    public void readingEnded(Optional<Reason> problem, Duration took) {
        metrics.readingEnded(problem, took);
        traces.readingEnded(problem, took);
    }

    @Override
    public void paused(Duration pause) {
        metrics.paused(pause);
        traces.paused(pause);
    }
}
