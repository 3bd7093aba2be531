package dev.redisaccess.operator.azure;

/** What the operator does in Azure: the five actions of its custom role. */
enum ArmAction {
    READ_CLUSTER("Microsoft.Cache/redisEnterprise/read"),
    READ_DATABASE("Microsoft.Cache/redisEnterprise/databases/read"),
    READ_ASSIGNMENT("Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/read"),
    WRITE_ASSIGNMENT("Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/write"),
    DELETE_ASSIGNMENT("Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/delete");

    private final String permission;

    ArmAction(String permission) {
        this.permission = permission;
    }

    /** As a role definition names it. */
    String permission() {
        return permission;
    }
}
