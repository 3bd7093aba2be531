package dev.redisaccess.operator.azure;

import java.time.Duration;
import java.util.Optional;

/**
 * An error as ARM answers it.
 *
 * @param status the HTTP status
 * @param code ARM's error code; empty text if the body was not ARM's, as from a gateway
 * @param message ARM's sentence; empty text if there was none
 * @param retryAfter what ARM asked us to wait
 */
record ArmError(int status, String code, String message, Optional<Duration> retryAfter) {}
