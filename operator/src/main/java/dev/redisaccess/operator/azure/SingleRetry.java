package dev.redisaccess.operator.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.FixedDelay;
import com.azure.core.http.policy.RequestRetryCondition;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.http.policy.RetryStrategy;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * One quick retry, and none where the server asks for a delay: azure-core's RetryPolicy (1.61) would sleep that long in the
 * calling thread.
 */
final class SingleRetry implements RetryStrategy {

    private final FixedDelay delay;
    private final Predicate<RequestRetryCondition> retriable;

    private SingleRetry(Duration delay, Predicate<RequestRetryCondition> retriable) {
        this.delay = new FixedDelay(1, delay);
        this.retriable = retriable;
    }

    /** For Azure Resource Manager: a read that a gateway lost. The lane repeats everything else. */
    static RetryPolicy ofReads() {
        return new RetryPolicy(new SingleRetry(
                Duration.ofMillis(250),
                condition -> failed(condition.getResponse())
                        && "GET"
                                .equals(condition
                                        .getResponse()
                                        .getRequest()
                                        .getHttpMethod()
                                        .toString())));
    }

    /** For the operator's own credential: any request. azure-identity's default spends six seconds on a refused connection. */
    static RetryPolicy ofTokens() {
        return new RetryPolicy(new SingleRetry(
                Duration.ofMillis(500),
                condition -> condition.getThrowable() != null || failed(condition.getResponse())));
    }

    @Override
    public int getMaxRetries() {
        return delay.getMaxRetries();
    }

    @Override
    public Duration calculateRetryDelay(int retryAttempts) {
        return delay.calculateRetryDelay(retryAttempts);
    }

    @Override
    public boolean shouldRetryCondition(RequestRetryCondition condition) {
        return retriable.test(condition);
    }

    private static boolean failed(HttpResponse response) {
        return response != null
                && response.getStatusCode() >= 500
                && response.getHeaderValue(HttpHeaderName.RETRY_AFTER) == null;
    }
}
