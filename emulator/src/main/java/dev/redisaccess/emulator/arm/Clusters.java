package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.http.Router;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.Cluster;
import dev.redisaccess.emulator.state.ProvisioningState;
import dev.redisaccess.emulator.state.RedisResources;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** {@code Microsoft.Cache/redisEnterprise}. */
final class Clusters {

    static final String PATH = "/subscriptions/{subscription}/resourceGroups/{group}"
            + "/providers/Microsoft.Cache/redisEnterprise/{cluster}";

    private static final String NAME = "(?=.{1,60}$)[A-Za-z0-9]+(-[A-Za-z0-9]+)*";

    private final RedisResources redis;
    private final OperationLinks links;
    private final Pages pages;

    Clusters(RedisResources redis, OperationLinks links, Pages pages) {
        this.redis = redis;
        this.links = links;
        this.pages = pages;
    }

    void addTo(Router<ArmRoute> routes) {
        String inGroup = PATH.substring(0, PATH.lastIndexOf('/'));
        String inSubscription = "/subscriptions/{subscription}/providers/Microsoft.Cache/redisEnterprise";
        new Verbs(routes, ResourceType.CLUSTERS)
                .list(inGroup, this::list)
                .list(inSubscription, this::list)
                .get(PATH, this::get)
                .put(PATH, this::put)
                .delete(PATH, this::delete);
    }

    private Response list(ArmRequest request) {
        ArmId scope = Optional.ofNullable(request.path().get("group"))
                .map(group -> request.id().resourceGroupId().orElseThrow())
                .orElse(ArmId.subscription(request.path().get("subscription")));
        return pages.of(
                request,
                redis.clusters().stream()
                        .filter(cluster -> cluster.id().isWithin(scope))
                        .map(cluster -> render(cluster, request.apiVersion()))
                        .toList());
    }

    private Response get(ArmRequest request) {
        return redis.cluster(request.id())
                .map(cluster -> Response.json(200, render(cluster, request.apiVersion())))
                .orElseThrow(() -> new ArmRefusal(ArmError.resourceNotFound(new ArmResource(request.id()))));
    }

    private Response put(ArmRequest request) {
        JsonNode body = request.body();
        Optional<Cluster> before = redis.cluster(request.id());
        if (!request.path().get("cluster").matches(NAME)) {
            throw new ArmRefusal(ArmError.provider(
                    400, "InvalidParameter", "The name of the cluster must match the pattern '^" + NAME + "$'."));
        }
        String location = Json.text(body, "location")
                .orElseThrow(() -> new ArmRefusal(ArmError.gateway(
                        400, "LocationRequired", "The location property is required for this definition.")));
        String sku = Json.text(body, "sku", "name")
                .orElseThrow(() -> new ArmRefusal(ArmError.contentInvalid("sku.name is required.")));
        Map<String, String> tags = new HashMap<>();
        body.path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        Cluster wanted = new Cluster(
                before.map(Cluster::id).orElse(request.id()),
                location,
                sku,
                before.map(Cluster::hostName).orElse("localhost"),
                tags,
                ProvisioningState.Creating);
        return links.answer(request, redis.put(wanted, request.startedBy()), accepted -> {
            int status = before.isPresent() ? 200 : 201;
            return Response.json(status, render(accepted.resource(), request.apiVersion()))
                    .with("Location", links.result(request, accepted.operation()));
        });
    }

    private Response delete(ArmRequest request) {
        return links.answer(request, redis.deleteCluster(request.id(), request.startedBy()), accepted -> Response.json(
                        202, render(accepted.resource(), request.apiVersion()))
                .with("Location", links.result(request, accepted.operation())));
    }

    static ObjectNode render(Cluster cluster, String apiVersion) {
        ObjectNode body = Json.object();
        body.put("location", cluster.location());
        body.put("name", cluster.id().name());
        body.put("id", cluster.id().text());
        body.put("type", ResourceType.CLUSTERS.typeName());
        body.put("kind", "v2");
        ObjectNode tags = body.putObject("tags");
        cluster.tags().forEach(tags::put);
        body.putObject("sku").put("name", cluster.sku());
        ObjectNode properties = body.putObject("properties");
        properties.put("minimumTlsVersion", "1.2");
        properties.put("hostName", cluster.hostName());
        properties.put("provisioningState", cluster.state().name());
        properties.put("resourceState", resourceState(cluster.state()));
        properties.putArray("privateEndpointConnections");
        properties.put("highAvailability", "Enabled");
        properties.put("redundancyMode", "ZR");
        if (apiVersion.compareTo("2025-07-01") >= 0) {
            properties.put("publicNetworkAccess", "Enabled"); // absent in answers of 2025-04-01
        }
        body.putObject("identity").put("type", "None");
        return body;
    }

    /** {@code resourceState}, which says in other words what {@code provisioningState} says. */
    static String resourceState(ProvisioningState state) {
        return switch (state) {
            case Succeeded -> "Running";
            case Failed -> "CreateFailed";
            default -> state.name();
        };
    }
}
