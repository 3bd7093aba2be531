package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.http.Router;
import dev.redisaccess.emulator.state.AccessControl;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.AuditFields;
import dev.redisaccess.emulator.state.RoleAssignment;
import dev.redisaccess.emulator.state.RoleDefinition;
import dev.redisaccess.emulator.state.StoredFields;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code Microsoft.Authorization}: {@code roleAssignments}, in effect at once, {@code denyAssignments} and {@code permissions}. */
final class RoleAssignments {

    private static final String PROVIDER = "/{scope*}/providers/Microsoft.Authorization";
    private static final String PATH = PROVIDER + "/roleAssignments";

    private static final Writable WRITABLE = new Writable(
            Map.of(
                    "roleDefinitionId", Writable.Rule.text(),
                    "principalId", Writable.Rule.text(),
                    "principalType", Writable.Rule.oneOf("User", "Group", "ServicePrincipal", "ForeignGroup", "Device"),
                    "description", Writable.Rule.text(),
                    "condition", Writable.Rule.text(),
                    "conditionVersion", Writable.Rule.text(),
                    "delegatedManagedIdentityResourceId", Writable.Rule.text()),
            Set.of("scope", "createdOn", "updatedOn", "createdBy", "updatedBy"));

    private final AccessControl control;
    private final Clock clock;
    private final Pages pages;

    RoleAssignments(AccessControl control, Clock clock, Pages pages) {
        this.control = control;
        this.clock = clock;
        this.pages = pages;
    }

    void addTo(Router<ArmRoute> routes) {
        new Verbs(routes, ResourceType.ROLE_ASSIGNMENTS)
                .list(PATH, this::list, "$filter")
                .get(PATH + "/{name}", this::get)
                .put(PATH + "/{name}", this::put)
                .delete(PATH + "/{name}", this::delete);
        new Verbs(routes, ResourceType.DENY_ASSIGNMENTS)
                .list(PROVIDER + "/denyAssignments", request -> pages.of(request, List.of()), "$filter");
        routes.add("GET", PROVIDER + "/permissions", ArmRoute.open(ResourceType.PERMISSIONS, this::permissions));
    }

    private static ArmId scope(ArmRequest request) {
        return new ArmId(request.path().get("scope"));
    }

    /** Without a filter, what is at, above and below the scope. */
    private Response list(ArmRequest request) {
        ArmId scope = scope(request);
        Filter filter = Filter.of(request);
        boolean below = filter.clauses().stream().noneMatch(each -> each.calls("atScope"));
        return pages.of(
                request,
                control.assignments().stream()
                        .filter(each -> scope.isWithin(each.scope())
                                || below && each.scope().isWithin(scope))
                        .filter(each -> filter.clauses().stream().allMatch(clause -> matches(each, clause, filter)))
                        .map(RoleAssignments::render)
                        .toList());
    }

    private static boolean matches(RoleAssignment assignment, Filter.Clause clause, Filter filter) {
        if (clause.is("principalId") || clause.calls("assignedTo")) {
            return assignment.principalId().equalsIgnoreCase(clause.value());
        } else if (clause.is("roleDefinitionId")) {
            return clause.value().endsWith(assignment.role().id().toString());
        } else if (clause.calls("atScope")) {
            return true;
        }
        throw filter.refused();
    }

    private Response get(ArmRequest request) {
        String name = request.path().get("name");
        return control.assignment(scope(request), name)
                .map(each -> Response.json(200, render(each)))
                .orElseThrow(() -> new ArmRefusal(ArmError.provider(
                        404, "RoleAssignmentNotFound", "The role assignment '" + name + "' is not found.")));
    }

    private Response put(ArmRequest request) {
        JsonNode properties = request.body().path("properties");
        StoredFields kept = WRITABLE.read(properties);
        RoleDefinition role = role(kept.text("roleDefinitionId", ""));
        String principal = Json.text(properties, "principalId")
                .orElseThrow(() ->
                        new ArmRefusal(ArmError.provider(400, "InvalidPrincipalId", "The principal id is missing.")));
        String name = request.path().get("name");
        Optional<RoleAssignment> before = control.assignment(scope(request), name);
        before.ifPresent(each -> requireSame(each, principal, role));
        AuditFields written =
                AuditFields.by(request.caller().objectId(), clock.instant(), before.flatMap(RoleAssignment::written));
        RoleAssignment assignment =
                new RoleAssignment(name, scope(request), principal, role, kept, Optional.of(written));
        requireOnly(assignment);
        control.assign(assignment);
        return Response.json(before.isEmpty() ? 201 : 200, render(assignment));
    }

    private RoleDefinition role(String id) {
        return RoleDefinitions.guid(id.substring(id.lastIndexOf('/') + 1))
                .flatMap(control::definition)
                .orElseThrow(() -> new ArmRefusal(ArmError.provider(
                        400,
                        "RoleDefinitionDoesNotExist",
                        "The specified role definition with ID '" + id + "' does not exist.")));
    }

    private static void requireSame(RoleAssignment before, String principal, RoleDefinition role) {
        if (!before.principalId().equalsIgnoreCase(principal)
                || !before.role().id().equals(role.id())) {
            throw new ArmRefusal(ArmError.provider(
                    400,
                    "RoleAssignmentUpdateNotPermitted",
                    "Tenant ID, application ID, principal ID, and scope are not allowed to be updated."));
        }
    }

    private void requireOnly(RoleAssignment assignment) {
        boolean other = control.assignments().stream()
                .anyMatch(each -> each.scope().equals(assignment.scope())
                        && each.principalId().equalsIgnoreCase(assignment.principalId())
                        && each.role().id().equals(assignment.role().id())
                        && !each.name().equalsIgnoreCase(assignment.name()));
        if (other) {
            throw new ArmRefusal(ArmError.provider(409, "RoleAssignmentExists", "The role assignment already exists."));
        }
    }

    private Response delete(ArmRequest request) {
        String name = request.path().get("name");
        Optional<RoleAssignment> before = control.assignment(scope(request), name);
        control.remove(scope(request), name);
        return before.map(each -> Response.json(200, render(each))).orElseGet(() -> Response.empty(204));
    }

    /** The caller's permissions at the scope. */
    private Response permissions(ArmRequest request) {
        ArmId scope = scope(request);
        return pages.of(
                request,
                control.assignments().stream()
                        .filter(each -> scope.isWithin(each.scope()))
                        .filter(each -> each.principalId()
                                .equalsIgnoreCase(request.caller().objectId()))
                        .flatMap(each -> each.role().permissions().stream())
                        .map(RoleDefinitions::render)
                        .toList());
    }

    private static ObjectNode render(RoleAssignment assignment) {
        String scope = assignment.scope().text();
        ObjectNode body = Json.object();
        ObjectNode properties = body.putObject("properties");
        properties.put("roleDefinitionId", RoleDefinitions.id(assignment.role(), assignment.scope()));
        properties.put("principalId", assignment.principalId());
        properties.put("principalType", assignment.kept().text("principalType", "ServicePrincipal"));
        properties.put("scope", scope);
        for (String field :
                List.of("condition", "conditionVersion", "description", "delegatedManagedIdentityResourceId")) {
            properties.put(field, assignment.kept().text(field, null));
        }
        WrittenFields.render(properties, assignment.written());
        String prefix = scope.equals("/") ? "" : scope;
        body.put("id", prefix + "/providers/Microsoft.Authorization/roleAssignments/" + assignment.name());
        body.put("type", ResourceType.ROLE_ASSIGNMENTS.typeName());
        body.put("name", assignment.name());
        return body;
    }
}
