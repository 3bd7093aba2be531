package dev.redisaccess.quickstart.show;

import java.time.Duration;

/** One step in the summary: what it was, what was seen, and how long it took. */
public record SummaryRow(String step, String seen, Duration time) {}
