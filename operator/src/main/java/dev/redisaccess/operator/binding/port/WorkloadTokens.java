package dev.redisaccess.operator.binding.port;

import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import dev.redisaccess.operator.binding.WorkloadToken;
import java.time.Duration;

/** ServiceAccount → Kubernetes token → Entra token. Blocks, at most for the timeout; throws for no expected failure. */
public interface WorkloadTokens {

    /**
     * @param serviceAccount whose token Kubernetes issues
     * @param clientId the identity for which it is exchanged
     * @param timeout over both steps
     */
    Result<WorkloadToken> tokenFor(ServiceAccountKey serviceAccount, ClientId clientId, Duration timeout);
}
