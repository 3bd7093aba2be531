package dev.redisaccess.quickstart;

import dev.redisaccess.launcher.LogTail;
import java.util.List;

/** A step that could not be verified, with the details to find the cause. */
final class StepFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String step;
    private final transient LogTail log;

    StepFailure(String step, String message, LogTail log) {
        super(message);
        this.step = step;
        this.log = log;
    }

    StepFailure(String step, String message) {
        this(step, message, new LogTail(List.of()));
    }

    String step() {
        return step;
    }

    LogTail log() {
        return log;
    }
}
