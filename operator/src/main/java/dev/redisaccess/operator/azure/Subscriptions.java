package dev.redisaccess.operator.azure;

import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The subscriptions by ID. Shared by the control plane, which reads the quotas, and the lanes. */
public final class Subscriptions {

    private final Clock clock;
    private final Map<String, Subscription> byId = new ConcurrentHashMap<>();

    public Subscriptions(Clock clock) {
        this.clock = clock;
    }

    Subscription of(String subscriptionId) {
        return byId.computeIfAbsent(subscriptionId.toLowerCase(Locale.ROOT), id -> new Subscription(clock));
    }
}
