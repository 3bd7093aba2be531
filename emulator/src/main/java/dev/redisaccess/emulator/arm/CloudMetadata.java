package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Handler;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Request;
import dev.redisaccess.emulator.http.Response;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code GET /metadata/endpoints}, by which command-line tools learn about a cloud. Needs no token. */
final class CloudMetadata implements Handler {

    private static final String PATH = "/metadata/endpoints";

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
        ObjectNode cloud = cloud(request.base("https"));
        // From 2019 on the answer is a list of clouds; before, it was one cloud with other names.
        boolean list = version.get().compareTo("2019") >= 0;
        return list
                ? new Response(
                        200,
                        Map.of("Content-Type", "application/json; charset=utf-8"),
                        Json.bytes(Json.array().add(cloud)),
                        Response.Delivery.WHOLE)
                : Response.json(200, older(cloud));
    }

    private ObjectNode cloud(String arm) {
        ObjectNode cloud = Json.object();
        cloud.put("portal", arm + "/portal");
        ObjectNode authentication = cloud.putObject("authentication");
        authentication.put("loginEndpoint", authority.get() + "/");
        authentication
                .putArray("audiences")
                .add("https://management.core.windows.net/")
                .add("https://management.azure.com/");
        authentication.put("tenant", "common");
        authentication.put("identityProvider", "AAD");
        cloud.put("media", "https://rest.media.azure.net");
        cloud.put("graphAudience", "https://graph.windows.net/");
        cloud.put("graph", "https://graph.windows.net/");
        cloud.put("name", "RedisAccessEmulator");
        ObjectNode suffixes = cloud.putObject("suffixes");
        String host = URI.create(arm).getHost();
        suffixes.put("acrLoginServer", "azurecr." + host);
        suffixes.put("keyVaultDns", "vault." + host);
        suffixes.put("storage", "storage." + host);
        cloud.put("batch", "https://batch.core.windows.net/");
        cloud.put("resourceManager", arm + "/");
        cloud.put("microsoftGraphResourceId", "https://graph.microsoft.com/");
        cloud.put("activeDirectoryDataLake", "https://datalake.azure.net/");
        return cloud;
    }

    private static ObjectNode older(ObjectNode cloud) {
        ObjectNode older = Json.object();
        older.put("galleryEndpoint", cloud.get("portal").textValue());
        older.set("graphEndpoint", cloud.get("graph"));
        older.set("portalEndpoint", cloud.get("portal"));
        older.set("authentication", cloud.get("authentication"));
        return older;
    }
}
