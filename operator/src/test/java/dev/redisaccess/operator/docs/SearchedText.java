package dev.redisaccess.operator.docs;

import dev.redisaccess.operator.api.Reason;
import java.util.List;

/**
 * An error text that users search for, from their application, their pod or a condition.
 *
 * @param text verbatim
 * @param seen where it appears
 * @param advice what it means there, and what to do first
 * @param reasons the reasons that lead to it, the likeliest first
 */
record SearchedText(String text, String seen, String advice, List<Reason> reasons) {

    private static final String APPLICATION = "in your application's log";
    private static final String CONDITION = "in the message of a condition, or from an Azure SDK";

    private static final String FEDERATION =
            "Compare issuer, subject and audience of the federated credential, character by character, with the three values"
                    + " in the condition's message. A new credential takes minutes to work.";

    static final List<SearchedText> ALL = List.of(
            new SearchedText(
                    "WRONGPASS invalid username-password pair",
                    APPLICATION,
                    "Redis returns this for every login that it refuses. Follow [My pod gets WRONGPASS](#my-pod-gets-wrongpass).",
                    List.of(Reason.NOT_AUTHORIZED, Reason.POLICY_PROPAGATING, Reason.ASSIGNMENT_CONFLICT)),
            new SearchedText(
                    "NOPERM this user has no permissions to run the '…' command",
                    APPLICATION,
                    "The login works. Either the binding's access profile, or another access string of the assignment, does not allow"
                            + " the command or the key, or Azure blocks the command for all users.",
                    List.of(Reason.PERMISSION_DENIED, Reason.ASSIGNMENT_CONFLICT, Reason.ALLOWED_COMMAND_DENIED)),
            new SearchedText(
                    "InvalidAccessString",
                    CONDITION,
                    "Azure does not accept the rules of the access profile: see [least privilege](guides/least-privilege.md).",
                    List.of(Reason.ACCESS_STRING_INVALID, Reason.ACCESS_PROFILE_INVALID)),
            new SearchedText(
                    "NOAUTH Authentication required.",
                    APPLICATION,
                    "The client sent a command without logging in first: it has no credentials provider, or lost it at a"
                            + " reconnect. See the guide of your stack.",
                    List.of(Reason.NOT_AUTHORIZED)),
            new SearchedText(
                    "MOVED … 10.0.0.4:8500",
                    APPLICATION,
                    "The database is an OSSCluster (`REDIS_CLUSTER_POLICY`), and the client is not a cluster client or connects to"
                            + " the shards' private addresses: see [OSSCluster](guides/osscluster.md).",
                    List.of(Reason.SHARDS_UNREACHABLE)),
            new SearchedText(
                    "CreateContainerConfigError: configmap \"…\" not found",
                    "from `kubectl describe pod`",
                    "The pod waits for its access to be verified. Follow [My pod does not start](#my-pod-does-not-start).",
                    List.of(Reason.NOT_ATTEMPTED, Reason.GRANTING_ACCESS, Reason.CONFIG_MAP_NOT_OWNED)),
            new SearchedText(
                    "AADSTS70021: No matching federated identity record found",
                    CONDITION,
                    FEDERATION,
                    List.of(Reason.FEDERATION_NOT_MATCHED)),
            new SearchedText(
                    "AADSTS700211: No matching federated identity record found for presented assertion issuer",
                    CONDITION,
                    FEDERATION,
                    List.of(Reason.FEDERATION_ISSUER_MISMATCH)),
            new SearchedText(
                    "AADSTS700212: No matching federated identity record found for presented assertion audience",
                    CONDITION,
                    FEDERATION,
                    List.of(Reason.FEDERATION_AUDIENCE_MISMATCH)),
            new SearchedText(
                    "AADSTS700213: No matching federated identity record found for presented assertion subject",
                    CONDITION,
                    FEDERATION,
                    List.of(Reason.FEDERATION_SUBJECT_MISMATCH)),
            new SearchedText(
                    "AADSTS700016: Application with identifier '…' was not found in the directory",
                    CONDITION,
                    "No identity in this tenant has the client ID: it was deleted or mistyped, or is in another tenant.",
                    List.of(Reason.IDENTITY_NOT_FOUND)),
            new SearchedText(
                    "AADSTS700024: Client assertion is not within its valid time range",
                    CONDITION,
                    "Clocks differ, or an application read its projected token once and did not read it again.",
                    List.of(Reason.ASSERTION_EXPIRED)),
            new SearchedText(
                    "AADSTS90002: Tenant '…' not found",
                    CONDITION,
                    "The tenant ID is wrong, or the authority is that of another national cloud.",
                    List.of(Reason.TENANT_NOT_FOUND, Reason.WRONG_CLOUD)),
            new SearchedText(
                    "AADSTS90061",
                    CONDITION,
                    "Entra cannot read the cluster's keys from its issuer URL over the internet.",
                    List.of(Reason.ISSUER_UNREACHABLE)),
            new SearchedText(
                    "AADSTS500011",
                    CONDITION,
                    "The scope must be `https://redis.azure.com/.default`, in every cloud.",
                    List.of(Reason.REDIS_RESOURCE_UNKNOWN)),
            new SearchedText(
                    "AADSTS53003",
                    CONDITION,
                    "Conditional access for workload identities: only an administrator of the tenant can admit it.",
                    List.of(Reason.BLOCKED_BY_POLICY)),
            new SearchedText(
                    "AuthorizationFailed: The client '…' does not have authorization to perform action"
                            + " 'Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/write'",
                    CONDITION,
                    "The operator's identity lacks the role; the workload's needs none. A new role takes minutes to work.",
                    List.of(Reason.AZURE_FORBIDDEN)),
            new SearchedText(
                    "The resource write operation failed to complete successfully, because it reached terminal provisioning"
                            + " state 'Failed'",
                    "from Azure, when several assignments of one database are created at once",
                    "Create them one after another: `dependsOn` in Bicep, `depends_on` in Terraform. The operator does so, and"
                            + " retries after a concurrent change by others.",
                    List.of(Reason.ASSIGNMENT_FAILED)),
            new SearchedText(
                    "No subject alternative DNS name matching … found",
                    APPLICATION,
                    "The client connects to an IP address, a `privatelink` name or a shard's private address. Use"
                            + " `REDIS_HOSTNAME`, and with an OSSCluster map the shards to it: see"
                            + " [OSSCluster](guides/osscluster.md).",
                    List.of(Reason.TLS_HOSTNAME_MISMATCH, Reason.SHARDS_UNREACHABLE)),
            new SearchedText(
                    "PKIX path building failed: unable to find valid certification path to requested target",
                    APPLICATION,
                    "A proxy inspects TLS, or the certificate authorities of the image are outdated.",
                    List.of(Reason.TLS_UNTRUSTED)),
            new SearchedText(
                    "UnknownHostException, NXDOMAIN",
                    APPLICATION,
                    "With a private endpoint, the zone `privatelink.redis.azure.net` must be linked to the cluster's network.",
                    List.of(Reason.HOST_NOT_FOUND)),
            new SearchedText(
                    "connection timed out",
                    APPLICATION,
                    "If the binding is Ready, the network path of this pod differs from the operator's: check the NetworkPolicy"
                            + " of its namespace. An OSSCluster also needs the ports 8500 to 8599.",
                    List.of(Reason.CONNECT_TIMEOUT, Reason.SHARDS_UNREACHABLE)),
            new SearchedText(
                    "ERR max number of clients reached",
                    APPLICATION,
                    "The usual cause is an application that opens a connection for each request instead of a pool.",
                    List.of(Reason.TOO_MANY_CONNECTIONS)),
            new SearchedText(
                    "LOADING Redis is loading the dataset in memory",
                    APPLICATION,
                    "It ends when the data is loaded; let the client try again.",
                    List.of(Reason.SERVER_LOADING)));
}
