package dev.redisaccess.emulator.state;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The emulator's time: real time with an offset, or one frozen instant. TLS certificates alone use real time. */
public final class EmulatorClock extends Clock {

    private final Clock real;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private Duration offset = Duration.ZERO;
    private Optional<Instant> frozenAt = Optional.empty();

    public EmulatorClock(Clock real) {
        this.real = real;
    }

    /** Runs after every change of the clock, in the thread that changed it. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Stops the clock at its present time. */
    public void freeze() {
        change(() -> frozenAt = Optional.of(instant()));
    }

    /** Resumes the clock at its present time; it keeps its offset from real time. */
    public void resume() {
        change(() -> {
            offset = Duration.between(real.instant(), instant());
            frozenAt = Optional.empty();
        });
    }

    /** Moves the clock by that much; negative moves it back. A frozen clock stays frozen. */
    public void advance(Duration by) {
        set(by, instant());
    }

    /** Sets the clock. A frozen clock stays frozen. */
    public void set(Instant to) {
        set(Duration.ZERO, to);
    }

    private void set(Duration by, Instant from) {
        Instant to = from.plus(by);
        change(() -> {
            if (frozenAt.isPresent()) {
                frozenAt = Optional.of(to);
            } else {
                offset = Duration.between(real.instant(), to);
            }
        });
    }

    private void change(Runnable change) {
        synchronized (this) {
            change.run();
        }
        listeners.forEach(Runnable::run);
    }

    public synchronized boolean frozen() {
        return frozenAt.isPresent();
    }

    @Override
    public synchronized Instant instant() {
        return frozenAt.orElseGet(() -> real.instant().plus(offset));
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the emulator's clock shows UTC");
    }
}
