package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.EnvironmentStatus;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.BindingRequest;
import dev.redisaccess.operator.binding.Database;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.StepResult;
import dev.redisaccess.operator.binding.environment.Connection;
import dev.redisaccess.operator.binding.environment.Environment;
import dev.redisaccess.operator.binding.port.EnvironmentPublisher;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** StepResult 7 of a pass: the ConfigMap that pods read. The new one appears before a former one goes. */
public final class PublishStep {

    /** What is in the way is often removed by hand, within moments; nothing wakes the binding for it. */
    private static final Duration FIRST_RETRY = Duration.ofSeconds(10);

    private final EnvironmentPublisher publisher;
    private final ServiceBindingStep serviceBinding;
    private final String scope;

    /**
     * @param scope what workloads ask Entra's token for
     */
    public PublishStep(EnvironmentPublisher publisher, ServiceBindingStep serviceBinding, String scope) {
        this.publisher = publisher;
        this.serviceBinding = serviceBinding;
        this.scope = scope;
    }

    /**
     * @param notice for the message that it is published
     * @param verified whether the principal may be published; else nothing is written
     * @return empty: it was not verified, and what is published is not its environment
     */
    Optional<StepResult<EnvironmentStatus>> publish(
            BindingRequest request,
            Database database,
            Principal principal,
            Optional<String> notice,
            PassState state,
            boolean verified) {
        var connection = new Connection(database.endpoint(), database.clusteringPolicy(), principal, scope);
        Map<String, String> variables = Environment.variables(
                connection,
                request.environment().profiles(),
                Optional.of(request.environment().prefix()));
        var publication = new EnvironmentPublisher.Publication(
                request.key(), request.uid(), request.environment().configMapName(), variables);
        if (!verified && !publisher.isCurrent(publication)) {
            return Optional.empty();
        }
        return Optional.of(publish(request, publication, connection, notice, state));
    }

    private StepResult<EnvironmentStatus> publish(
            BindingRequest request,
            EnvironmentPublisher.Publication publication,
            Connection connection,
            Optional<String> notice,
            PassState state) {
        String name = publication.configMapName();
        Result<Boolean> published = publisher.publish(publication);
        if (published instanceof Result.Failed<Boolean> failed) {
            return StepResult.halted(failed.problem());
        }
        Set<String> formerNames = new TreeSet<>(publisher.strays(publication));
        Optional.ofNullable(state.stored().environment())
                .map(EnvironmentStatus::configMapName)
                .filter(former -> !former.equals(name))
                .ifPresent(formerNames::add);
        for (String former : formerNames) {
            Result<Boolean> withdrawn = publisher.withdraw(publication, former);
            if (withdrawn instanceof Result.Failed<Boolean> failed) {
                return StepResult.halted(failed.problem());
            }
        }
        state.environment(new EnvironmentStatus(name));
        Optional<Problem> withoutSecret = serviceBinding.publish(request, connection, state);
        if (withoutSecret.isPresent()) {
            return StepResult.halted(withoutSecret.get());
        }
        return StepResult.done(
                Finding.of(
                        Reason.ENVIRONMENT_PUBLISHED,
                        "ConfigMap `" + name + "` has the current content."
                                + notice.map(text -> " " + text).orElse("")),
                new EnvironmentStatus(name));
    }

    /**
     * How long to wait after a publication that failed: as long again as it has failed already.
     *
     * @param failing for how long it has
     * @param limit never longer
     */
    static Duration retryAfter(Duration failing, Duration limit) {
        Duration wait = failing.compareTo(limit) < 0 ? failing : limit;
        return wait.compareTo(FIRST_RETRY) < 0 ? FIRST_RETRY : wait;
    }
}
