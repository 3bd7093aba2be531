package dev.redisaccess.operator.entra;

import java.net.URI;

/**
 * The endpoint of Entra, and the scope of tokens for Redis.
 *
 * @param authority such as {@code https://login.microsoftonline.com}, https, with or without a slash at the end
 * @param tenant the tenant's ID or domain name
 * @param scope {@code https://redis.azure.com/.default} in every cloud
 */
public record EntraSettings(URI authority, String tenant, String scope) {

    /** The scope of Azure Managed Redis (learn.microsoft.com/azure/redis/entra-for-authentication). */
    public static final String REDIS_SCOPE = "https://redis.azure.com/.default";

    /** @throws IllegalArgumentException if the authority is not an https URL with a host */
    public EntraSettings {
        if (!"https".equalsIgnoreCase(authority.getScheme()) || authority.getHost() == null) {
            throw new IllegalArgumentException("The Entra authority must be an https URL, not " + authority);
        }
    }

    URI tokenEndpoint() {
        String base = authority.toString().replaceAll("/+$", "");
        return URI.create(base + "/" + tenant + "/oauth2/v2.0/token");
    }
}
