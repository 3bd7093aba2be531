package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * A page of the report about one database.
 *
 * @param database the name of the RedisDatabase
 * @param installation the owner mark of the installation that wrote it
 * @param page from 1
 * @param pages how many there are
 * @param incompleteSince since when Azure could not be read completely; null: it could
 * @param entries in the order of their object IDs
 * @param revocations the latest ones, in their order; on page 1 only
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccessReportPage(
        @Required @Size(max = 253) @JsonPropertyDescription("The name of the RedisDatabase that this is about.")
        String database,

        @Size(max = 16)
        @JsonPropertyDescription(
                "The owner mark of the installation that wrote this page. Each installation writes pages of"
                        + " its own.")
        String installation,

        @Min(1) @JsonPropertyDescription("The number of this page, from 1.")
        Integer page,

        @Min(1) @JsonPropertyDescription("How many pages the report has.")
        Integer pages,

        @Size(max = 32)
        @JsonPropertyDescription("Since when Azure could not be read completely. The entries are as of that time."
                + " Absent while it can.")
        String incompleteSince,

        @Size(max = 250) @JsonPropertyDescription("The assignments of the database, at most 250 on a page.")
        List<AccessEntry> entries,

        @Size(max = 200)
        @JsonPropertyDescription(
                "On page 1: the latest revocations of access that nothing explained. Each was recorded before"
                        + " it was requested.")
        List<AccessRevocation> revocations) {}
