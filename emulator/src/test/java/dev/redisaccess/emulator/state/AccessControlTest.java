package dev.redisaccess.emulator.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessControlTest {

    private static final String ASSIGNMENTS = "Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/";

    @ParameterizedTest
    @CsvSource({
        "Owner,/subscriptions/s,write,/subscriptions/s/resourceGroups/g,true",
        "Owner,/subscriptions/s/resourceGroups/g,write,/subscriptions/s/resourceGroups/gg,false",
        "Owner,/SUBSCRIPTIONS/S,write,/subscriptions/s/resourceGroups/g,true",
        "Owner,/subscriptions/s/resourceGroups/g,write,/subscriptions/s,false",
        "Reader,/subscriptions/s,read,/subscriptions/s/resourceGroups/g,true",
        "Reader,/subscriptions/s,write,/subscriptions/s/resourceGroups/g,false",
        "Contributor,/subscriptions/s,delete,/subscriptions/s/resourceGroups/g,true",
        "Redis Access Operator,/,delete,/subscriptions/s/resourceGroups/g,true",
    })
    void allowsByScopeAndAction(String role, String scope, String verb, String target, boolean allowed) {
        RoleDefinition definition = RoleDefinition.KNOWN.stream()
                .filter(each -> each.name().equals(role))
                .findFirst()
                .orElseThrow();
        AccessControl control = new AccessControl();
        control.assign(new RoleAssignment("name", new ArmId(scope), "oid", definition));
        assertThat(control.allows("OID", ASSIGNMENTS + verb, new ArmId(target))).isEqualTo(allowed);
        assertThat(control.allows("other", ASSIGNMENTS + verb, new ArmId(target)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Contributor,Microsoft.Authorization/roleAssignments/write,false",
        "Contributor,Microsoft.Authorization/roleAssignments/read,true",
        "Owner,Microsoft.Authorization/roleAssignments/write,true",
        "Redis Access Operator,Microsoft.Cache/redisEnterprise/read,true",
        "Redis Access Operator,Microsoft.Cache/redisEnterprise/write,false",
        "Redis Access Operator,Microsoft.Cache/redisEnterprise/databases/listKeys/action,false",
        "Redis Access Operator,microsoft.cache/REDISENTERPRISE/databases/read,true",
    })
    void findsRolesByTheirActions(String role, String action, boolean allowed) {
        RoleDefinition definition = RoleDefinition.KNOWN.stream()
                .filter(each -> each.name().equals(role))
                .findFirst()
                .orElseThrow();
        assertThat(definition.allows(action)).isEqualTo(allowed);
    }
}
