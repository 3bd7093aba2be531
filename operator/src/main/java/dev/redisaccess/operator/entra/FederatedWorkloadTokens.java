package dev.redisaccess.operator.entra;

import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Identification;
import dev.redisaccess.operator.binding.IdentityBindingRule;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.WorkloadToken;
import dev.redisaccess.operator.binding.port.Deadline;
import dev.redisaccess.operator.binding.port.Telemetry;
import dev.redisaccess.operator.binding.port.Telemetry.TokenCall;
import dev.redisaccess.operator.binding.port.WorkloadTokens;
import dev.redisaccess.operator.http.TokenProxy;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Workload identity federation, as in a pod: TokenRequest, then the exchange, at Entra or at the cluster's token proxy. Keeps
 * nothing: no token, no credential object, no thread for an identity.
 */
public final class FederatedWorkloadTokens implements WorkloadTokens {

    private final ServiceAccountAssertions assertions;
    private final IdentityBindingAuthorization authorization;
    private final EntraSettings settings;
    private final EntraTokenEndpoint entra;
    private final Optional<TokenProxy> proxy;
    private final Optional<EntraTokenEndpoint> atProxy;
    private final Telemetry telemetry;
    private final Clock clock;

    /**
     * @param kubernetes issues the ServiceAccount's token
     * @param http one client for all exchanges at Entra; its SSL context trusts the CA bundle
     * @param settings of Entra
     * @param proxy of the cluster; empty: there are no identity bindings
     * @param telemetry gets the duration of each call
     * @param clock for a {@code Retry-After} that is a date, and the durations
     */
    public FederatedWorkloadTokens(
            KubernetesClient kubernetes,
            HttpClient http,
            EntraSettings settings,
            Optional<TokenProxy> proxy,
            Telemetry telemetry,
            Clock clock) {
        this.assertions = new ServiceAccountAssertions(kubernetes);
        this.authorization = new IdentityBindingAuthorization(kubernetes);
        this.settings = settings;
        this.entra = new EntraTokenEndpoint(http, settings, clock);
        this.proxy = proxy;
        this.atProxy = proxy.map(known -> new EntraTokenEndpoint(known, settings, clock));
        this.telemetry = telemetry;
        this.clock = clock;
    }

    @Override
    public Result<WorkloadToken> tokenFor(Identification.Source source, Optional<Federation> last, Duration timeout) {
        Deadline deadline = Deadline.after(timeout);
        return switch (source.federation()) {
            case DIRECT -> direct(source, deadline, "");
            case IDENTITY_BINDING -> byIdentityBinding(source, deadline);
            case AUTO -> auto(source, last, deadline);
        };
    }

    /**
     * The way on which the workload was identified last stays, until the other one is set up and has succeeded: so neither a
     * permission that is removed nor an identity binding that is created later changes an identity that works.
     */
    private Result<WorkloadToken> auto(Identification.Source source, Optional<Federation> last, Deadline deadline) {
        boolean bound = last.filter(Federation.IDENTITY_BINDING::equals).isPresent();
        if (bound) {
            return byIdentityBinding(source, deadline);
        }
        if (!allows(rule(source), deadline).orElse(false)) {
            return direct(
                    source,
                    deadline,
                    " If the identity has an identity binding in this cluster instead, set `spec.federation` to"
                            + " `IdentityBinding`: the condition then has the permission that is missing.");
        }
        Result<WorkloadToken> first = byIdentityBinding(source, deadline);
        if (first.toOptional().isPresent()) {
            return first;
        }
        // A ServiceAccount with wide permissions may have this one also, without an identity binding.
        Result<WorkloadToken> second = direct(source, deadline, "");
        return second.toOptional().isPresent() ? second : first;
    }

    private Result<WorkloadToken> direct(Identification.Source source, Deadline deadline, String otherWay) {
        return assertion(source, Federation.DIRECT, deadline)
                .flatMap(assertion -> measured(
                        TokenCall.TOKEN_EXCHANGE,
                        () -> entra.exchange(
                                assertion,
                                source.clientId(),
                                new EntraFailures(
                                        settings, assertion, source.clientId().value(), otherWay),
                                deadline)));
    }

    private Result<WorkloadToken> byIdentityBinding(Identification.Source source, Deadline deadline) {
        TokenProxy reached = proxy.orElseThrow(() -> new IllegalStateException("there is no token proxy"));
        return assertion(source, Federation.IDENTITY_BINDING, deadline)
                .flatMap(assertion -> measured(TokenCall.TOKEN_EXCHANGE, () -> atProxy.orElseThrow()
                        .exchange(
                                assertion,
                                source.clientId(),
                                new TokenProxyFailures(reached, settings, assertion, source.clientId()),
                                deadline)))
                .fold(Result::ok, problem -> Result.failed(explained(problem, source, deadline)));
    }

    /** A refusal of the proxy alone does not say whether a permission is missing: Kubernetes does. */
    private Problem explained(Problem problem, Identification.Source source, Deadline deadline) {
        IdentityBindingRule rule = rule(source);
        boolean refused =
                problem.reason() == Reason.TOKEN_PROXY_REFUSED || problem.reason() == Reason.IDENTITY_BINDING_MISSING;
        return refused && !allows(rule, deadline).orElse(true) ? notAuthorized(rule) : problem;
    }

    private Result<Assertion> assertion(Identification.Source source, Federation federation, Deadline deadline) {
        return measured(
                TokenCall.TOKEN_REQUEST, () -> assertions.assertionOf(source.serviceAccount(), federation, deadline));
    }

    private <T> Result<T> measured(TokenCall kind, Supplier<Result<T>> call) {
        return Telemetry.measured(clock, call, (took, problem) -> telemetry.tokenCallEnded(kind, took, problem));
    }

    private Optional<Boolean> allows(IdentityBindingRule rule, Deadline deadline) {
        Instant started = clock.instant();
        Optional<Boolean> allowed = authorization.allows(rule, deadline);
        telemetry.tokenCallEnded(TokenCall.ACCESS_REVIEW, Duration.between(started, clock.instant()), Optional.empty());
        return allowed;
    }

    private static Problem notAuthorized(IdentityBindingRule rule) {
        String account = "ServiceAccount `" + rule.serviceAccount().name() + "` in namespace `"
                + rule.serviceAccount().namespace() + "`";
        String whole = account + " may not use the identity `" + rule.clientId()
                + "` by its identity binding. If it is to use it, the platform team must apply: `" + rule.manifest()
                + "`.";
        return Problem.of(
                Reason.IDENTITY_BINDING_NOT_AUTHORIZED,
                whole.length() <= Problem.MAX_MESSAGE
                        ? whole
                        : account + " may not use the identity `" + rule.clientId() + "` by its identity binding. A"
                                + " ClusterRole, bound to it with a ClusterRoleBinding, must have the rule `"
                                + rule.rule()
                                + "`.");
    }

    private static IdentityBindingRule rule(Identification.Source source) {
        return new IdentityBindingRule(source.serviceAccount(), source.clientId());
    }
}
