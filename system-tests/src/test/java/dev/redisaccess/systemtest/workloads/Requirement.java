package dev.redisaccess.systemtest.workloads;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A requirement that a machine may not meet. */
final class Requirement {
    private static final boolean MET_EVERYWHERE = "true".equals(System.getenv("WORKLOADS_REQUIRED"));

    private Requirement() {}

    /** Skips the test, or fails it where none may be skipped. */
    static <T> T missing(String what) {
        if (MET_EVERYWHERE) {
            return Assertions.fail(what);
        }
        return skip(what);
    }

    /** Skips the test everywhere. */
    static <T> T skip(String what) {
        return Assumptions.abort("skipped: " + what);
    }
}
