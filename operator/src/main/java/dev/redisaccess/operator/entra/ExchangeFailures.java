package dev.redisaccess.operator.entra;

import dev.redisaccess.operator.binding.Problem;
import java.time.Duration;
import java.util.Optional;

/** Classifies failed exchanges of one server. Pure: the same answer is always the same problem. */
interface ExchangeFailures {

    /**
     * Of an answer without a token.
     *
     * @param status of HTTP
     * @param retryAfter the delay that was asked for
     */
    Problem ofAnswer(int status, String body, Optional<Duration> retryAfter);

    /** Of an exception. */
    Problem ofException(Throwable failure);
}
