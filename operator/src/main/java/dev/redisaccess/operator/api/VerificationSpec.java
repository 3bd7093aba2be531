package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/**
 * How access is verified.
 *
 * @param mode whether it is verified
 * @param periodSeconds seconds from one successful verification to the next, 60 to 86400
 * @param timeoutSeconds the deadline of one verification, all steps together, in seconds, 1 to 60
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VerificationSpec(
        @Default("Workload")
        @JsonPropertyDescription("`Workload`: the operator logs in to Redis with the workload's own token."
                + " `Disabled`: it does not log in.")
        VerificationMode mode,

        @Default("900")
        @Min(60)
        @Max(86400)
        @JsonPropertyDescription("Seconds from one successful verification to the next; 10 % more or less, so that"
                + " verifications spread out.")
        Integer periodSeconds,

        @Default("10")
        @Min(1)
        @Max(60)
        @JsonPropertyDescription("The deadline of one verification in seconds, all its steps together.")
        Integer timeoutSeconds) {}
