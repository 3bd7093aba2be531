package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.binding.port.Telemetry;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The subscriptions by ID. Shared by the control plane, which reads the quotas, and the lanes. */
public final class Subscriptions {

    private final Clock clock;
    private final Telemetry telemetry;
    private final Map<String, Subscription> byId = new ConcurrentHashMap<>();

    /** @param telemetry gets their pauses */
    public Subscriptions(Clock clock, Telemetry telemetry) {
        this.clock = clock;
        this.telemetry = telemetry;
    }

    Subscription of(String subscriptionId) {
        return byId.computeIfAbsent(
                subscriptionId.toLowerCase(Locale.ROOT), id -> new Subscription(clock, telemetry::paused));
    }

    /** To how many nothing may be sent at this moment. */
    int paused() {
        return (int) byId.values().stream()
                .filter(subscription -> !subscription.pausedFor().isZero())
                .count();
    }
}
