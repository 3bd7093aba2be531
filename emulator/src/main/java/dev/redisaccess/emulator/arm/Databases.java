package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.http.Router;
import dev.redisaccess.emulator.state.DataPlaneFeed;
import dev.redisaccess.emulator.state.Database;
import dev.redisaccess.emulator.state.ProvisioningState;
import dev.redisaccess.emulator.state.RedisResources;
import java.util.List;
import java.util.Optional;

/** {@code Microsoft.Cache/redisEnterprise/databases}. */
final class Databases {

    static final String PATH = Clusters.PATH + "/databases/{database}";

    private static final List<String> POLICIES = List.of("EnterpriseCluster", "OSSCluster", "NoCluster");
    private static final List<String> SWITCH = List.of("Disabled", "Enabled");

    private final RedisResources redis;
    private final DataPlaneFeed feed;
    private final OperationLinks links;
    private final Pages pages;

    Databases(RedisResources redis, DataPlaneFeed feed, OperationLinks links, Pages pages) {
        this.redis = redis;
        this.feed = feed;
        this.links = links;
        this.pages = pages;
    }

    void addTo(Router<ArmRoute> routes) {
        new Verbs(routes, ResourceType.DATABASES)
                .list(Clusters.PATH + "/databases", this::list)
                .get(PATH, this::get)
                .put(PATH, this::put)
                .delete(PATH, this::delete);
    }

    private Response list(ArmRequest request) {
        String cluster = request.id().text().substring(0, request.id().text().lastIndexOf('/'));
        return pages.of(
                request,
                redis.databases().stream()
                        .filter(database -> database.cluster().text().equalsIgnoreCase(cluster))
                        .map(Databases::render)
                        .toList());
    }

    private Response get(ArmRequest request) {
        return redis.database(request.id())
                .map(database -> Response.json(200, render(database)))
                .orElseThrow(() -> new ArmRefusal(ArmError.resourceNotFound(new ArmResource(request.id()))));
    }

    private Response put(ArmRequest request) {
        Optional<Database> before = redis.database(request.id());
        Database wanted = wanted(request, before);
        return links.answer(request, redis.put(wanted, request.startedBy()), accepted -> {
            feed.settle(); // starts the server, so that the answer names its port
            int port = redis.database(wanted.id()).map(Database::port).orElse(wanted.port());
            return Response.json(
                            before.isPresent() ? 200 : 201,
                            render(accepted.resource().on(port)))
                    .with("Location", links.result(request, accepted.operation()));
        });
    }

    private static Database wanted(ArmRequest request, Optional<Database> before) {
        JsonNode properties = request.body().path("properties");
        String policy = one(properties, "clusteringPolicy", POLICIES)
                .or(() -> before.map(Database::clusteringPolicy))
                .orElse("OSSCluster");
        boolean policyIsFixed = before.map(each -> !each.clusteringPolicy().equals(policy)
                        && !each.clusteringPolicy().equals("NoCluster"))
                .orElse(false);
        if (policyIsFixed) {
            throw new ArmRefusal(ArmError.provider(
                    400,
                    "PropertyChangeNotAllowed",
                    "Changing property 'properties.clusteringPolicy' is not allowed."));
        }
        boolean keys = one(properties, "accessKeysAuthentication", SWITCH)
                .map("Enabled"::equals)
                .or(() -> before.map(Database::accessKeys))
                .orElse(false);
        int port = before.map(Database::port).orElse(properties.path("port").asInt(0));
        String eviction = Json.text(properties, "evictionPolicy")
                .or(() -> before.map(Database::evictionPolicy))
                .orElse("VolatileLRU");
        return new Database(
                before.map(Database::id).orElse(request.id()),
                port,
                policy,
                keys,
                before.map(Database::shards).orElse(1),
                eviction,
                ProvisioningState.Creating);
    }

    private static Optional<String> one(JsonNode properties, String name, List<String> allowed) {
        Optional<String> value = Json.text(properties, name);
        if (value.isPresent() && !allowed.contains(value.get())) {
            throw new ArmRefusal(ArmError.contentInvalid(
                    "properties." + name + " must be one of " + String.join(", ", allowed) + "."));
        }
        return value;
    }

    private Response delete(ArmRequest request) {
        return links.answer(
                request, redis.deleteDatabase(request.id(), request.startedBy()), accepted -> Response.empty(202)
                        .with("Location", links.result(request, accepted.operation())));
    }

    static ObjectNode render(Database database) {
        ObjectNode body = Json.object();
        body.put("name", database.id().name());
        body.put("id", database.id().text());
        body.put("type", ResourceType.DATABASES.typeName());
        ObjectNode properties = body.putObject("properties");
        properties.put("clientProtocol", "Encrypted");
        properties.put("port", database.port());
        properties.put("provisioningState", database.state().name());
        properties.put("resourceState", Clusters.resourceState(database.state()));
        properties.put("clusteringPolicy", database.clusteringPolicy());
        properties.put("evictionPolicy", database.evictionPolicy());
        properties.put("deferUpgrade", "NotDeferred");
        properties.put("redisVersion", "7.4");
        properties.put("accessKeysAuthentication", database.accessKeys() ? "Enabled" : "Disabled");
        return body;
    }
}
