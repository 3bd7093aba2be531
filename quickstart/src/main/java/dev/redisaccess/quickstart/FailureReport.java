package dev.redisaccess.quickstart;

import dev.redisaccess.quickstart.show.Screen;
import java.nio.file.Path;

/** The output after a failed step. */
final class FailureReport {
    private final Screen screen;

    FailureReport(Screen screen) {
        this.screen = screen;
    }

    void print(StepFailure failure, Conditions binding, Path logs) {
        screen.failed(failure.step(), failure.getMessage());
        if (!binding.list().isEmpty()) {
            screen.heading("Conditions of the binding", "");
            binding.list().forEach(condition -> screen.text("  " + condition.line()));
        }
        if (!failure.log().lines().isEmpty()) {
            screen.heading("The end of the log", "");
            failure.log().lines().forEach(line -> screen.text("  " + line));
        }
        screen.text("");
        screen.text("All logs of this run: " + logs);
    }
}
