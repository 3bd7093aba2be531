package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * What the platform team registers.
 *
 * @param resourceId the resource ID of the Redis cluster, or of its database
 * @param allowedNamespaces which namespaces may bind; null: none
 * @param resyncPeriodSeconds how often Azure is read to detect drift, in seconds
 * @param retention whether a binding's {@code deletionPolicy: Retain} has an effect; null: it has none
 * @param access how much access bindings get, who may have access without one, and what is done about other access;
 *     null: full access for bindings, and all other access is reported
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RedisDatabaseSpec(
        @Required
        @Size(min = 1, max = 512)
        @JsonPropertyDescription("The Azure resource ID of the Azure Managed Redis cluster:"
                + " `/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.Cache/redisEnterprise/{name}`,"
                + " optionally followed by `/databases/default`. It can't be changed.")
        @ValidationRule(
                value = "self == oldSelf",
                message = "`spec.resourceId` is immutable: register another RedisDatabase.")
        @ValidationRule(value = ResourceIdRules.NOT_CLASSIC, message = ResourceIdRules.NOT_CLASSIC_MESSAGE)
        @ValidationRule(value = ResourceIdRules.SHAPE, message = ResourceIdRules.SHAPE_MESSAGE)
        String resourceId,

        @JsonPropertyDescription("Which namespaces may bind to this database. By default, none may.") @Default("{}")
        AllowedNamespaces allowedNamespaces,

        @JsonPropertyDescription("How often Azure is read to detect changes by others, in seconds:"
                + " one request for the whole database, however many bindings it has.")
        @Min(30)
        @Max(86400)
        @Default("300")
        Integer resyncPeriodSeconds,

        @JsonPropertyDescription(
                "Whether `deletionPolicy: Retain` of a binding has an effect. `Forbidden`: it has none,"
                        + " and the deletion of the binding revokes its access. `Allowed`: the access stays in Azure.")
        @Default("Forbidden")
        Retention retention,

        @JsonPropertyDescription(
                "How much access bindings get, who may have access without a binding, and what is done about"
                        + " other access.")
        DatabaseAccessSpec access) {}
