package dev.redisaccess.quickstart.show;

import java.time.Duration;

/** One step in the summary: its name, result and duration. */
public record SummaryRow(String step, String seen, Duration time) {}
