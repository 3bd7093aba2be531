package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.binding.Finding;
import java.util.Map;
import java.util.Optional;

/**
 * The result of one pass: all that its caller acts on.
 *
 * @param findings every condition, in order
 * @param status with these findings
 * @param write whether the status is to be written now: it differs from the stored one, and is not expected to differ again
 *     within moments ({@link StatusWritePolicy})
 * @param nextPass when the next pass is due
 * @param released why the finalizer may be removed; empty: it stays
 */
public record PassResult(
        Map<ConditionType, Finding> findings,
        RedisAccessBindingStatus status,
        boolean write,
        NextPass nextPass,
        Optional<String> released) {

    PassResult postponed(NextPass until) {
        return new PassResult(findings, status, false, nextPass.or(until), released);
    }
}
