package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.EnvironmentStatus;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.BindingRequest;
import dev.redisaccess.operator.binding.Database;
import dev.redisaccess.operator.binding.Outcome;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.Step;
import dev.redisaccess.operator.binding.environment.Connection;
import dev.redisaccess.operator.binding.environment.Environment;
import dev.redisaccess.operator.binding.port.Answer;
import dev.redisaccess.operator.binding.port.EnvironmentPublisher;
import java.util.Map;
import java.util.Optional;

/** Step 7 of a pass: the ConfigMap that pods read. The new one appears before a former one goes. */
public final class PublishStep {

    private final EnvironmentPublisher publisher;
    private final String scope;

    /**
     * @param scope what workloads ask Entra's token for
     */
    public PublishStep(EnvironmentPublisher publisher, String scope) {
        this.publisher = publisher;
        this.scope = scope;
    }

    Step<EnvironmentStatus> publish(BindingRequest request, Database database, Principal principal, PassState state) {
        Map<String, String> variables = Environment.variables(
                new Connection(database.endpoint(), database.clusteringPolicy(), principal, scope),
                request.environment().profiles(),
                Optional.of(request.environment().prefix()));
        String name = request.environment().configMapName();
        var publication = new EnvironmentPublisher.Publication(request.key(), request.uid(), name, variables);
        Answer<Boolean> published = publisher.publish(publication);
        if (published instanceof Answer.Failed<Boolean> failed) {
            return Step.halted(failed.problem());
        }
        EnvironmentStatus former = state.stored().environment();
        if (former != null && !former.configMapName().equals(name)) {
            Answer<Boolean> withdrawn = publisher.withdraw(publication, former.configMapName());
            if (withdrawn instanceof Answer.Failed<Boolean> failed) {
                return Step.halted(failed.problem());
            }
        }
        return Step.done(
                Outcome.holds(Reason.ENVIRONMENT_PUBLISHED, "ConfigMap '" + name + "' has the current content."),
                new EnvironmentStatus(name));
    }
}
