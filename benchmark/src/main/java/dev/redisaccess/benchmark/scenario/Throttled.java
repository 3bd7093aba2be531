package dev.redisaccess.benchmark.scenario;

import dev.redisaccess.emulator.fault.FaultAction;
import dev.redisaccess.emulator.fault.FaultRule;
import dev.redisaccess.emulator.fault.Faults;
import dev.redisaccess.emulator.fault.Service;
import dev.redisaccess.testbed.Platform;
import java.util.Map;

/** Until it is closed, Azure Resource Manager refuses every n-th request with 429. */
final class Throttled implements AutoCloseable {

    /** Each rule refuses one request and is then used up: enough for eight thousand requests at every twentieth. */
    private static final int RULES = 400;

    private final Faults faults;

    private Throttled(Faults faults) {
        this.faults = faults;
    }

    static Throttled every(int n, Platform platform) {
        Faults faults = platform.azure().emulator().faults();
        FaultAction refusal =
                new FaultAction(429, null, Map.of("Retry-After", "1"), 0, false, false, false, false, false, 0);
        // A rule counts only requests that the rules before it pass: each begins to count when the one before is used
        // up.
        for (int i = 0; i < RULES; i++) {
            faults.add(new FaultRule(Service.ARM, null, null, null, (n - 1) * (i + 1), 1, refusal));
        }
        return new Throttled(faults);
    }

    /** The number of refused requests. */
    long refused() {
        return faults.active().stream().mapToLong(Faults.Active::hit).sum();
    }

    @Override
    public void close() {
        faults.clear();
    }
}
