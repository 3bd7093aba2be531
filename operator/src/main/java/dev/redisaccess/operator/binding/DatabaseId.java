package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.ResourceIdRules;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The resource ID of one Azure Managed Redis database. Two IDs that differ in case only are the same database: ARM compares
 * names without case.
 *
 * @param subscriptionId a GUID, in lower case
 * @param resourceGroup as it was written
 * @param cluster the redisEnterprise resource's name, as it was written
 */
public record DatabaseId(String subscriptionId, String resourceGroup, String cluster) {

    /** The only name that a database of Azure Managed Redis can have. */
    public static final String DATABASE = "default";

    private static final Pattern SHAPE = Pattern.compile(
            "/subscriptions/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/resourceGroups/([^/]{1,90})"
                    + "/providers/Microsoft[.]Cache/redisEnterprise/([a-z0-9]+(?:-[a-z0-9]+)*)(?:/databases/default)?/?",
            Pattern.CASE_INSENSITIVE);

    /** Parses {@code spec.resourceId}. */
    public static Result<DatabaseId> parse(String resourceId) {
        Matcher matcher = SHAPE.matcher(resourceId.trim());
        if (matcher.matches()) {
            return Result.ok(
                    new DatabaseId(matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2), matcher.group(3)));
        }
        if (resourceId.toLowerCase(Locale.ROOT).contains("/providers/microsoft.cache/redis/")) {
            return Result.failed(Problem.of(Reason.CLASSIC_REDIS_NOT_SUPPORTED, ResourceIdRules.NOT_CLASSIC_MESSAGE));
        }
        return Result.failed(Problem.of(Reason.INVALID_RESOURCE_ID, ResourceIdRules.SHAPE_MESSAGE));
    }

    /** The path of the cluster. */
    public String clusterPath() {
        return "/subscriptions/" + subscriptionId + "/resourceGroups/" + resourceGroup
                + "/providers/Microsoft.Cache/redisEnterprise/" + cluster;
    }

    /** The path of the database. */
    public String path() {
        return clusterPath() + "/databases/" + DATABASE;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DatabaseId that
                && cluster.equalsIgnoreCase(that.cluster)
                && resourceGroup.equalsIgnoreCase(that.resourceGroup)
                && subscriptionId.equalsIgnoreCase(that.subscriptionId);
    }

    /** Of the cluster alone: nearly all have different names, and every pass looks databases up. */
    @Override
    public int hashCode() {
        return cluster.toLowerCase(Locale.ROOT).hashCode();
    }

    @Override
    public String toString() {
        return path();
    }
}
