package dev.redisaccess.quickstart.show;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Prints the steps; on a terminal the last line is animated during a wait. */
public final class Screen implements AutoCloseable {
    private static final String CLEAR_LINE = "\r\u001b[2K";
    private static final long FRAME_MILLIS = 100;

    private final PrintStream out;
    private final Terminal terminal;
    private final Lines lines;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService frames;
    private Waiting waiting;
    private ScheduledFuture<?> spinner;

    /** @param nanoTime a clock that only goes forward, as {@link System#nanoTime()} */
    public Screen(PrintStream out, Terminal terminal, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.lines = new Lines(terminal);
        this.nanoTime = nanoTime;
        this.frames = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "screen");
            thread.setDaemon(true);
            return thread;
        });
    }

    private record Waiting(String label, String detail, long since) {}

    public synchronized void heading(String title, String remark) {
        print("");
        print(lines.heading(title, remark));
    }

    public synchronized void seen(String label, String detail, Duration time) {
        print(lines.seen(label, detail, time));
    }

    public synchronized void failed(String label, String detail) {
        stopWaiting();
        print(lines.failed(label, detail));
    }

    public synchronized void text(String line) {
        print(line);
    }

    public synchronized void summary(List<SummaryRow> rows, Duration total) {
        stopWaiting();
        print("");
        lines.summary(rows, total).forEach(this::print);
    }

    /** Shows what is awaited in the last line. Prints nothing where lines cannot be rewritten. */
    public synchronized void waitFor(String label, String detail) {
        if (!terminal.interactive()) {
            return;
        }
        long since = waiting != null && waiting.label().equals(label) ? waiting.since() : nanoTime.getAsLong();
        waiting = new Waiting(label, detail, since);
        if (spinner == null) {
            spinner = frames.scheduleAtFixedRate(this::drawFrame, 0, FRAME_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    public synchronized void stopWaiting() {
        if (spinner != null) {
            spinner.cancel(false);
            spinner = null;
            waiting = null;
            out.print(CLEAR_LINE);
            out.flush();
        }
    }

    private synchronized void drawFrame() {
        if (waiting != null) {
            long elapsed = nanoTime.getAsLong() - waiting.since();
            int frame = (int) (TimeUnit.NANOSECONDS.toMillis(elapsed) / FRAME_MILLIS);
            String line = lines.waiting(frame, waiting.label(), waiting.detail(), Duration.ofNanos(elapsed));
            out.print(CLEAR_LINE + line);
            out.flush();
        }
    }

    private void print(String line) {
        out.println(spinner == null ? line : CLEAR_LINE + line);
        out.flush();
    }

    @Override
    public synchronized void close() {
        stopWaiting();
        frames.shutdownNow();
    }
}
