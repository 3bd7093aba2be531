package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.port.ControlPlane;
import dev.redisaccess.operator.binding.port.DatabaseAccess;
import dev.redisaccess.operator.binding.port.Telemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** The Azure side of one process of the operator, whose threads and whose time a test outside this package controls. */
public final class DrivenAccess {

    private final FakeClock clock;
    private final FakeWorkers workers;
    private final AzureDatabaseAccess access;

    private DrivenAccess(FakeClock clock, ControlPlane azure, OwnerMark mark, RandomGenerator random) {
        this.clock = clock;
        workers = new FakeWorkers(clock);
        access = new AzureDatabaseAccess(
                new LaneContext.Services(
                        azure, mark, clock, workers, new RetryDelays(random::nextDouble), Telemetry.NONE),
                new Subscriptions(clock, Telemetry.NONE));
    }

    /** A clock that only these processes move. */
    public static Clock newClock() {
        return new FakeClock();
    }

    /** A process that has just started, with empty memory. */
    public static DrivenAccess start(Clock clock, ControlPlane azure, OwnerMark mark, RandomGenerator random) {
        return new DrivenAccess((FakeClock) clock, azure, mark, random);
    }

    public DatabaseAccess access() {
        return access;
    }

    /** Runs a task of the same process after a time. */
    public void after(Duration delay, Runnable task) {
        workers.after(delay, task);
    }

    /** Everything that is due within that time, in order. */
    public void advance(Duration time) {
        workers.advance(time);
    }
}
