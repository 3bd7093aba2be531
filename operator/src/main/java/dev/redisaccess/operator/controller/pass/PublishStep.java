package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.EnvironmentStatus;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.ServiceBindingStatus;
import dev.redisaccess.operator.binding.BindingRequest;
import dev.redisaccess.operator.binding.DatabaseResolution;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.StepResult;
import dev.redisaccess.operator.binding.WantedAccess;
import dev.redisaccess.operator.binding.acl.AccessString;
import dev.redisaccess.operator.binding.environment.ConnectionSettings;
import dev.redisaccess.operator.binding.environment.Environment;
import dev.redisaccess.operator.binding.environment.ServiceBinding;
import dev.redisaccess.operator.binding.environment.SharedNames;
import dev.redisaccess.operator.binding.port.EnvironmentPublisher;
import dev.redisaccess.operator.binding.port.ServiceBindingPublisher;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The step of a pass that publishes what pods read: the ConfigMap and, where the binding requests one, the Secret of the
 * Service Binding specification.
 */
final class PublishStep {

    private final ClusterView cluster;
    private final EnvironmentPublisher environments;
    private final ServiceBindingPublisher serviceBindings;
    private final String redisScope;
    private final Clock clock;

    /** @param redisScope for which workloads request tokens */
    PublishStep(BindingPasses.Outside outside, String redisScope, Clock clock) {
        this.cluster = outside.cluster();
        this.environments = outside.environments();
        this.serviceBindings = outside.serviceBindings();
        this.redisScope = redisScope;
        this.clock = clock;
    }

    /**
     * Publishes only for a principal whose verification has held: when the identity changes, pods keep the environment of the
     * former one until the new one can log in. What is current already is reported in any case.
     */
    void publish(
            BindingRequest request,
            DatabaseResolution.Resolved database,
            Principal principal,
            WantedAccess access,
            PassState state,
            BindingMemory memory) {
        if (!database.read() && state.held(ConditionType.ENVIRONMENT_PUBLISHED)) {
            Finding stored = state.asStored(ConditionType.ENVIRONMENT_PUBLISHED, Reason.ENVIRONMENT_PUBLISHED);
            state.record(ConditionType.ENVIRONMENT_PUBLISHED, StepResult.done(stored, true));
            return;
        }
        boolean verified = database.read() && (!request.verification().enabled() || memory.isVerified(principal));
        if (!verified && state.stored().environment() == null) {
            return;
        }
        var connection = new ConnectionSettings(
                database.database().endpoint(),
                database.database().clusteringPolicy(),
                principal,
                redisScope,
                access.rule().flatMap(AccessString::keyPrefix));
        var publication = publication(request, connection);
        if (verified || environments.isCurrent(publication)) {
            Result<Boolean> published =
                    configMap(publication, state).flatMap(written -> secret(request, connection, state));
            report(request, published, state);
        }
    }

    static EnvironmentPublisher.Publication publication(BindingRequest request, ConnectionSettings connection) {
        return new EnvironmentPublisher.Publication(
                request.key(),
                request.uid(),
                request.environment().configMapName(),
                Environment.variables(
                        connection,
                        request.environment().profiles(),
                        Optional.of(request.environment().prefix())));
    }

    /** The new ConfigMap exists before a former one is removed. */
    private Result<Boolean> configMap(EnvironmentPublisher.Publication publication, PassState state) {
        String name = publication.configMapName();
        Result<Boolean> published = environments.publish(publication);
        if (published.toProblem().isPresent()) {
            return published;
        }
        Set<String> formerNames = new TreeSet<>(environments.strays(publication));
        Optional.ofNullable(state.stored().environment())
                .map(EnvironmentStatus::configMapName)
                .filter(former -> !former.equals(name))
                .ifPresent(formerNames::add);
        for (String former : formerNames) {
            Result<Boolean> removed = environments.remove(publication, former);
            if (removed.toProblem().isPresent()) {
                return removed;
            }
        }
        state.environment(new EnvironmentStatus(name));
        return published;
    }

    /** Status names the Secret only while it exists. */
    private Result<Boolean> secret(BindingRequest request, ConnectionSettings connection, PassState state) {
        boolean wanted = request.environment().serviceBinding();
        if (!wanted && state.stored().binding() == null) {
            return Result.ok(false);
        }
        Result<Boolean> result = wanted
                ? serviceBindings.publish(new ServiceBindingPublisher.Publication(
                        request.key(), request.uid(), ServiceBinding.entries(connection)))
                : serviceBindings.remove(request.key(), request.uid());
        if (result.toProblem().isEmpty()) {
            state.serviceBinding(wanted ? new ServiceBindingStatus(request.key().name()) : null);
        }
        return result;
    }

    private void report(BindingRequest request, Result<Boolean> published, PassState state) {
        if (published.toProblem().isPresent()) {
            Instant now = clock.instant();
            Duration failing = state.failingFor(ConditionType.ENVIRONMENT_PUBLISHED, now);
            state.schedule(
                    NextPass.publication(now, failing, request.verification().period()));
        }
        state.record(
                ConditionType.ENVIRONMENT_PUBLISHED,
                published.fold(written -> StepResult.done(holding(request), true), StepResult::<Boolean>halted));
    }

    private Finding holding(BindingRequest request) {
        return Finding.of(
                Reason.ENVIRONMENT_PUBLISHED,
                "ConfigMap `" + request.environment().configMapName() + "` has the current content."
                        + SharedNames.notice(request, cluster.bindingsOf(request.serviceAccount()))
                                .map(text -> " " + text)
                                .orElse(""));
    }
}
