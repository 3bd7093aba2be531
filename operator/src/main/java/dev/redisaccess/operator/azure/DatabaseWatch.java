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
 * Reads one database and its assignments, once in a period and when it is asked to. At most one reading runs at a time;
 * requests that come meanwhile share the one after it. A failed reading keeps what the last good one told. Safe for use
 * by many threads.
 */
final class DatabaseWatch {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);

    private final LaneContext context;
    private final LaneServices services;
    private final Lane lane;
    private final Consumer<Set<ObjectId>> changed;

    private Optional<Duration> period = Optional.empty();
    private Optional<Workers.Scheduled> next = Optional.empty();
    private boolean reading;
    private boolean again;
    private int failures;

    private Optional<Instant> readAt = Optional.empty();
    private Optional<Problem> problem = Optional.empty();
    private Optional<Database> database = Optional.empty();

    DatabaseWatch(LaneContext context, LaneServices services, Lane lane, Consumer<Set<ObjectId>> changed) {
        this.context = context;
        this.services = services;
        this.lane = lane;
        this.changed = changed;
    }

    /** From now on, and again after every such period. */
    synchronized void watch(Duration resyncPeriod) {
        boolean first = period.isEmpty();
        boolean other = period.filter(resyncPeriod::equals).isEmpty();
        period = Optional.of(resyncPeriod);
        lane.watched(true);
        if (first) {
            refresh();
        } else if (other && !reading) {
            schedule(services.delays().jittered(resyncPeriod));
        }
    }

    synchronized void forget() {
        period = Optional.empty();
        again = false;
        next.ifPresent(Workers.Scheduled::cancel);
        next = Optional.empty();
        lane.watched(false);
    }

    /** Reads soon, if it is watched. */
    synchronized void refresh() {
        if (period.isEmpty()) {
            return;
        }
        if (reading) {
            again = true;
            return;
        }
        next.ifPresent(Workers.Scheduled::cancel);
        next = Optional.empty();
        reading = true;
        services.workers().run(this::read);
    }

    /** Empty before the first reading has ended, and when it is not watched. */
    synchronized Optional<DatabaseSnapshot> snapshot() {
        if (period.isEmpty() || readAt.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new DatabaseSnapshot(
                readAt.get(), problem, database, context.known().inventory()));
    }

    /** Whether nothing is watched, and nothing runs that could still tell something. */
    synchronized boolean over() {
        return period.isEmpty() && !reading;
    }

    private void read() {
        Duration pause = context.subscription().pausedFor();
        if (!pause.isZero()) {
            services.workers().after(pause, this::read);
            return;
        }
        Instant started = context.clock().instant();
        Reading result = ask();
        Duration took = Duration.between(started, context.clock().instant());
        services.telemetry().readingEnded(result.problem().map(Problem::reason), took);
        ended(result);
    }

    private Reading ask() {
        try {
            Result<Database> answer = context.controlPlane().readDatabase(context.database());
            if (answer instanceof Result.Failed<Database> failed) {
                return Reading.failed(failed.problem());
            }
            Result<Set<ObjectId>> read = context.reader().read();
            if (read instanceof Result.Failed<Set<ObjectId>> failed) {
                return Reading.failed(failed.problem());
            }
            Set<ObjectId> concerned = ((Result.Ok<Set<ObjectId>>) read).value();
            return new Reading(Optional.empty(), Optional.of(((Result.Ok<Database>) answer).value()), concerned);
        } catch (RuntimeException e) {
            LOG.error("Reading {} failed unexpectedly", context.database(), e);
            return Reading.failed(Problem.unexpected("reading the database", e));
        }
    }

    private void ended(Reading result) {
        boolean databaseChanged = take(result);
        if (result.problem().isEmpty()) {
            lane.follow(context.known().movingByOthers());
        }
        if (databaseChanged) {
            changed.accept(Set.of());
        }
        if (!result.concerned().isEmpty()) {
            changed.accept(result.concerned());
        }
    }

    private synchronized boolean take(Reading result) {
        boolean news = readAt.isEmpty()
                || !text(problem).equals(text(result.problem()))
                || result.database().isPresent() && !result.database().equals(database)
                // Forgotten meanwhile: whoever keeps this object is told that nothing runs any more.
                || period.isEmpty();
        if (news && period.isPresent()) {
            result.problem().ifPresentOrElse(this::logProblem, this::logGood);
        }
        readAt = Optional.of(context.clock().instant());
        problem = result.problem();
        if (result.database().isPresent()) {
            database = result.database();
        }
        failures = problem.isPresent() ? failures + 1 : 0;
        reading = false;
        if (period.isPresent()) {
            schedule(delay(period.get()));
        }
        if (again) {
            again = false;
            refresh();
        }
        return news;
    }

    private Duration delay(Duration resyncPeriod) {
        if (problem.isEmpty()) {
            return services.delays().jittered(resyncPeriod);
        }
        Problem what = problem.get();
        if (what.reason() == Reason.AZURE_THROTTLED) {
            Duration wait = services.delays().whileThrottled(what);
            context.subscription().pause(wait);
            services.telemetry().paused(wait);
        }
        return services.delays().afterFailedReading(what, failures, resyncPeriod);
    }

    private void schedule(Duration delay) {
        next.ifPresent(Workers.Scheduled::cancel);
        next = Optional.of(services.workers().after(delay, this::refresh));
    }

    private void logProblem(Problem what) {
        LOG.warn(
                "{} could not be read: {}: {}",
                context.database(),
                what.reason().text(),
                what.text());
    }

    private void logGood() {
        LOG.info("{} is read and runs", context.database());
    }

    private static String text(Optional<Problem> problem) {
        return problem.map(what -> what.reason() + what.message()).orElse("");
    }

    /** What one reading told; of a failed one nothing but the problem counts. */
    private record Reading(Optional<Problem> problem, Optional<Database> database, Set<ObjectId> concerned) {
        static Reading failed(Problem problem) {
            return new Reading(Optional.of(problem), Optional.empty(), Set.of());
        }
    }
}
