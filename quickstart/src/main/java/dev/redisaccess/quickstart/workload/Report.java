package dev.redisaccess.quickstart.workload;

import java.io.PrintStream;

/** One line for each thing that happened: a word, ok or refused, and {@code name=value} pairs without spaces. */
final class Report {
    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    /** Pairs are given as {@code name=value}. */
    synchronized void ok(String what, String... pairs) {
        print(what + " ok", pairs);
    }

    synchronized void refused(String what, String... pairs) {
        print(what + " refused", pairs);
    }

    private void print(String start, String... pairs) {
        out.println(pairs.length == 0 ? start : start + " " + String.join(" ", pairs));
        out.flush();
    }
}
