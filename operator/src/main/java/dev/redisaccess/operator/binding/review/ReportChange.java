package dev.redisaccess.operator.binding.review;

import dev.redisaccess.operator.api.AccessEntry;
import java.util.Optional;

/**
 * An entry of a stored report that changed.
 *
 * @param before empty: it is new
 * @param after empty: its assignment is gone
 */
public record ReportChange(Optional<AccessEntry> before, Optional<AccessEntry> after) {}
