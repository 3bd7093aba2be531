package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.http.Router;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.Assignment;
import dev.redisaccess.emulator.state.RedisResources;
import java.util.Optional;
import java.util.Set;

/** {@code Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments}: the principals that may log in to a database. */
final class Assignments {

    private static final String PATH = Databases.PATH + "/accessPolicyAssignments/{assignment}";

    /** The specification's pattern, or a GUID: the portal and Terraform name an assignment by the object id. */
    private static final String NAME = "^([A-Za-z0-9]{1,60}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$";

    /** The versions in which an assignment can have less than full access. */
    private static final Set<String> WITH_ACCESS_STRING = Set.of("2026-05-01-preview", "2026-06-01-preview");

    private final RedisResources redis;
    private final OperationLinks links;
    private final Pages pages;

    Assignments(RedisResources redis, OperationLinks links, Pages pages) {
        this.redis = redis;
        this.links = links;
        this.pages = pages;
    }

    void addTo(Router<ArmRoute> routes) {
        new Verbs(routes, ResourceType.ASSIGNMENTS)
                .list(Databases.PATH + "/accessPolicyAssignments", this::list)
                .get(PATH, this::get)
                .put(PATH, this::put)
                .delete(PATH, this::delete);
    }

    private Response list(ArmRequest request) {
        String path = request.id().text();
        ArmId database = new ArmId(path.substring(0, path.lastIndexOf('/')));
        if (redis.database(database).isEmpty()) {
            throw new ArmRefusal(ArmError.parentNotFound(missingParent(database)));
        }
        return pages.of(
                request,
                redis.assignments(database).stream()
                        .map(each -> render(each, request.apiVersion()))
                        .toList());
    }

    /** Azure reports the nearest missing resource by its path of names. */
    private String missingParent(ArmId database) {
        String cluster = database.parent().name();
        return redis.cluster(database.parent()).isEmpty() ? cluster : cluster + "/" + database.name();
    }

    private Response get(ArmRequest request) {
        return redis.assignment(request.id())
                .map(each -> Response.json(200, render(each, request.apiVersion())))
                .orElseThrow(() -> new ArmRefusal(ArmError.resourceNotFound(new ArmResource(request.id()))));
    }

    private Response put(ArmRequest request) {
        JsonNode properties = request.body().path("properties");
        ArmId database = request.id().parent();
        if (!request.path().get("assignment").matches(NAME)) {
            throw new ArmRefusal(ArmError.provider(
                    400, "InvalidParameter", "The name of the assignment must match the pattern '" + NAME + "'."));
        } else if (redis.database(database).isEmpty()) {
            throw new ArmRefusal(ArmError.parentNotFound(missingParent(database)));
        }
        boolean preview = WITH_ACCESS_STRING.contains(request.apiVersion());
        requireDefaultPolicy(properties, preview);
        String objectId = Json.text(properties, "user", "objectId")
                .filter(id -> id.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"))
                .orElseThrow(() -> new ArmRefusal(
                        ArmError.contentInvalid("properties.user.objectId is required and must be a GUID.")));
        // Versions without access strings always grant full access, also when they overwrite an assignment with one.
        Optional<String> accessString = preview ? Json.text(properties, "accessString") : Optional.empty();
        requireNoModules(database, accessString);
        return links.answer(
                request,
                redis.putAssignment(request.id(), objectId, accessString, request.startedBy()),
                accepted -> Response.json(201, render(accepted.resource(), request.apiVersion()))
                        .with(
                                "Location",
                                links.itself(request, accepted.resource().id())));
    }

    /** Documented: access strings are not available on databases with modules. Azure's error for it is not recorded. */
    private void requireNoModules(ArmId database, Optional<String> accessString) {
        boolean modules = redis.database(database)
                .flatMap(each -> each.kept().find("modules"))
                .filter(each -> !each.isEmpty())
                .isPresent();
        boolean custom = accessString
                .filter(text -> !text.strip().equals(Assignment.FULL_ACCESS))
                .isPresent();
        if (modules && custom) {
            throw new ArmRefusal(ArmError.provider(
                    400,
                    "InvalidAccessString",
                    "A custom access string is not supported on a database that has modules."));
        }
    }

    private static void requireDefaultPolicy(JsonNode properties, boolean preview) {
        Optional<String> policy = Json.text(properties, "accessPolicyName");
        boolean fine = policy.map("default"::equals).orElse(preview);
        if (!fine) {
            throw new ArmRefusal(
                    ArmError.contentInvalid("properties.accessPolicyName is required and must be 'default'."));
        }
    }

    private Response delete(ArmRequest request) {
        return links.answer(
                request, redis.deleteAssignment(request.id(), request.startedBy()), accepted -> Response.empty(202)
                        .with(
                                "Location",
                                links.itself(request, accepted.resource().id())));
    }

    /** One assignment per user and database. Azure's error is not recorded; this is the classic service's code. */
    static ArmError samePrincipal(Assignment other) {
        return ArmError.provider(
                400,
                "InvalidAccessPolicyAssignment",
                "The access policy assignment is not valid due to duplicate entries: '"
                        + other.id().name() + "' already names the object id '" + other.objectId() + "'.");
    }

    private static ObjectNode render(Assignment assignment, String apiVersion) {
        ObjectNode body = Json.object();
        ObjectNode properties = body.putObject("properties");
        properties.put("accessPolicyName", "default");
        boolean preview = WITH_ACCESS_STRING.contains(apiVersion);
        if (preview) {
            properties.put("accessString", assignment.effectiveAccessString());
        }
        properties.putObject("user").put("objectId", assignment.objectId());
        properties.put("provisioningState", assignment.state().name());
        if (preview) {
            assignment.refusal().ifPresent(why -> properties
                    .putObject("provisioningError")
                    .put("code", "InvalidAccessString")
                    .put("message", why)
                    .put("target", "properties.accessString"));
        }
        body.put("id", assignment.id().text());
        body.put("name", assignment.id().name());
        body.put("type", ResourceType.ASSIGNMENTS.typeName());
        return body;
    }
}
