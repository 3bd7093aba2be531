package dev.redisaccess.operator.binding.port;

import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.binding.Identification;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.WorkloadToken;
import java.time.Duration;
import java.util.Optional;

/** ServiceAccount → Kubernetes token → Entra token. Blocks, at most for the timeout; throws for no expected failure. */
public interface WorkloadTokens {

    /**
     * @param source whose token Kubernetes issues, for which identity it is exchanged, and on which way
     * @param last the way on which this workload was identified last; with {@link Federation#AUTO} it is kept until another
     *     one has succeeded
     * @param timeout over all steps
     */
    Result<WorkloadToken> tokenFor(Identification.Source source, Optional<Federation> last, Duration timeout);
}
