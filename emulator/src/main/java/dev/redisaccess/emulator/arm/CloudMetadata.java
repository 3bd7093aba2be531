package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.entra.Resources;
import dev.redisaccess.emulator.http.Handler;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Request;
import dev.redisaccess.emulator.http.Response;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code GET /metadata/endpoints}, which describes the cloud to tools. Needs no token. Every address and every resource in it
 * is the emulator's own, also of services that it does not have: a tool that follows one is refused here, and sends
 * no token to another host.
 */
final class CloudMetadata implements Handler {

    private static final String PATH = "/metadata/endpoints";

    /** From here on the answer is a list of clouds, until it is one cloud again. Before, it is one with other names. */
    private static final String FIRST_LIST = "2019-05-01";

    private static final String FIRST_OBJECT = "2022-09-01";
    private static final String FIRST_WITH_AUDIENCE = "2018-01-01";

    /** By field, the path of a service. None is served, apart from Microsoft Graph. */
    private static final Map<String, String> SERVICES = Map.ofEntries(
            Map.entry("portal", "/portal"),
            Map.entry("media", "/media"),
            Map.entry("graph", Resources.GRAPH_PATH),
            Map.entry("graphAudience", Resources.GRAPH_PATH),
            Map.entry("batch", "/batch"),
            Map.entry("vmImageAliasDoc", "/vmImageAliasDoc"),
            Map.entry("activeDirectoryDataLake", "/dataLake"),
            Map.entry("sqlManagement", "/sqlManagement"),
            Map.entry("gallery", "/gallery"));

    /** The resources of the newest shape. */
    private static final Map<String, String> RESOURCES = Map.ofEntries(
            Map.entry("microsoftGraphResourceId", Resources.GRAPH_PATH),
            Map.entry("appInsightsResourceId", "/appInsights"),
            Map.entry("appInsightsTelemetryChannelResourceId", "/appInsightsTelemetry"),
            Map.entry("appServiceResourceId", "/appService"),
            Map.entry("attestationResourceId", "/attestation"),
            Map.entry("synapseAnalyticsResourceId", "/synapse"),
            Map.entry("logAnalyticsResourceId", "/logAnalytics"),
            Map.entry("ossrDbmsResourceId", "/ossrDbms"),
            Map.entry("ossrdbmsResourceId", "/ossrDbms")); // the spelling that the Azure CLI reads

    private static final List<String> SUFFIXES = List.of(
            "azureDataLakeStoreFileSystem",
            "acrLoginServer",
            "sqlServerHostname",
            "azureDataLakeAnalyticsCatalogAndJob",
            "keyVaultDns",
            "storage",
            "azureFrontDoorEndpointSuffix");

    private static final List<String> NEWER_SUFFIXES = List.of(
            "storageSyncEndpointSuffix",
            "mhsmDns",
            "mysqlServerEndpoint",
            "postgresqlServerEndpoint",
            "mariadbServerEndpoint",
            "synapseAnalytics",
            "attestationEndpoint");

    private final Supplier<String> authority;
    private final Handler next;

    CloudMetadata(Supplier<String> authority, Handler next) {
        this.authority = authority;
        this.next = next;
    }

    @Override
    public Response handle(Request request) {
        if (!request.path().equalsIgnoreCase(PATH) || !request.method().equals("GET")) {
            return next.handle(request);
        }
        Optional<String> version = request.parameter("api-version");
        if (version.isEmpty()) {
            return ArmError.apiVersionMissing().response();
        }
        String arm = request.base("https");
        if (version.get().compareTo(FIRST_LIST) < 0) {
            return Response.json(200, flat(arm, version.get().compareTo(FIRST_WITH_AUDIENCE) >= 0));
        }
        return version.get().compareTo(FIRST_OBJECT) < 0
                ? Response.json(200, Json.array().add(cloud(arm, false)))
                : Response.json(200, cloud(arm, true));
    }

    private ObjectNode cloud(String arm, boolean newest) {
        ObjectNode cloud = Json.object();
        cloud.put("name", "RedisAccessEmulator");
        cloud.put("resourceManager", arm + "/");
        authentication(cloud, arm, true);
        SERVICES.forEach((field, path) -> cloud.put(field, arm + path));
        ObjectNode suffixes = cloud.putObject("suffixes");
        suffixes(suffixes, arm, SUFFIXES);
        if (newest) {
            suffixes(suffixes, arm, NEWER_SUFFIXES);
            RESOURCES.forEach((field, path) -> cloud.put(field, arm + path));
        }
        return cloud;
    }

    private static void suffixes(ObjectNode suffixes, String arm, List<String> names) {
        String host = URI.create(arm).getHost();
        names.forEach(name -> suffixes.put(name, name.toLowerCase(Locale.ROOT) + "." + host));
    }

    private void authentication(ObjectNode cloud, String arm, boolean withTenant) {
        ObjectNode authentication = cloud.putObject("authentication");
        authentication.put("loginEndpoint", authority.get() + "/");
        authentication.putArray("audiences").add(arm + "/").add(arm);
        if (withTenant) {
            authentication.put("tenant", "common").put("identityProvider", "AAD");
        }
    }

    /** The shape of 2015-01-01, and of 2018-01-01, which has more. */
    private ObjectNode flat(String arm, boolean withAudience) {
        ObjectNode cloud = Json.object();
        cloud.put("galleryEndpoint", arm + SERVICES.get("gallery"));
        cloud.put("graphEndpoint", arm + Resources.GRAPH_PATH);
        cloud.put("portalEndpoint", arm + SERVICES.get("portal"));
        authentication(cloud, arm, withAudience);
        if (withAudience) {
            cloud.put("graphAudience", arm + Resources.GRAPH_PATH);
            ObjectNode own = cloud.putObject("cloudEndpoint").putObject("public");
            own.put("endpoint", URI.create(arm).getAuthority());
            own.putArray("locations").add("westus2");
        }
        return cloud;
    }
}
