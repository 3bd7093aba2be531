package dev.redisaccess.emulator.state;

/**
 * Who starts an operation, and how it is meant to end.
 *
 * @param objectId of the caller
 */
public record StartedBy(String objectId, OperationFate fate) {}
