package dev.redisaccess.operator.sequences;

import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.port.Answer;
import dev.redisaccess.operator.binding.port.EnvironmentPublisher;
import dev.redisaccess.operator.binding.port.ServiceBindingPublisher;

/** Takes everything: what is published is not what these tests are about. */
final class ModelPublisher implements EnvironmentPublisher, ServiceBindingPublisher {

    @Override
    public Answer<Boolean> publish(EnvironmentPublisher.Publication publication) {
        return Answer.ok(true);
    }

    @Override
    public boolean isCurrent(EnvironmentPublisher.Publication publication) {
        return true;
    }

    @Override
    public Answer<Boolean> withdraw(EnvironmentPublisher.Publication publication, String formerName) {
        return Answer.ok(true);
    }

    @Override
    public Answer<Boolean> publish(ServiceBindingPublisher.Publication publication) {
        return Answer.ok(true);
    }

    @Override
    public Answer<Boolean> withdraw(BindingKey binding, String uid) {
        return Answer.ok(true);
    }
}
