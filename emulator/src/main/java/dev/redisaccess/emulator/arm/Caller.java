package dev.redisaccess.emulator.arm;

/** The principal of the bearer token. */
record Caller(String objectId, String clientId) {}
