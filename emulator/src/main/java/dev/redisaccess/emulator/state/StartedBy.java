package dev.redisaccess.emulator.state;

/**
 * The caller that starts an operation, and the intended end of the operation.
 *
 * @param objectId of the caller
 */
public record StartedBy(String objectId, OperationFate fate) {}
