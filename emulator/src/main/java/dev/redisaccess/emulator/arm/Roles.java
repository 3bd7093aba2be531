package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.http.Router;
import dev.redisaccess.emulator.state.AccessControl;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.RoleAssignment;
import dev.redisaccess.emulator.state.RoleDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code Microsoft.Authorization}: role definitions and role assignments, in effect at once. */
final class Roles {

    private static final String ASSIGNMENTS = "/{scope*}/providers/Microsoft.Authorization/roleAssignments";
    private static final String DEFINITIONS = "/{scope*}/providers/Microsoft.Authorization/roleDefinitions";

    private final AccessControl control;
    private final Pages pages;

    Roles(AccessControl control, Pages pages) {
        this.control = control;
        this.pages = pages;
    }

    void addTo(Router<ArmRoute> routes) {
        new Verbs(routes, ResourceType.ROLE_ASSIGNMENTS)
                .list(ASSIGNMENTS, this::listAssignments)
                .get(ASSIGNMENTS + "/{name}", this::getAssignment)
                .put(ASSIGNMENTS + "/{name}", this::putAssignment)
                .delete(ASSIGNMENTS + "/{name}", this::deleteAssignment);
        new Verbs(routes, ResourceType.ROLE_DEFINITIONS)
                .list(DEFINITIONS, this::listDefinitions)
                .get(DEFINITIONS + "/{name}", this::getDefinition)
                .put(DEFINITIONS + "/{name}", this::putDefinition);
    }

    private static ArmId scope(ArmRequest request) {
        return new ArmId(request.path().get("scope"));
    }

    private Response listAssignments(ArmRequest request) {
        ArmId scope = scope(request);
        return pages.of(
                request,
                control.assignments().stream()
                        .filter(each -> each.scope().isWithin(scope) || scope.isWithin(each.scope()))
                        .map(Roles::render)
                        .toList());
    }

    private Response getAssignment(ArmRequest request) {
        String name = request.path().get("name");
        return control.assignment(scope(request), name)
                .map(each -> Response.json(200, render(each)))
                .orElseThrow(() -> new ArmRefusal(ArmError.provider(
                        404, "RoleAssignmentNotFound", "The role assignment '" + name + "' is not found.")));
    }

    private Response putAssignment(ArmRequest request) {
        JsonNode properties = request.body().path("properties");
        String roleId = Json.text(properties, "roleDefinitionId").orElse("");
        RoleDefinition role = guid(roleId.substring(roleId.lastIndexOf('/') + 1))
                .flatMap(control::definition)
                .orElseThrow(() -> new ArmRefusal(ArmError.provider(
                        400,
                        "RoleDefinitionDoesNotExist",
                        "The specified role definition with ID '" + roleId + "' does not exist.")));
        String principal = Json.text(properties, "principalId")
                .orElseThrow(() ->
                        new ArmRefusal(ArmError.provider(400, "InvalidPrincipalId", "The principal id is missing.")));
        RoleAssignment assignment = new RoleAssignment(request.path().get("name"), scope(request), principal, role);
        boolean other = control.assignments().stream()
                .anyMatch(each -> each.scope().equals(assignment.scope())
                        && each.principalId().equalsIgnoreCase(principal)
                        && each.role().id().equals(role.id())
                        && !each.name().equalsIgnoreCase(assignment.name()));
        if (other) {
            throw new ArmRefusal(ArmError.provider(409, "RoleAssignmentExists", "The role assignment already exists."));
        }
        boolean created =
                control.assignment(assignment.scope(), assignment.name()).isEmpty();
        control.assign(assignment);
        return Response.json(created ? 201 : 200, render(assignment));
    }

    private Response deleteAssignment(ArmRequest request) {
        String name = request.path().get("name");
        Optional<RoleAssignment> before = control.assignment(scope(request), name);
        control.remove(scope(request), name);
        return before.map(each -> Response.json(200, render(each))).orElseGet(() -> Response.empty(204));
    }

    private Response listDefinitions(ArmRequest request) {
        return pages.of(
                request, control.definitions().stream().map(Roles::render).toList());
    }

    private Response getDefinition(ArmRequest request) {
        return guid(request.path().get("name"))
                .flatMap(control::definition)
                .map(each -> Response.json(200, render(each)))
                .orElseThrow(() -> new ArmRefusal(ArmError.provider(
                        404,
                        "RoleDefinitionDoesNotExist",
                        "The specified role definition with ID '"
                                + request.path().get("name") + "' does not exist.")));
    }

    private Response putDefinition(ArmRequest request) {
        JsonNode properties = request.body().path("properties");
        UUID id = guid(request.path().get("name"))
                .orElseThrow(() -> new ArmRefusal(
                        ArmError.provider(400, "InvalidRoleDefinitionId", "The role definition id must be a GUID.")));
        RoleDefinition definition = new RoleDefinition(
                id,
                Json.text(properties, "roleName").orElse(id.toString()),
                actions(properties, "actions"),
                actions(properties, "notActions"));
        control.define(definition);
        return Response.json(201, render(definition));
    }

    private static List<String> actions(JsonNode properties, String field) {
        List<String> actions = new ArrayList<>();
        properties
                .path("permissions")
                .forEach(permission -> permission.path(field).forEach(action -> actions.add(action.asText())));
        return actions;
    }

    private static Optional<UUID> guid(String text) {
        return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }

    private static ObjectNode render(RoleAssignment assignment) {
        String scope = assignment.scope().text();
        ObjectNode body = Json.object();
        body.putObject("properties")
                .put("roleDefinitionId", definitionId(assignment.role()))
                .put("principalId", assignment.principalId())
                .put("principalType", "ServicePrincipal")
                .put("scope", scope);
        body.put("id", scope + "/providers/Microsoft.Authorization/roleAssignments/" + assignment.name());
        body.put("type", ResourceType.ROLE_ASSIGNMENTS.typeName());
        body.put("name", assignment.name());
        return body;
    }

    private static ObjectNode render(RoleDefinition definition) {
        ObjectNode body = Json.object();
        ObjectNode properties = body.putObject("properties");
        properties.put("roleName", definition.name());
        properties.put("type", RoleDefinition.KNOWN.contains(definition) ? "BuiltInRole" : "CustomRole");
        properties.putArray("assignableScopes").add("/");
        ObjectNode permission = properties.putArray("permissions").addObject();
        ArrayNode actions = permission.putArray("actions");
        definition.actions().forEach(actions::add);
        ArrayNode notActions = permission.putArray("notActions");
        definition.notActions().forEach(notActions::add);
        permission.putArray("dataActions");
        permission.putArray("notDataActions");
        body.put("id", definitionId(definition));
        body.put("type", ResourceType.ROLE_DEFINITIONS.typeName());
        body.put("name", definition.id().toString());
        return body;
    }

    private static String definitionId(RoleDefinition definition) {
        return "/providers/Microsoft.Authorization/roleDefinitions/" + definition.id();
    }
}
