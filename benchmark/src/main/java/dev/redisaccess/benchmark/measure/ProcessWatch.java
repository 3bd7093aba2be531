package dev.redisaccess.benchmark.measure;

import dev.redisaccess.benchmark.report.Series;
import dev.redisaccess.launcher.ProcessUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** Samples a process twice a second until it is closed. */
public final class ProcessWatch implements AutoCloseable {

    private static final Duration BETWEEN = Duration.ofMillis(500);

    /** The number of points of a plot. */
    private static final int POINTS = 300;

    private final long pid;
    private final long began = System.nanoTime();
    private final List<Sample> samples = new ArrayList<>();
    private final ScheduledExecutorService timer;

    /** A sample, and the seconds since the beginning. */
    private record Sample(double second, ProcessUse use) {}

    private ProcessWatch(long pid) {
        this.pid = pid;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "process-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    public static ProcessWatch of(long pid) {
        ProcessWatch watch = new ProcessWatch(pid);
        watch.look();
        watch.timer.scheduleAtFixedRate(watch::look, BETWEEN.toMillis(), BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    private synchronized void look() {
        samples.add(new Sample((System.nanoTime() - began) / 1e9, ProcessUse.of(pid)));
    }

    /** The last sample. */
    public synchronized ProcessUse now() {
        look();
        return last().use();
    }

    private Sample last() {
        return samples.get(samples.size() - 1);
    }

    /** Seconds since the beginning. */
    public synchronized double seconds() {
        return last().second();
    }

    /** The CPU time since the beginning, in seconds. */
    public synchronized double cpuSeconds() {
        return last().use().cpuSeconds() - samples.get(0).use().cpuSeconds();
    }

    /** The largest sampled resident memory, in MiB. */
    public synchronized double mostResident() {
        return samples.stream()
                .mapToDouble(sample -> sample.use().residentMebibytes())
                .max()
                .orElseThrow();
    }

    public synchronized Series resident() {
        return series("resident memory", "MiB", ProcessUse::residentMebibytes);
    }

    public synchronized Series threads() {
        return series("threads", "", ProcessUse::threads);
    }

    public synchronized Series files() {
        return series("open files and connections", "", ProcessUse::files);
    }

    private Series series(String name, String unit, ToDoubleFunction<ProcessUse> what) {
        List<Sample> thinned = thinned();
        return new Series(
                name,
                unit,
                thinned.stream().map(Sample::second).toList(),
                thinned.stream().map(sample -> what.applyAsDouble(sample.use())).toList());
    }

    /** The share of one core, from each shown point to the next. */
    public synchronized Series cpu() {
        List<Double> seconds = new ArrayList<>();
        List<Double> percent = new ArrayList<>();
        List<Sample> thinned = thinned();
        for (int i = 1; i < thinned.size(); i++) {
            Sample before = thinned.get(i - 1);
            Sample after = thinned.get(i);
            seconds.add(after.second());
            percent.add(
                    100 * (after.use().cpuSeconds() - before.use().cpuSeconds()) / (after.second() - before.second()));
        }
        return new Series("CPU", "% of one core", seconds, percent);
    }

    private List<Sample> thinned() {
        int step = Math.max(1, samples.size() / POINTS);
        List<Sample> thinned = new ArrayList<>();
        for (int i = 0; i < samples.size(); i += step) {
            thinned.add(samples.get(i));
        }
        return thinned;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
