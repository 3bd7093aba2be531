package dev.redisaccess.emulator.arm;

import java.util.List;

/** The resource types that the emulator has, and the api-versions in which each exists. */
enum ResourceType {
    SUBSCRIPTIONS("Microsoft.Resources/subscriptions", Versions.RESOURCES),
    TENANTS("Microsoft.Resources/tenants", Versions.RESOURCES),
    PROVIDERS("Microsoft.Resources/providers", Versions.RESOURCES),
    RESOURCE_GROUPS("Microsoft.Resources/subscriptions/resourceGroups", Versions.RESOURCES),
    CLUSTERS("Microsoft.Cache/redisEnterprise", Versions.REDIS),
    DATABASES("Microsoft.Cache/redisEnterprise/databases", Versions.REDIS),
    ASSIGNMENTS("Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments", Versions.ASSIGNMENTS),
    REDIS_OPERATIONS("Microsoft.Cache/locations/operationsStatus", Versions.REDIS),
    IDENTITIES("Microsoft.ManagedIdentity/userAssignedIdentities", Versions.IDENTITIES),
    FEDERATED_CREDENTIALS(
            "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials", Versions.FEDERATED),
    ROLE_ASSIGNMENTS("Microsoft.Authorization/roleAssignments", Versions.AUTHORIZATION),
    ROLE_DEFINITIONS("Microsoft.Authorization/roleDefinitions", Versions.AUTHORIZATION);

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

    /**
     * The versions in which each group of types exists: read in the published specifications.
     */
    private static final class Versions {
        static final List<String> RESOURCES = List.of(
                "2014-04-01-preview",
                "2015-01-01",
                "2015-11-01",
                "2016-02-01",
                "2016-06-01",
                "2016-09-01",
                "2017-05-10",
                "2018-02-01",
                "2018-05-01",
                "2019-03-01",
                "2019-05-01",
                "2019-06-01",
                "2019-07-01",
                "2019-08-01",
                "2019-09-01",
                "2019-10-01",
                "2019-11-01",
                "2020-01-01",
                "2020-06-01",
                "2020-08-01",
                "2020-10-01",
                "2021-01-01",
                "2021-04-01",
                "2022-01-01",
                "2022-09-01",
                "2022-12-01",
                "2023-07-01",
                "2024-03-01",
                "2024-07-01",
                "2024-11-01",
                "2025-03-01",
                "2025-04-01");
        static final List<String> REDIS = List.of(
                "2020-10-01-preview",
                "2021-02-01-preview",
                "2021-03-01",
                "2021-08-01",
                "2022-01-01",
                "2022-11-01-preview",
                "2023-03-01-preview",
                "2023-07-01",
                "2023-08-01-preview",
                "2023-10-01-preview",
                "2023-11-01",
                "2024-02-01",
                "2024-03-01-preview",
                "2024-06-01-preview",
                "2024-09-01-preview",
                "2024-10-01",
                "2025-04-01",
                "2025-05-01-preview",
                "2025-07-01",
                "2025-08-01-preview",
                "2026-02-01-preview",
                "2026-05-01-preview",
                "2026-06-01-preview",
                "2026-09-01",
                "2026-10-01-preview");
        static final List<String> ASSIGNMENTS = List.of(
                "2024-09-01-preview",
                "2025-04-01",
                "2025-05-01-preview",
                "2025-07-01",
                "2025-08-01-preview",
                "2026-02-01-preview",
                "2026-05-01-preview",
                "2026-06-01-preview",
                "2026-09-01",
                "2026-10-01-preview");
        static final List<String> IDENTITIES = List.of(
                "2015-08-31-preview",
                "2018-11-30",
                "2021-09-30-preview",
                "2022-01-31-preview",
                "2023-01-31",
                "2023-07-31-preview",
                "2024-11-30",
                "2025-01-31-preview");
        static final List<String> FEDERATED =
                List.of("2022-01-31-preview", "2023-01-31", "2023-07-31-preview", "2024-11-30", "2025-01-31-preview");
        static final List<String> AUTHORIZATION = List.of(
                "2015-07-01",
                "2018-01-01-preview",
                "2018-07-01",
                "2018-09-01-preview",
                "2020-04-01-preview",
                "2020-08-01-preview",
                "2020-10-01-preview",
                "2022-04-01",
                "2022-05-01-preview");

        private Versions() {}
    }
}
