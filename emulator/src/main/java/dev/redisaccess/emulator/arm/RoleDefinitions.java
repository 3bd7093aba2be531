package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.http.Router;
import dev.redisaccess.emulator.state.AccessControl;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.AuditFields;
import dev.redisaccess.emulator.state.RoleDefinition;
import dev.redisaccess.emulator.state.RoleDefinition.Permission;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code Microsoft.Authorization/roleDefinitions}, in effect at once. */
final class RoleDefinitions {

    private static final String PATH = "/{scope*}/providers/Microsoft.Authorization/roleDefinitions";

    private final AccessControl control;
    private final Clock clock;
    private final Pages pages;

    RoleDefinitions(AccessControl control, Clock clock, Pages pages) {
        this.control = control;
        this.clock = clock;
        this.pages = pages;
    }

    void addTo(Router<ArmRoute> routes) {
        new Verbs(routes, ResourceType.ROLE_DEFINITIONS)
                .list(PATH, this::list, "$filter")
                .get(PATH + "/{name}", this::get)
                .put(PATH + "/{name}", this::put)
                .delete(PATH + "/{name}", this::delete);
    }

    static Optional<UUID> guid(String text) {
        return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }

    /** The id as it is shown at a scope: below the scope's subscription, if it is in one. */
    static String id(RoleDefinition definition, ArmId scope) {
        String prefix =
                scope.subscriptionId().map(each -> "/subscriptions/" + each).orElse("");
        return prefix + "/providers/Microsoft.Authorization/roleDefinitions/" + definition.id();
    }

    private static ArmId scope(ArmRequest request) {
        return new ArmId(request.path().get("scope"));
    }

    /** Those that can be assigned at the scope. */
    private Response list(ArmRequest request) {
        ArmId scope = scope(request);
        Filter filter = Filter.of(request);
        boolean below = filter.clauses().stream().anyMatch(each -> each.calls("atScopeAndBelow"));
        return pages.of(
                request,
                control.definitions().stream()
                        .filter(each -> each.assignableScopes().stream()
                                .anyMatch(one -> scope.isWithin(one) || below && one.isWithin(scope)))
                        .filter(each -> filter.clauses().stream().allMatch(clause -> matches(each, clause, filter)))
                        .map(each -> render(each, scope))
                        .toList());
    }

    private static boolean matches(RoleDefinition definition, Filter.Clause clause, Filter filter) {
        if (clause.is("roleName")) {
            return definition.name().equalsIgnoreCase(clause.value());
        } else if (clause.is("type")) {
            return type(definition).equalsIgnoreCase(clause.value());
        } else if (clause.calls("atScopeAndBelow") || clause.calls("atScope")) {
            return true;
        }
        throw filter.refused();
    }

    private RoleDefinition find(ArmRequest request) {
        return guid(request.path().get("name"))
                .flatMap(control::definition)
                .orElseThrow(() -> new ArmRefusal(ArmError.provider(
                        404,
                        "RoleDefinitionDoesNotExist",
                        "The specified role definition with ID '"
                                + request.path().get("name") + "' does not exist.")));
    }

    private Response get(ArmRequest request) {
        return Response.json(200, render(find(request), scope(request)));
    }

    private Response put(ArmRequest request) {
        JsonNode properties = request.body().path("properties");
        UUID id = guid(request.path().get("name"))
                .orElseThrow(() -> new ArmRefusal(
                        ArmError.provider(400, "InvalidRoleDefinitionId", "The role definition id must be a GUID.")));
        Optional<RoleDefinition> before = control.definition(id);
        before.filter(RoleDefinitions::isBuiltIn).ifPresent(each -> {
            throw new ArmRefusal(
                    ArmError.provider(400, "RoleDefinitionUpdateNotPermitted", "A built-in role can not be updated."));
        });
        RoleDefinition definition = new RoleDefinition(
                id,
                requireName(properties, id),
                permissions(properties),
                Json.text(properties, "description").orElse(""),
                scopes(properties, scope(request)),
                Optional.of(AuditFields.by(
                        request.caller().objectId(), clock.instant(), before.flatMap(RoleDefinition::written))));
        control.define(definition);
        return Response.json(201, render(definition, scope(request)));
    }

