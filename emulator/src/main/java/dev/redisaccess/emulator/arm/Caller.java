package dev.redisaccess.emulator.arm;

/** Who calls, as the bearer token says. */
record Caller(String objectId, String clientId) {}
