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
 * One quick second attempt, and none where the server asks to wait: azure-core's RetryPolicy (1.61) would sleep for as long
 * as the server asks, in the calling thread.
 */
final class SingleRetry implements RetryStrategy {

    private final FixedDelay delay;
    private final Predicate<RequestRetryCondition> worthIt;

    private SingleRetry(Duration delay, Predicate<RequestRetryCondition> worthIt) {
        this.delay = new FixedDelay(1, delay);
        this.worthIt = worthIt;
    }

    /** For ARM: a read that a gateway lost. All else is tried again by the lane, which knows more. */
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
        return worthIt.test(condition);
    }

    private static boolean failed(HttpResponse response) {
        return response != null
                && response.getStatusCode() >= 500
                && response.getHeaderValue(HttpHeaderName.RETRY_AFTER) == null;
    }
}
