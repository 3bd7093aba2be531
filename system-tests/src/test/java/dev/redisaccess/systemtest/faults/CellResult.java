package dev.redisaccess.systemtest.faults;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The result of one cell.
 *
 * @param shown the reason that was shown, or what else was expected and came
 * @param noticed from the fault to then
 * @param healed from its end to exactly the right state
 * @param traffic requests from the fault to the right state
 * @param messages every message of every version of the status
 * @param wrong what must not be; empty: nothing
 */
record CellResult(
        String shown, Duration noticed, Duration healed, Traffic traffic, Set<String> messages, List<String> wrong) {

    /** As in the matrix. */
    String brief() {
        return shown + " " + noticed.toSeconds() + "+" + healed.toSeconds() + "s" + (wrong.isEmpty() ? "" : " WRONG");
    }
}
