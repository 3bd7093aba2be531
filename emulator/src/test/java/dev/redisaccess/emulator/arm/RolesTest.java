package dev.redisaccess.emulator.arm;

import static dev.redisaccess.emulator.testing.LocalAzure.GROUP;
import static dev.redisaccess.emulator.testing.LocalAzure.IDENTITY_OBJECT;
import static dev.redisaccess.emulator.testing.LocalAzure.NOBODY_OBJECT;
import static dev.redisaccess.emulator.testing.LocalAzure.SUBSCRIPTION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.emulator.testing.LocalAzure;
import org.junit.jupiter.api.Test;

class RolesTest {

    private static final String DEFINITIONS = "/providers/Microsoft.Authorization/roleDefinitions";
    private static final String ASSIGNMENTS = "/providers/Microsoft.Authorization/roleAssignments";
    private static final String ROLE = "5f5c5f3a-0000-4000-8000-00000000000a";
    private static final String READER = SUBSCRIPTION + DEFINITIONS + "/acdd72a7-3385-48ef-bd42-f606fba81ae7";

    private final ArmCalls arm = new ArmCalls(new LocalAzure(), "2022-04-01");

    @Test
    void keepsAndReturnsWhatADefinitionWasPutWith() {
        JsonNode put = ArmCalls.json(arm.send("PUT", SUBSCRIPTION + DEFINITIONS + "/" + ROLE, definition("mine")));
        JsonNode got = arm.get(SUBSCRIPTION + DEFINITIONS + "/" + ROLE);
        assertThat(got).isEqualTo(put);
        assertThat(got.path("id").asText()).isEqualTo(SUBSCRIPTION + DEFINITIONS + "/" + ROLE);
        JsonNode properties = got.path("properties");
        assertThat(properties.path("description").asText()).isEqualTo("what it is for");
        assertThat(properties.at("/assignableScopes/0").asText()).isEqualTo(GROUP);
        assertThat(properties.at("/permissions/0/actions/0").asText()).isEqualTo("*/read");
        assertThat(properties.at("/permissions/1/dataActions/0").asText()).isEqualTo("a/b");
        assertThat(properties.path("createdOn").asText()).isEqualTo("2026-06-11T04:35:34.0000000Z");
        assertThat(properties.path("type").asText()).isEqualTo("CustomRole");
    }

    @Test
    void deletesADefinitionWithoutAssignments() {
        arm.send("PUT", SUBSCRIPTION + DEFINITIONS + "/" + ROLE, definition("mine"));
        String assignment = GROUP + ASSIGNMENTS + "/5f5c5f3a-0000-4000-8000-000000000001";
        arm.send("PUT", assignment, assignment(SUBSCRIPTION + DEFINITIONS + "/" + ROLE, NOBODY_OBJECT));
        assertThat(arm.code("DELETE", SUBSCRIPTION + DEFINITIONS + "/" + ROLE, ""))
                .isEqualTo("RoleDefinitionHasAssignments");
        arm.send("DELETE", assignment, "");
        assertThat(arm.status("DELETE", SUBSCRIPTION + DEFINITIONS + "/" + ROLE, ""))
                .isEqualTo(200);
        assertThat(arm.status("DELETE", SUBSCRIPTION + DEFINITIONS + "/" + ROLE, ""))
                .isEqualTo(204);
        assertThat(arm.status("GET", SUBSCRIPTION + DEFINITIONS + "/" + ROLE, ""))
                .isEqualTo(404);
        assertThat(arm.status("DELETE", READER, "")).isEqualTo(400);
    }

    @Test
    void findsDefinitionsByNameTypeAndScope() {
        arm.send("PUT", SUBSCRIPTION + DEFINITIONS + "/" + ROLE, definition("mine"));
        assertThat(arm.names(SUBSCRIPTION + DEFINITIONS + "?$filter=roleName%20eq%20'Reader'"))
                .hasSize(1);
        assertThat(arm.names(GROUP + DEFINITIONS + "?$filter=type%20eq%20'CustomRole'"))
                .containsExactly(ROLE);
        assertThat(arm.names(SUBSCRIPTION + DEFINITIONS)).doesNotContain(ROLE); // its only scope is below
        assertThat(arm.names(SUBSCRIPTION + DEFINITIONS + "?$filter=atScopeAndBelow()"))
                .contains(ROLE);
        assertThat(arm.code("GET", SUBSCRIPTION + DEFINITIONS + "?$filter=x%20eq%20'y'", ""))
                .isEqualTo("BadRequest");
    }

    @Test
    void listsOnlyTheAssignmentsThatTheFilterSelects() {
        String here = GROUP + ASSIGNMENTS + "/5f5c5f3a-0000-4000-8000-000000000001";
        String other = GROUP + ASSIGNMENTS + "/5f5c5f3a-0000-4000-8000-000000000002";
        arm.send("PUT", here, assignment(READER, NOBODY_OBJECT));
        arm.send("PUT", other, assignment(READER, IDENTITY_OBJECT));
        String list = SUBSCRIPTION + ASSIGNMENTS;
        assertThat(arm.names(list)).hasSize(3);
        assertThat(arm.names(list + "?$filter=atScope()")).hasSize(1);
        assertThat(arm.names(list + "?$filter=principalId%20eq%20'" + NOBODY_OBJECT + "'"))
                .containsExactly("5f5c5f3a-0000-4000-8000-000000000001");
        assertThat(arm.names(GROUP + ASSIGNMENTS + "?$filter=atScope()%20and%20assignedTo('" + IDENTITY_OBJECT + "')"))
                .containsExactly("5f5c5f3a-0000-4000-8000-000000000002");
        assertThat(arm.code("GET", list + "?$filter=createdOn%20gt%20x", "")).isEqualTo("BadRequest");
        assertThat(arm.notEmulated("GET", list + "?$orderby=x", "")).isTrue();
    }

    @Test
    void keepsAndReturnsWhatAnAssignmentWasPutWith() {
        String path = GROUP + ASSIGNMENTS + "/5f5c5f3a-0000-4000-8000-000000000001";
        String body = "{\"properties\":{\"roleDefinitionId\":\"" + READER + "\",\"principalId\":\"" + NOBODY_OBJECT
                + "\",\"principalType\":\"User\",\"description\":\"why\",\"condition\":\"c\",\"conditionVersion\":\"2.0\"}}";
        assertThat(arm.status("PUT", path, body)).isEqualTo(201);
        assertThat(arm.status("PUT", path, body)).isEqualTo(200);
        JsonNode properties = arm.get(path).path("properties");
        assertThat(properties.path("roleDefinitionId").asText()).isEqualTo(READER);
        assertThat(properties.path("principalType").asText()).isEqualTo("User");
        assertThat(properties.path("description").asText()).isEqualTo("why");
        assertThat(properties.path("conditionVersion").asText()).isEqualTo("2.0");
        assertThat(arm.code("PUT", path, assignment(READER, IDENTITY_OBJECT)))
                .isEqualTo("RoleAssignmentUpdateNotPermitted");
    }

    private static String definition(String name) {
        return "{\"properties\":{\"roleName\":\"" + name
                + "\",\"description\":\"what it is for\",\"assignableScopes\":[\""
                + GROUP + "\"],\"permissions\":[{\"actions\":[\"*/read\"],\"notActions\":[]},"
                + "{\"actions\":[],\"dataActions\":[\"a/b\"]}]}}";
    }

    private static String assignment(String role, String principal) {
        return "{\"properties\":{\"roleDefinitionId\":\"" + role + "\",\"principalId\":\"" + principal + "\"}}";
    }
}
