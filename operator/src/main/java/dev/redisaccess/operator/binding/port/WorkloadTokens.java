package dev.redisaccess.operator.binding.port;

import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import dev.redisaccess.operator.binding.WorkloadToken;
import java.time.Duration;

/** ServiceAccount → Kubernetes token → Entra token. Blocks, at most for the timeout; never throws for what they say. */
public interface WorkloadTokens {

    /**
     * @param serviceAccount whose token is asked of Kubernetes
     * @param clientId the identity that it is exchanged for
     * @param timeout over both steps
     */
    Result<WorkloadToken> tokenFor(ServiceAccountKey serviceAccount, ClientId clientId, Duration timeout);
}
