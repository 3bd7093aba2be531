package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;

/**
 * How many assignments of a database need attention.
 *
 * @param leftover assignments that this installation created and that no binding needs; from 0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatabaseAccessStatus(
        @Min(0)
        @JsonPropertyDescription("How many assignments this installation created that no binding needs."
                + " As of the last reading of Azure; absent while it is not known.")
        Integer leftover) {}
