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
 * @param resourceId the ARM id of the cluster, or of its database
 * @param allowedNamespaces who may bind; nobody unless said
 * @param resyncPeriodSeconds how often Azure is asked for drift, in seconds
 * @param retention whether a binding's {@code deletionPolicy: Retain} has an effect; null: it has none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RedisDatabaseSpec(
        @Required
        @Size(min = 1, max = 512)
        @JsonPropertyDescription("The Azure resource id of the Azure Managed Redis cluster:"
                + " /subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.Cache/redisEnterprise/{name};"
                + " /databases/default may follow. It can't be changed.")
        @ValidationRule(
                value = "self == oldSelf",
                message = "`spec.resourceId` is immutable: register another RedisDatabase")
        @ValidationRule(value = ResourceIdRules.NOT_CLASSIC, message = ResourceIdRules.NOT_CLASSIC_MESSAGE)
        @ValidationRule(value = ResourceIdRules.SHAPE, message = ResourceIdRules.SHAPE_MESSAGE)
        String resourceId,

        @JsonPropertyDescription("Which namespaces may bind to this database. Nobody may unless it is said here.")
        @Default("{}")
        AllowedNamespaces allowedNamespaces,

        @JsonPropertyDescription("How often Azure is asked for changes that others made, in seconds:"
                + " one request for the whole database, however many bindings it has.")
        @Min(30)
        @Max(86400)
        @Default("300")
        Integer resyncPeriodSeconds,

        @JsonPropertyDescription("Whether `deletionPolicy: Retain` of a binding has an effect. Forbidden: it has none,"
                + " and the deletion of the binding revokes its access. Allowed: the access stays in Azure.")
        @Default("Forbidden")
        Retention retention) {}
