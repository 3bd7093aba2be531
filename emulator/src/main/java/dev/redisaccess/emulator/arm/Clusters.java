package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.http.Router;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.AzureState;
import dev.redisaccess.emulator.state.Cluster;
import dev.redisaccess.emulator.state.Directory;
import dev.redisaccess.emulator.state.ProvisioningState;
import dev.redisaccess.emulator.state.RedisResources;
import dev.redisaccess.emulator.state.StoredFields;
import java.util.Map;
import java.util.Optional;

/** {@code Microsoft.Cache/redisEnterprise}. */
final class Clusters {

    static final String PATH = "/subscriptions/{subscription}/resourceGroups/{group}"
            + "/providers/Microsoft.Cache/redisEnterprise/{cluster}";

    private static final String NAME = "(?=.{1,60}$)[A-Za-z0-9]+(-[A-Za-z0-9]+)*";

    private final RedisResources redis;
    private final Directory directory;
    private final OperationLinks links;
    private final Pages pages;

    Clusters(AzureState state, OperationLinks links, Pages pages) {
        this.redis = state.redis();
        this.directory = state.directory();
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
                .patch(PATH, this::patch)
                .delete(PATH, this::delete);
    }

    private Response list(ArmRequest request) {
        ArmId scope = request.groupOrSubscription();
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
        String location = Locations.displayName(Locations.required(body));
        before.ifPresent(each -> Locations.requireSame(each.id(), each.location(), location));
        String sku = Json.text(body, "sku", "name")
                .orElseThrow(() -> new ArmRefusal(ArmError.contentInvalid("sku.name is required.")));
        Cluster wanted = new Cluster(
                before.map(Cluster::id).orElse(request.id()),
                before.map(Cluster::location).orElse(location),
                sku,
                before.map(Cluster::hostName).orElse("localhost"),
                Tags.in(body).orElse(Map.of()),
                ProvisioningState.Creating,
                before.map(Cluster::kept).orElse(StoredFields.NOTHING).and(ClusterSettings.read(body)));
        return write(request, wanted, before.isPresent() ? 200 : 201);
    }

    private Response patch(ArmRequest request) {
        JsonNode body = request.body();
        Cluster before = redis.cluster(request.id())
                .orElseThrow(() -> new ArmRefusal(ArmError.resourceNotFound(new ArmResource(request.id()))));
        Cluster wanted = new Cluster(
                before.id(),
                before.location(),
                Json.text(body, "sku", "name").orElse(before.sku()),
                before.hostName(),
                Tags.in(body).orElse(before.tags()),
                ProvisioningState.Updating,
                before.kept().and(ClusterSettings.read(body)));
        return write(request, wanted, 202);
    }

    private Response write(ArmRequest request, Cluster wanted, int status) {
        return links.answer(request, redis.put(wanted, request.startedBy()), accepted -> Response.json(
                        status, render(accepted.resource(), request.apiVersion()))
                .with("Location", links.result(request, accepted.operation())));
    }

    private Response delete(ArmRequest request) {
        return links.answer(request, redis.deleteCluster(request.id(), request.startedBy()), accepted -> Response.json(
                        202, render(accepted.resource(), request.apiVersion()))
                .with("Location", links.result(request, accepted.operation())));
    }

    private ObjectNode render(Cluster cluster, String apiVersion) {
        return render(cluster, apiVersion, directory);
    }

    static ObjectNode render(Cluster cluster, String apiVersion, Directory directory) {
        ObjectNode body = Json.object();
        body.put("location", cluster.location());
        body.put("name", cluster.id().name());
        body.put("id", cluster.id().text());
        body.put("type", ResourceType.CLUSTERS.typeName());
        body.put("kind", "v2");
        Tags.render(body, cluster.tags());
        ClusterSettings.render(body, cluster, apiVersion, directory);
        return body;
    }

    /** {@code resourceState}, which follows from {@code provisioningState}. */
    static String resourceState(ProvisioningState state) {
        return switch (state) {
            case Succeeded -> "Running";
            case Failed -> "CreateFailed";
            default -> state.name();
        };
    }
}
