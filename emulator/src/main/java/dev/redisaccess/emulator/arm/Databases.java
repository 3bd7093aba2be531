package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.http.Router;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.DataPlaneFeed;
import dev.redisaccess.emulator.state.Database;
import dev.redisaccess.emulator.state.RedisResources;
import java.util.Optional;

/** {@code Microsoft.Cache/redisEnterprise/databases}. */
final class Databases {

    static final String PATH = Clusters.PATH + "/databases/{database}";

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
                .patch(PATH, this::patch)
                .delete(PATH, this::delete);
    }

    private Response list(ArmRequest request) {
        String cluster = request.id().text().substring(0, request.id().text().lastIndexOf('/'));
        if (redis.cluster(new ArmId(cluster)).isEmpty()) {
            throw new ArmRefusal(ArmError.parentNotFound(new ArmId(cluster).name()));
        }
        return pages.of(
                request,
                redis.databases().stream()
                        .filter(database -> database.cluster().text().equalsIgnoreCase(cluster))
                        .map(database -> render(database, request.apiVersion()))
                        .toList());
    }

    private Response get(ArmRequest request) {
        return redis.database(request.id())
                .map(database -> Response.json(200, render(database, request.apiVersion())))
                .orElseThrow(() -> new ArmRefusal(ArmError.resourceNotFound(new ArmResource(request.id()))));
    }

    private Response put(ArmRequest request) {
        Optional<Database> before = redis.database(request.id());
        return write(request, before, before.isPresent() ? 200 : 201);
    }

    private Response patch(ArmRequest request) {
        Optional<Database> before = redis.database(request.id());
        if (before.isEmpty()) {
            throw new ArmRefusal(ArmError.resourceNotFound(new ArmResource(request.id())));
        }
        return write(request, before, 202);
    }

    private Response write(ArmRequest request, Optional<Database> before, int status) {
        Database wanted = DatabaseSettings.read(request.id(), request.body().path("properties"), before);
        return links.answer(request, redis.put(wanted, request.startedBy()), accepted -> {
            feed.settle(); // starts the server, so that the response has its port
            int port = redis.database(wanted.id()).map(Database::port).orElse(wanted.port());
            return Response.json(status, render(accepted.resource().on(port), request.apiVersion()))
                    .with("Location", links.result(request, accepted.operation()));
        });
    }

    private Response delete(ArmRequest request) {
        return links.answer(
                request, redis.deleteDatabase(request.id(), request.startedBy()), accepted -> Response.empty(202)
                        .with("Location", links.result(request, accepted.operation())));
    }

    static ObjectNode render(Database database, String apiVersion) {
        ObjectNode body = Json.object();
        body.put("name", database.id().name());
        body.put("id", database.id().text());
        body.put("type", ResourceType.DATABASES.typeName());
        DatabaseSettings.render(body.putObject("properties"), database, apiVersion);
        return body;
    }
}
