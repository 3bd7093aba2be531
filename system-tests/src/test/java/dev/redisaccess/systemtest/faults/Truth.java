package dev.redisaccess.systemtest.faults;

import dev.redisaccess.emulator.Emulator;
import dev.redisaccess.emulator.state.Assignment;
import dev.redisaccess.emulator.state.ProvisioningState;
import dev.redisaccess.systemtest.scenario.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What Azure has, read all the time: which principals have access to a tenant's database, and since when. */
final class Truth implements AutoCloseable {

    private static final long PERIOD_MILLIS = 50;

    private final Emulator azure;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "truth");
        thread.setDaemon(true);
        return thread;
    });

    Truth(Emulator azure) {
        this.azure = azure;
    }

    /**
     * One reading.
     *
     * @param granted the object ids whose assignment ARM has as Succeeded
     * @param admitted those that the data plane admits
     */
    record Sample(Instant from, Set<String> granted, Set<String> admitted) {
        private boolean says(Sample other) {
            return granted.equals(other.granted) && admitted.equals(other.admitted);
        }
    }

    /** Reads about one tenant, until it is closed. */
    final class Record implements AutoCloseable {
        private final Tenant tenant;
        private final ScheduledFuture<?> reading;
        private final List<Sample> samples = new ArrayList<>();

        private Record(Tenant tenant) {
            this.tenant = tenant;
            this.reading = timer.scheduleWithFixedDelay(this::read, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }

        private void read() {
            List<Assignment> assignments = tenant.assignments();
            Set<String> granted = assignments.stream()
                    .filter(each -> each.state() == ProvisioningState.Succeeded)
                    .map(Assignment::objectId)
                    .collect(Collectors.toSet());
            Set<String> admitted = assignments.stream()
                    .map(Assignment::objectId)
                    .filter(id -> azure.admits(tenant.database().text(), id))
                    .collect(Collectors.toSet());
            add(new Sample(Instant.now(), granted, admitted));
        }

        private synchronized void add(Sample now) {
            if (samples.isEmpty() || !samples.get(samples.size() - 1).says(now)) {
                samples.add(now);
            }
        }

        /** Whether it was so at any moment between the two. */
        synchronized boolean ever(Instant from, Instant to, Predicate<Sample> so) {
            return !longest(from, to, so).isZero();
        }

        /** The longest time between the two during which it was so without a break; at least a millisecond if ever. */
        synchronized Duration longest(Instant from, Instant to, Predicate<Sample> so) {
            Duration longest = Duration.ZERO;
            Instant since = null;
            for (int i = 0; i < samples.size(); i++) {
                Instant begins = later(samples.get(i).from(), from);
                Instant ends =
                        i + 1 < samples.size() ? earlier(samples.get(i + 1).from(), to) : to;
                if (!so.test(samples.get(i))) {
                    since = null;
                } else if (begins.isBefore(ends) || begins.equals(to)) {
                    since = since == null ? begins : since;
                    longest = longer(longest, Duration.between(since, ends).plusMillis(1));
                }
            }
            return longest;
        }

        @Override
        public void close() {
            reading.cancel(false);
        }
    }

    Record about(Tenant tenant) {
        return new Record(tenant);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
