package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Database;
import dev.redisaccess.operator.binding.DatabaseSnapshot;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one database and its assignments once in a period. At most one reading runs at a time. A reading that fails leaves the
 * result of the last successful one. Safe for use by many threads.
 */
final class DatabaseWatch {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);

    private final LaneContext context;
    private final Workers workers;
    private final RetryDelays delays;
    private final Lane lane;
    private final Consumer<Set<ObjectId>> changed;

    private Optional<Duration> period = Optional.empty();
    private Optional<Workers.Scheduled> next = Optional.empty();
    private boolean reading;
    private int failures;

    private boolean read;
    private Optional<Problem> problem = Optional.empty();
    private Optional<Database> database = Optional.empty();

    DatabaseWatch(LaneContext context, Lane lane, Consumer<Set<ObjectId>> changed) {
        this.context = context;
        this.workers = context.services().workers();
        this.delays = context.services().delays();
        this.lane = lane;
        this.changed = changed;
    }

    /** Reads at once, and then after each period. */
    synchronized void watch(Duration resyncPeriod) {
        boolean first = period.isEmpty();
        boolean different = period.filter(resyncPeriod::equals).isEmpty();
        period = Optional.of(resyncPeriod);
        lane.setWatched(true);
        if (first) {
            start();
        } else if (different && !reading) {
            schedule(delays.jittered(resyncPeriod));
        }
    }

    synchronized void forget() {
        period = Optional.empty();
        next.ifPresent(Workers.Scheduled::cancel);
        next = Optional.empty();
        lane.setWatched(false);
    }

    /** Empty before the first reading has ended, and while it is not watched. */
    synchronized Optional<DatabaseSnapshot> snapshot() {
        if (period.isEmpty() || !read) {
            return Optional.empty();
        }
        return Optional.of(
                new DatabaseSnapshot(problem, database, context.known().inventory()));
    }

    /** Whether it is not watched, and no reading runs. */
    synchronized boolean isIdle() {
        return period.isEmpty() && !reading;
    }

    /** Starts a reading, unless one runs: its result counts as well. */
    private synchronized void start() {
        if (period.isPresent() && !reading) {
            reading = true;
            workers.run(this::read);
        }
    }

    private void read() {
        Duration pause = context.subscription().pausedFor();
        if (!pause.isZero()) {
            workers.after(pause, this::read);
            return;
        }
        Instant started = context.now();
        Result<Reading> result = result();
        context.services()
                .telemetry()
                .readingEnded(result.toProblem().map(Problem::reason), Duration.between(started, context.now()));
        boolean databaseChanged = result.fold(
                good -> record(Optional.of(good.database()), Optional.empty()),
                failure -> record(Optional.empty(), Optional.of(failure)));
        result.toOptional().ifPresent(good -> lane.follow(context.known().movingByOthers()));
        if (databaseChanged) {
            changed.accept(Set.of());
        }
        result.toOptional()
                .map(Reading::concerned)
                .filter(principals -> !principals.isEmpty())
                .ifPresent(changed);
    }

    private Result<Reading> result() {
        try {
            return context.controlPlane()
                    .readDatabase(context.database())
                    .flatMap(found -> context.reader().read().map(concerned -> new Reading(found, concerned)));
        } catch (RuntimeException e) {
            LOG.error("Reading {} failed unexpectedly", context.database(), e);
            return Result.failed(Problem.unexpected("reading the database", e));
        }
    }

    /** @return whether there is something to report about the database itself */
    private synchronized boolean record(Optional<Database> found, Optional<Problem> failure) {
        boolean news = !read
                || !text(problem).equals(text(failure))
                || found.isPresent() && !found.equals(database)
                // Forgotten meanwhile: the owner of this object may drop it now.
                || period.isEmpty();
        if (news && period.isPresent()) {
            log(failure);
        }
        read = true;
        problem = failure;
        database = found.or(() -> database);
        failures = problem.isPresent() ? failures + 1 : 0;
        reading = false;
        if (period.isPresent()) {
            schedule(delay(period.get()));
        }
        return news;
    }

    private Duration delay(Duration resyncPeriod) {
        if (problem.isEmpty()) {
            return delays.jittered(resyncPeriod);
        }
        Problem failure = problem.get();
        if (failure.reason() == Reason.AZURE_THROTTLED) {
            context.pause(failure);
        }
        return delays.afterFailedReading(failure, failures, resyncPeriod);
    }

    private void schedule(Duration delay) {
        next.ifPresent(Workers.Scheduled::cancel);
        next = Optional.of(workers.after(delay, this::start));
    }

    private void log(Optional<Problem> failure) {
        failure.ifPresentOrElse(
                what -> LOG.warn(
                        "{} could not be read: {}: {}",
                        context.database(),
                        what.reason().text(),
                        what.text()),
                () -> LOG.info("{} was read and is running", context.database()));
    }

    private static String text(Optional<Problem> problem) {
        return problem.map(what -> what.reason() + what.message()).orElse("");
    }

    /** @param concerned the principals whose assignments differ from what was known */
    private record Reading(Database database, Set<ObjectId> concerned) {}
}
