package dev.redisaccess.operator.entra;

import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import dev.redisaccess.operator.binding.WorkloadToken;
import dev.redisaccess.operator.binding.port.Deadline;
import dev.redisaccess.operator.binding.port.WorkloadTokens;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;

/**
 * Workload identity federation, as a pod does it: TokenRequest, then the exchange. Keeps nothing: no token, no
 * credential object, no thread for an identity.
 */
public final class FederatedWorkloadTokens implements WorkloadTokens {

    private final ServiceAccountAssertions assertions;
    private final EntraTokenEndpoint entra;

    /**
     * @param kubernetes who issues the ServiceAccount's token
     * @param http one client for all exchanges; its SSL context trusts the CA bundle
     * @param settings which Entra
     * @param clock for a {@code Retry-After} that is a date
     */
    public FederatedWorkloadTokens(KubernetesClient kubernetes, HttpClient http, EntraSettings settings, Clock clock) {
        this.assertions = new ServiceAccountAssertions(kubernetes);
        this.entra = new EntraTokenEndpoint(http, settings, clock);
    }

    @Override
    public Result<WorkloadToken> tokenFor(ServiceAccountKey serviceAccount, ClientId clientId, Duration timeout) {
        Deadline deadline = Deadline.after(timeout);
        Result<Assertion> assertion = assertions.assertionOf(serviceAccount, deadline);
        if (assertion instanceof Result.Ok<Assertion> ok) {
            return entra.exchange(ok.value(), clientId, deadline);
        }
        return Result.failed(((Result.Failed<Assertion>) assertion).problem());
    }
}
