package dev.redisaccess.emulator;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The addresses of all services; the contents of {@code endpoints.json}.
 *
 * @param arm base URL of Azure Resource Manager
 * @param authority base URL of the token issuer, for {@code AZURE_AUTHORITY_HOST}
 * @param imds base URL of the instance metadata service, for {@code AZURE_POD_IDENTITY_AUTHORITY_HOST}
 * @param caFile the certificate authority to trust, PEM
 * @param control base URL of the control API
 * @param databases those that run
 * @param tokenProxy null: there is none
 */
public record Endpoints(
        String arm,
        String authority,
        String imds,
        AppServiceEndpoint appService,
        String caFile,
        String control,
        String tenantId,
        List<DatabaseEndpoint> databases,
        @JsonInclude(JsonInclude.Include.NON_NULL) TokenProxyEndpoint tokenProxy) {

    public Endpoints {
        databases = List.copyOf(databases);
    }

    /**
     * The App Service endpoint.
     *
     * @param endpoint for {@code IDENTITY_ENDPOINT}
     * @param header for {@code IDENTITY_HEADER}
     */
    public record AppServiceEndpoint(String endpoint, String header) {}

    /**
     * The token proxy.
     *
     * @param url for {@code AZURE_KUBERNETES_TOKEN_PROXY}
     * @param serverName for {@code AZURE_KUBERNETES_SNI_NAME}
     * @param caFile for {@code AZURE_KUBERNETES_CA_FILE}
     */
    public record TokenProxyEndpoint(String url, String serverName, String caFile) {}

    /** One database. */
    public record DatabaseEndpoint(String resourceId, String host, int port) {}

    /** As text for the terminal: one aligned line each. */
    @JsonIgnore
    public String aligned() {
        StringBuilder text = new StringBuilder();
        line(text, "arm", arm);
        line(text, "authority", authority + "   (tenant " + tenantId + ")");
        line(text, "imds", imds);
        line(text, "app service", appService.endpoint());
        if (tokenProxy != null) {
            line(text, "token proxy", tokenProxy.url() + "   (server name " + tokenProxy.serverName() + ")");
        }
        line(text, "control", control);
        line(text, "ca file", caFile);
        for (DatabaseEndpoint database : databases) {
            line(text, "redis", database.host() + ":" + database.port() + "   " + database.resourceId());
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String label, String value) {
        text.append(String.format("  %-12s %s%n", label, value));
    }
}
