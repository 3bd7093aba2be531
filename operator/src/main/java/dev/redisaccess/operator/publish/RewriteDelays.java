package dev.redisaccess.operator.publish;

import dev.redisaccess.operator.binding.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often an object was given the same content again. An edit is undone at once; but where something changes the object
 * after each write (an admission webhook, another controller), the writes of the two would never end. After
 * {@value #AT_ONCE} identical writes in a row each next one waits twice as long as the one before.
 */
final class RewriteDelays {

    /** Writes of the same content without a wait. */
    static final int AT_ONCE = 5;

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final Backoff WAITS = new Backoff(Duration.ofSeconds(10), LONGEST_WAIT);

    /** Objects that are remembered: the latest ones. Only those that are written again and again matter. */
    private static final int REMEMBERED = 1024;

    private record Writes(String content, int count, Instant last) {}

    private final Clock clock;
    private final Map<String, Writes> latest = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Writes> eldest) {
            return size() > REMEMBERED;
        }
    };

    RewriteDelays(Clock clock) {
        this.clock = clock;
    }

    /**
     * How long the next write of this content has to wait; empty: not at all.
     *
     * @param object its namespace and name
     * @param content any text that is equal for equal content
     */
    synchronized Optional<Duration> waiting(String object, String content) {
        return Optional.ofNullable(latest.get(object))
                .filter(writes -> writes.content().equals(content) && writes.count() >= AT_ONCE)
                .map(writes -> Duration.between(
                        clock.instant(), writes.last().plus(WAITS.after(writes.count() - AT_ONCE + 1))))
                .filter(left -> left.compareTo(Duration.ZERO) > 0);
    }

    /** It was written. Writes that are further apart than the longest wait have nothing to do with each other. */
    synchronized void written(String object, String content) {
        Instant now = clock.instant();
        Writes before = latest.get(object);
        boolean again = before != null
                && before.content().equals(content)
                && now.isBefore(before.last().plus(LONGEST_WAIT.multipliedBy(2)));
        latest.put(object, new Writes(content, again ? before.count() + 1 : 1, now));
    }
}
