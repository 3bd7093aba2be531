package dev.redisaccess.operator.api;

/** The rules of `spec.resourceId`, as the API server checks them. */
final class ResourceIdRules {

    static final String NOT_CLASSIC = "!self.lowerAscii().contains('/providers/microsoft.cache/redis/')";

    static final String NOT_CLASSIC_MESSAGE = "`spec.resourceId` must name Azure Managed Redis"
            + " (Microsoft.Cache/redisEnterprise): Microsoft.Cache/redis is Azure Cache for Redis,"
            + " another service with another API, which this operator does not serve";

    static final String SHAPE = "self.lowerAscii().contains('/providers/microsoft.cache/redis/') || self.matches('"
            + "(?i)^/subscriptions/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/resourceGroups/[^/]{1,90}"
            + "/providers/Microsoft[.]Cache/redisEnterprise/[a-z0-9]+(-[a-z0-9]+)*(/databases/default)?/?$')";

    static final String SHAPE_MESSAGE = "`spec.resourceId` must look like"
            + " /subscriptions/{guid}/resourceGroups/{group}/providers/Microsoft.Cache/redisEnterprise/{name},"
            + " with /databases/default or nothing after it";

    private ResourceIdRules() {}
}
