package dev.redisaccess.emulator.state;

import java.time.Clock;

/**
 * The state of the emulated Azure.
 *
 * @param tenantId the one tenant
 */
public record AzureState(
        String tenantId,
        SubscriptionStore subscriptions,
        RedisResources redis,
        Directory directory,
        AccessControl accessControl) {

    public static AzureState empty(String tenantId, Clock clock, Delays delays) {
        return new AzureState(
                tenantId,
                new SubscriptionStore(),
                new RedisResources(clock, delays),
                new Directory(),
                new AccessControl());
    }
}
