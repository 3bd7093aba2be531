package dev.redisaccess.operator.binding;

import java.time.Duration;
import java.time.Instant;

/**
 * A limit: a number of times at once, and then once in an interval. A token bucket whose content is
 * one moment, <em>paid until</em>: when the bucket will be full again (the generic cell rate algorithm, ITU-T I.371).
 *
 * @param interval after which one more may happen, above zero
 * @param burst how many may happen at once after a rest, at least 1
 */
public record Rate(Duration interval, int burst) {

    /**
     * The time of the next permit; at once, if it is not after now.
     *
     * @param paidUntil what {@link #taken} returned last; {@link Instant#MIN} before the first time
     */
    public Instant next(Instant paidUntil, Instant now) {
        Instant paid = plausible(paidUntil, now);
        return paid.isAfter(now) ? paid.minus(times(burst - 1)) : now;
    }

    /**
     * Takes a permit now.
     *
     * @return the new value of {@code paidUntil}
     */
    public Instant taken(Instant paidUntil, Instant now) {
        Instant paid = plausible(paidUntil, now);
        return (paid.isAfter(now) ? paid : now).plus(interval);
    }

    /** Not further ahead than a full burst: else a clock that was set back would block for as long. */
    private Instant plausible(Instant paidUntil, Instant now) {
        Instant most = now.plus(times(burst));
        return paidUntil.isAfter(most) ? most : paidUntil;
    }

    /** {@link Duration#multipliedBy} computes with decimal numbers, and every pass and exchange asks for a permit. */
    private Duration times(int intervals) {
        return Duration.ofNanos(Math.multiplyExact(interval.toNanos(), intervals));
    }
}
