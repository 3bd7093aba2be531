package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/**
 * The limits of {@link ExcessPolicy#REVOKE}: a mistake must not cut off everybody.
 *
 * @param gracePeriodSeconds how long an assignment is reported before it is revoked, in seconds
 * @param percentPerHour the share of all assignments that may be revoked within any hour, in percent, rounded down
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RevocationLimits(
        @Min(300)
        @Max(7776000)
        @Default("604800")
        @JsonPropertyDescription(
                "How long an assignment is in the report as leftover or unmanaged before it is revoked,"
                        + " in seconds. By default, a week.")
        Integer gracePeriodSeconds,

        @Min(1)
        @Max(100)
        @Default("5")
        @JsonPropertyDescription("How many of all assignments may be revoked within any hour, in percent, rounded down;"
                + " never more than 100. Of fewer than 20 assignments, 5 percent is none.")
        Integer percentPerHour) {

    public static final int DEFAULT_GRACE_SECONDS = 604_800;
    public static final int DEFAULT_PERCENT = 5;
}
