package dev.redisaccess.operator.azure;

import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The endpoint of Azure Resource Manager.
 *
 * @param url https, without a path: the pipeline sends no token over plain http
 */
public record ArmEndpoint(URI url) {

    private static final int HTTPS = 443;

    /** The national clouds, whose resource managers require tokens for their own audience. */
    private static final List<String> NATIONAL_CLOUDS =
            List.of("management.chinacloudapi.cn", "management.usgovcloudapi.net");

    /** @throws IllegalArgumentException if the URL is not https with a host */
    public ArmEndpoint {
        if (!"https".equals(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException("must be an https URL, such as https://management.azure.com");
        }
    }

    /** The audience of tokens: the cloud's, also where the endpoint is an emulator. */
    String audience() {
        String host = url.getHost();
        return NATIONAL_CLOUDS.stream()
                .filter(cloud -> host.equals(cloud) || host.endsWith("." + cloud))
                .findFirst()
                .map(cloud -> "https://" + cloud)
                .orElse("https://management.azure.com");
    }

    /** Without a slash at the end. */
    String base() {
        String text = url.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /**
     * The link as a URL of this endpoint, if it has the same scheme, host and port. It is built with the endpoint's own host,
     * because another parser may find another host in the same text.
     *
     * @return empty if it is for another server, or no absolute URL
     */
    Optional<String> own(String link) {
        try {
            URI uri = new URI(link);
            boolean same = "https".equalsIgnoreCase(uri.getScheme())
                    && url.getHost().equalsIgnoreCase(uri.getHost())
                    && port(url) == port(uri)
                    && uri.getRawUserInfo() == null;
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            return same ? Optional.of(origin() + uri.getRawPath() + query) : Optional.empty();
        } catch (URISyntaxException noLink) {
            return Optional.empty();
        }
    }

    private String origin() {
        return "https://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    private static int port(URI uri) {
        return uri.getPort() < 0 ? HTTPS : uri.getPort();
    }

    AzureProfile profile(String subscriptionId) {
        Map<String, String> endpoints = new HashMap<>(AzureEnvironment.AZURE.getEndpoints());
        endpoints.put(AzureEnvironment.Endpoint.RESOURCE_MANAGER.identifier(), base());
        // SDK 1.0.0 requests a token for this name followed by /.default.
        endpoints.put(AzureEnvironment.Endpoint.MANAGEMENT.identifier(), audience());
        return new AzureProfile("", subscriptionId, new AzureEnvironment(endpoints));
    }
}
