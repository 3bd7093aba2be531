package dev.redisaccess.operator.sequences;

import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.port.EnvironmentPublisher;
import dev.redisaccess.operator.binding.port.ServiceBindingPublisher;

/** Accepts everything: models do not cover publishing. */
public final class ModelPublisher implements EnvironmentPublisher, ServiceBindingPublisher {

    @Override
    public Result<Boolean> publish(EnvironmentPublisher.Publication publication) {
        return Result.ok(true);
    }

    @Override
    public boolean isCurrent(EnvironmentPublisher.Publication publication) {
        return true;
    }

    @Override
    public Result<Boolean> remove(EnvironmentPublisher.Publication publication, String formerName) {
        return Result.ok(true);
    }

    @Override
    public Result<Boolean> publish(ServiceBindingPublisher.Publication publication) {
        return Result.ok(true);
    }

    @Override
    public Result<Boolean> remove(BindingKey binding, String uid) {
        return Result.ok(true);
    }
}