    private String requireName(JsonNode properties, UUID id) {
        String name = Json.text(properties, "roleName").orElse(id.toString());
        boolean taken = control.definitions().stream()
                .anyMatch(
                        each -> each.name().equalsIgnoreCase(name) && !each.id().equals(id));
        if (taken) {
            throw new ArmRefusal(ArmError.provider(
                    409,
                    "RoleDefinitionWithSameNameExists",
                    "A custom role with the same name already exists in this directory. Use a different name."));
        }
        return name;
    }

    private static List<Permission> permissions(JsonNode properties) {
        List<Permission> permissions = new ArrayList<>();
        properties
                .path("permissions")
                .forEach(each -> permissions.add(new Permission(
                        texts(each, "actions"),
                        texts(each, "notActions"),
                        texts(each, "dataActions"),
                        texts(each, "notDataActions"))));
        return permissions;
    }

    private static List<ArmId> scopes(JsonNode properties, ArmId scope) {
        List<ArmId> scopes = new ArrayList<>();
        for (String each : texts(properties, "assignableScopes")) {
            if (!each.startsWith("/")) {
                throw new ArmRefusal(
                        ArmError.contentInvalid("properties.assignableScopes must be paths, not '" + each + "'."));
            }
            scopes.add(new ArmId(each));
        }
        return scopes.isEmpty() ? List.of(scope) : scopes;
    }

    private static List<String> texts(JsonNode node, String field) {
        List<String> texts = new ArrayList<>();
        node.path(field).forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private Response delete(ArmRequest request) {
        Optional<RoleDefinition> before = guid(request.path().get("name")).flatMap(control::definition);
        if (before.isEmpty()) {
            return Response.empty(204);
        } else if (isBuiltIn(before.get())) {
            throw new ArmRefusal(
                    ArmError.provider(400, "RoleDefinitionDeleteNotPermitted", "A built-in role can not be deleted."));
        } else if (control.isAssigned(before.get().id())) {
            throw new ArmRefusal(ArmError.provider(
                    400,
                    "RoleDefinitionHasAssignments",
                    "There are existing role assignments referencing role (code: '"
                            + before.get().id() + "')."));
        }
        control.undefine(before.get().id());
        return Response.json(200, render(before.get(), scope(request)));
    }

    private static boolean isBuiltIn(RoleDefinition definition) {
        return RoleDefinition.KNOWN.stream().anyMatch(each -> each.id().equals(definition.id()));
    }

    private static String type(RoleDefinition definition) {
        return isBuiltIn(definition) ? "BuiltInRole" : "CustomRole";
    }

    private static ObjectNode render(RoleDefinition definition, ArmId scope) {
        ObjectNode body = Json.object();
        ObjectNode properties = body.putObject("properties");
        properties.put("roleName", definition.name());
        properties.put("type", type(definition));
        properties.put("description", definition.description());
        ArrayNode scopes = properties.putArray("assignableScopes");
        definition.assignableScopes().forEach(each -> scopes.add(each.text()));
        ArrayNode permissions = properties.putArray("permissions");
        definition.permissions().forEach(each -> permissions.add(render(each)));
        WrittenFields.render(properties, definition.written());
        body.put("id", id(definition, scope));
        body.put("type", ResourceType.ROLE_DEFINITIONS.typeName());
        body.put("name", definition.id().toString());
        return body;
    }

    static ObjectNode render(Permission permission) {
        ObjectNode body = Json.object();
        permission.actions().forEach(body.putArray("actions")::add);
        permission.notActions().forEach(body.putArray("notActions")::add);
        permission.dataActions().forEach(body.putArray("dataActions")::add);
        permission.notDataActions().forEach(body.putArray("notDataActions")::add);
        return body;
    }
}
