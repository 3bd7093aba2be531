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
 * Workload identity federation, as in a pod: TokenRequest, then the exchange. Keeps nothing: no token, no credential object, no
 * thread for an identity.
 */
public final class FederatedWorkloadTokens implements WorkloadTokens {

    private final ServiceAccountAssertions assertions;
    private final EntraTokenEndpoint entra;

    /**
     * @param kubernetes issues the ServiceAccount's token
     * @param http one client for all exchanges; its SSL context trusts the CA bundle
     * @param settings of Entra
     * @param clock for a {@code Retry-After} that is a date
     */
    public FederatedWorkloadTokens(KubernetesClient kubernetes, HttpClient http, EntraSettings settings, Clock clock) {
        this.assertions = new ServiceAccountAssertions(kubernetes);
        this.entra = new EntraTokenEndpoint(http, settings, clock);
    }

    @Override
    public Result<WorkloadToken> tokenFor(ServiceAccountKey serviceAccount, ClientId clientId, Duration timeout) {
        Deadline deadline = Deadline.after(timeout);
        return assertions
                .assertionOf(serviceAccount, deadline)
                .flatMap(assertion -> entra.exchange(assertion, clientId, deadline));
    }
}
