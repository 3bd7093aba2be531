package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.binding.Finding;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What one pass came to.
 *
 * @param findings every condition, in order
 * @param status what status shall say
 * @param lookAgain when this binding is to be looked at again if nothing wakes it before
 */
public record Report(
        Map<ConditionType, Finding> findings, RedisAccessBindingStatus status, Optional<Instant> lookAgain) {}
