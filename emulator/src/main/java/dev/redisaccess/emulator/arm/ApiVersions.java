package dev.redisaccess.emulator.arm;

import java.util.List;

/**
 * The published api-versions of each group of resource types. Source of all: github.com/Azure/azure-rest-api-specs, by the
 * directories {@code stable} and {@code preview} below the path that is named at each list, and the tags of its readme.md.
 */
final class ApiVersions {

    /** specification/resources/resource-manager/Microsoft.Resources: resources.json and subscriptions.json. */
    static final List<String> RESOURCES = List.of(
            "2014-04-01-preview",
            "2015-01-01",
            "2015-11-01",
            "2016-02-01",
            "2016-06-01",
            "2016-07-01",
            "2016-09-01",
            "2017-05-10",
            "2018-02-01",
            "2018-05-01",
            "2018-06-01",
            "2019-03-01",
            "2019-05-01",
            "2019-05-10",
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

    /** specification/redisenterprise/resource-manager/Microsoft.Cache; from 2025-08-01-preview on in RedisEnterprise/main.tsp. */
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

    /** The same directory: the versions whose redisenterprise.json has accessPolicyAssignments. */
    static final List<String> REDIS_ASSIGNMENTS = List.of(
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

    /** specification/msi/resource-manager/Microsoft.ManagedIdentity/ManagedIdentity. */
    static final List<String> IDENTITIES = List.of(
            "2015-08-31-preview",
            "2018-11-30",
            "2021-09-30-preview",
            "2022-01-31-preview",
            "2023-01-31",
            "2023-07-31-preview",
            "2024-11-30",
            "2025-01-31-preview",
            "2025-05-31-preview",
            "2026-04-30",
            "2026-05-31");

    /** The same directory: the versions with federatedIdentityCredentials. */
    static final List<String> FEDERATED_CREDENTIALS = List.of(
            "2022-01-31-preview",
            "2023-01-31",
            "2023-07-31-preview",
            "2024-11-30",
            "2025-01-31-preview",
            "2025-05-31-preview",
            "2026-04-30",
            "2026-05-31");

    /** specification/authorization/resource-manager/Microsoft.Authorization: authorization-RoleAssignmentsCalls.json. */
    static final List<String> ROLE_ASSIGNMENTS = List.of(
            "2015-07-01",
            "2018-01-01-preview",
            "2018-07-01",
            "2018-09-01-preview",
            "2020-03-01-preview",
            "2020-04-01-preview",
            "2020-08-01-preview",
            "2020-10-01-preview",
            "2022-04-01");

    /** The same directory: authorization-RoleDefinitionsCalls.json. */
    static final List<String> ROLE_DEFINITIONS =
            List.of("2015-07-01", "2018-01-01-preview", "2018-07-01", "2022-04-01", "2022-05-01-preview");

    /** The same directory: authorization-DenyAssignmentCalls.json. */
    static final List<String> DENY_ASSIGNMENTS = List.of("2018-07-01-preview", "2022-04-01");

    /** As the role definitions: both are in authorization-RoleDefinitionsCalls.json. */
    static final List<String> PERMISSIONS = ROLE_DEFINITIONS;

    private ApiVersions() {}
}
