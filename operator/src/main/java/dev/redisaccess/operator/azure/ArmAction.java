package dev.redisaccess.operator.azure;

/** The five actions of the operator's custom role. */
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

    /** Its name in a role definition. */
    String permission() {
        return permission;
    }
}
