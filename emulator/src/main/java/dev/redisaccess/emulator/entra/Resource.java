package dev.redisaccess.emulator.entra;

import java.util.List;
import java.util.Locale;

/**
 * A resource for which tokens are issued.
 *
 * @param names all its names in requests; a token's {@code aud} is the one that was used
 */
public record Resource(List<String> names) {

    /** Azure Resource Manager. */
    public static final Resource ARM = new Resource(List.of(
            "https://management.azure.com",
            "https://management.azure.com/",
            "https://management.core.windows.net",
            "https://management.core.windows.net/",
            "797f4846-ba00-4fd7-ba43-dac1f8f63013"));

    /** The data plane of Azure Managed Redis. */
    public static final Resource REDIS = new Resource(
            List.of("https://redis.azure.com", "https://redis.azure.com/", "acca5fbb-b7e4-4009-81f1-37e38fd66d78"));

    /** Microsoft Graph, where command-line tools read principals. */
    public static final Resource GRAPH = new Resource(List.of(
            "https://graph.microsoft.com", "https://graph.microsoft.com/", "00000003-0000-0000-c000-000000000000"));

    public boolean isNamed(String audience) {
        return names.contains(audience.toLowerCase(Locale.ROOT));
    }
}
