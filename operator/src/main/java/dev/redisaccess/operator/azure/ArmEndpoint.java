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
 * Where Azure Resource Manager is.
 *
 * @param url https, without a path; the pipeline sends no token over plain http
 */
public record ArmEndpoint(URI url) {

    private static final int HTTPS = 443;

    /** The national clouds, whose resource managers want tokens for themselves. */
    private static final List<String> NATIONAL_CLOUDS =
            List.of("management.chinacloudapi.cn", "management.usgovcloudapi.net");

    /** @throws IllegalArgumentException if the URL is not https with a host */
    public ArmEndpoint {
        if (!"https".equals(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException("must be an https URL, such as https://management.azure.com");
        }
    }

    /** For whom a token is asked: of the cloud, also where the endpoint is a stand-in for it. */
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
     * The link as it is sent, if it leads to this endpoint: same scheme, host and port. It is put together from the
     * endpoint's own host, because another parser may find another host in the same text.
     *
     * @return empty if it leads to another server, or is no absolute URL
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
        // SDK 1.0.0 asks for a token of this name with /.default behind it.
        endpoints.put(AzureEnvironment.Endpoint.MANAGEMENT.identifier(), audience());
        return new AzureProfile("", subscriptionId, new AzureEnvironment(endpoints));
    }
}
