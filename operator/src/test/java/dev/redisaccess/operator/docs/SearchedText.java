package dev.redisaccess.operator.docs;

import dev.redisaccess.operator.api.Reason;
import java.util.List;

/**
 * A text that people paste into a search box, as they meet it in their application, their pod or a condition.
 *
 * @param text verbatim
 * @param seen where it is met
 * @param reasons which reasons lead to it, the likeliest first
 */
record SearchedText(String text, String seen, List<Reason> reasons) {

    private static final String APPLICATION = "in your application's log";
    private static final String CONDITION = "in the message of a condition, or from an Azure SDK";

    static final List<SearchedText> ALL = List.of(
            new SearchedText(
                    "WRONGPASS invalid username-password pair",
                    APPLICATION,
                    List.of(Reason.NOT_AUTHORIZED, Reason.POLICY_PROPAGATING, Reason.ASSIGNMENT_CONFLICT)),
            new SearchedText(
                    "NOPERM this user has no permissions to run the '…' command",
                    APPLICATION,
                    List.of(Reason.PERMISSION_DENIED, Reason.ASSIGNMENT_CONFLICT)),
            new SearchedText("NOAUTH Authentication required.", APPLICATION, List.of(Reason.NOT_AUTHORIZED)),
            new SearchedText("MOVED … 10.0.0.4:8500", APPLICATION, List.of(Reason.SHARDS_UNREACHABLE)),
            new SearchedText(
                    "CreateContainerConfigError: configmap \"…\" not found",
                    "from `kubectl describe pod`",
                    List.of(Reason.NOT_ATTEMPTED, Reason.GRANTING_ACCESS, Reason.CONFIG_MAP_NOT_OWNED)),
            new SearchedText(
                    "AADSTS70021: No matching federated identity record found",
                    CONDITION,
                    List.of(Reason.FEDERATION_NOT_MATCHED)),
            new SearchedText(
                    "AADSTS700211: No matching federated identity record found for presented assertion issuer",
                    CONDITION,
                    List.of(Reason.FEDERATION_ISSUER_MISMATCH)),
            new SearchedText(
                    "AADSTS700212: No matching federated identity record found for presented assertion audience",
                    CONDITION,
                    List.of(Reason.FEDERATION_AUDIENCE_MISMATCH)),
            new SearchedText(
                    "AADSTS700213: No matching federated identity record found for presented assertion subject",
                    CONDITION,
                    List.of(Reason.FEDERATION_SUBJECT_MISMATCH)),
            new SearchedText(
                    "AADSTS700016: Application with identifier '…' was not found in the directory",
                    CONDITION,
                    List.of(Reason.IDENTITY_NOT_FOUND)),
            new SearchedText(
                    "AADSTS700024: Client assertion is not within its valid time range",
                    CONDITION,
                    List.of(Reason.ASSERTION_EXPIRED)),
            new SearchedText("AADSTS90002: Tenant '…' not found", CONDITION, List.of(Reason.TENANT_NOT_FOUND)),
            new SearchedText("AADSTS90061", CONDITION, List.of(Reason.ISSUER_UNREACHABLE)),
            new SearchedText("AADSTS500011", CONDITION, List.of(Reason.REDIS_RESOURCE_UNKNOWN)),
            new SearchedText("AADSTS53003", CONDITION, List.of(Reason.BLOCKED_BY_POLICY)),
            new SearchedText(
                    "AuthorizationFailed: The client '…' does not have authorization to perform action"
                            + " 'Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/write'",
                    CONDITION,
                    List.of(Reason.AZURE_FORBIDDEN)),
            new SearchedText(
                    "The resource write operation failed to complete successfully, because it reached terminal provisioning"
                            + " state 'Failed'",
                    "from Azure, when several assignments of one database are created at once",
                    List.of(Reason.ASSIGNMENT_FAILED)),
            new SearchedText(
                    "No subject alternative DNS name matching … found",
                    APPLICATION,
                    List.of(Reason.TLS_HOSTNAME_MISMATCH, Reason.SHARDS_UNREACHABLE)),
            new SearchedText(
                    "PKIX path building failed: unable to find valid certification path to requested target",
                    APPLICATION,
                    List.of(Reason.TLS_UNTRUSTED)),
            new SearchedText("UnknownHostException, NXDOMAIN", APPLICATION, List.of(Reason.HOST_NOT_FOUND)),
            new SearchedText("connection timed out", APPLICATION, List.of(Reason.CONNECT_TIMEOUT)),
            new SearchedText("ERR max number of clients reached", APPLICATION, List.of(Reason.TOO_MANY_CONNECTIONS)),
            new SearchedText(
                    "LOADING Redis is loading the dataset in memory", APPLICATION, List.of(Reason.SERVER_LOADING)));
}
