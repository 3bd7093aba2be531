package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.ServiceBindingStatus;
import dev.redisaccess.operator.binding.BindingRequest;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.environment.Connection;
import dev.redisaccess.operator.binding.environment.ServiceBinding;
import dev.redisaccess.operator.binding.port.ServiceBindingPublisher;
import java.util.Optional;

/** The second half of step 7: the Secret of the Service Binding specification, where a binding asks for it. */
public final class ServiceBindingStep {

    private final ServiceBindingPublisher publisher;

    public ServiceBindingStep(ServiceBindingPublisher publisher) {
        this.publisher = publisher;
    }

    /** Status names the Secret only while it is there. What is wrong, if it could not be made or removed. */
    Optional<Problem> publish(BindingRequest request, Connection connection, PassState state) {
        if (!request.environment().serviceBinding()) {
            return state.stored().binding() == null ? Optional.empty() : withdraw(request, state);
        }
        Result<Boolean> published = publisher.publish(new ServiceBindingPublisher.Publication(
                request.key(), request.uid(), ServiceBinding.entries(connection)));
        if (published instanceof Result.Failed<Boolean> failed) {
            return Optional.of(failed.problem());
        }
        state.serviceBinding(new ServiceBindingStatus(request.key().name()));
        return Optional.empty();
    }

    private Optional<Problem> withdraw(BindingRequest request, PassState state) {
        if (publisher.withdraw(request.key(), request.uid()) instanceof Result.Failed<Boolean> failed) {
            return Optional.of(failed.problem());
        }
        state.serviceBinding(null);
        return Optional.empty();
    }
}
