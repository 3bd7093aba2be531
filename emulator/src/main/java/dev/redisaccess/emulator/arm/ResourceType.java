package dev.redisaccess.emulator.arm;

import java.util.List;

/** The resource types that the emulator has, and the api-versions in which each exists. */
enum ResourceType {
    SUBSCRIPTIONS("Microsoft.Resources/subscriptions", ApiVersions.RESOURCES),
    TENANTS("Microsoft.Resources/tenants", ApiVersions.RESOURCES),
    PROVIDERS("Microsoft.Resources/providers", ApiVersions.RESOURCES),
    LOCATIONS("Microsoft.Resources/subscriptions/locations", ApiVersions.RESOURCES),
    RESOURCES("Microsoft.Resources/resources", ApiVersions.RESOURCES),
    RESOURCE_GROUPS("Microsoft.Resources/subscriptions/resourceGroups", ApiVersions.RESOURCES),
    CLUSTERS("Microsoft.Cache/redisEnterprise", ApiVersions.REDIS),
    DATABASES("Microsoft.Cache/redisEnterprise/databases", ApiVersions.REDIS),
    ASSIGNMENTS("Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments", ApiVersions.REDIS_ASSIGNMENTS),
    REDIS_OPERATIONS("Microsoft.Cache/locations/operationsStatus", ApiVersions.REDIS),
    IDENTITIES("Microsoft.ManagedIdentity/userAssignedIdentities", ApiVersions.IDENTITIES),
    FEDERATED_CREDENTIALS(
            "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
            ApiVersions.FEDERATED_CREDENTIALS),
    ROLE_ASSIGNMENTS("Microsoft.Authorization/roleAssignments", ApiVersions.ROLE_ASSIGNMENTS),
    ROLE_DEFINITIONS("Microsoft.Authorization/roleDefinitions", ApiVersions.ROLE_DEFINITIONS),
    DENY_ASSIGNMENTS("Microsoft.Authorization/denyAssignments", ApiVersions.DENY_ASSIGNMENTS),
    PERMISSIONS("Microsoft.Authorization/permissions", ApiVersions.PERMISSIONS);

    private final String typeName;
    private final List<String> apiVersions;

    ResourceType(String typeName, List<String> apiVersions) {
        this.typeName = typeName;
        this.apiVersions = apiVersions;
    }

    String typeName() {
        return typeName;
    }

    List<String> apiVersions() {
        return apiVersions;
    }

    /** {@code read}, {@code write} or {@code delete} of this type, as roles name it. */
    String action(String verb) {
        return typeName + "/" + verb;
    }

    /** The provider, for example {@code Microsoft.Cache}. */
    String namespace() {
        return typeName.substring(0, typeName.indexOf('/'));
    }

    /**
     * Whether Azure may have published this version since the list was made: it looks like one, and is later than all that
     * are known.
     */
    boolean mayBeNewer(String version) {
        String newest = apiVersions.get(apiVersions.size() - 1);
        return version.matches("\\d{4}-\\d{2}-\\d{2}(-preview)?") && version.compareTo(newest) > 0;
    }
}
