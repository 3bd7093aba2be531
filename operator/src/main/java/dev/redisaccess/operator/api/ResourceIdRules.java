package dev.redisaccess.operator.api;

/** The rules of `spec.resourceId`: the API server checks them in CEL, and the operator has the same messages. */
public final class ResourceIdRules {

    static final String NOT_CLASSIC = "!self.lowerAscii().contains('/providers/microsoft.cache/redis/')";

    public static final String NOT_CLASSIC_MESSAGE =
            "`spec.resourceId` must name an Azure Managed Redis database (`Microsoft.Cache/redisEnterprise`):"
                    + " `Microsoft.Cache/redis` is Azure Cache for Redis, another service with another API.";

    static final String SHAPE = "self.lowerAscii().contains('/providers/microsoft.cache/redis/') || self.matches('"
            + "(?i)^/subscriptions/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/resourceGroups/[^/]{1,90}"
            + "/providers/Microsoft[.]Cache/redisEnterprise/[a-z0-9]+(-[a-z0-9]+)*(/databases/default)?/?$')";

    public static final String SHAPE_MESSAGE =
            "`spec.resourceId` must have the form `/subscriptions/{guid}/resourceGroups"
                    + "/{group}/providers/Microsoft.Cache/redisEnterprise/{name}`, optionally followed by `/databases/default`.";

    private ResourceIdRules() {}
}
