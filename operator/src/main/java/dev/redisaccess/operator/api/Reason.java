package dev.redisaccess.operator.api;

import java.util.Locale;

/**
 * The reason of a condition: one constant for one situation, with everything that the operator and its documentation derive
 * from it. {@code docs/troubleshooting.md} is generated from here. The AADSTS codes and Redis errors that lead to a reason are
 * in the code that classifies them.
 */
public enum Reason {
    // any condition
    READY(
            new Facts(ConditionType.READY, Kind.HOLDS, Team.NONE),
            "Access is granted and verified, and the environment is published.",
            "Nothing to do."),
    NOT_ATTEMPTED(
            new Facts(ConditionType.READY, Kind.UNKNOWN, Team.NONE),
            "A condition before this one is not `True`, so this one was not evaluated; or the operator has not"
                    + " processed the object since it was created.",
            "Look at the condition that the message names. If `Ready` has this reason for more than some"
                    + " seconds, check that the operator runs and watches this namespace."),
    INVALID_SPEC(
            new Facts(ConditionType.READY, Kind.FAILED, Team.APPLICATION),
            "The API server accepted the object, but the value of a field is not valid.",
            "Correct the field that the message names."),
    INTERNAL_ERROR(
            new Facts(ConditionType.READY, Kind.UNKNOWN, Team.MAINTAINERS),
            "An unexpected error occurred in the operator.",
            "The operator retries automatically. If the error persists, report it with the operator's log lines"
                    + " of that time."),
    // DatabaseResolved, and Ready of a RedisDatabase
    DATABASE_RUNNING(
            new Facts(ConditionType.DATABASE_RESOLVED, Kind.HOLDS, Team.NONE),
            "Azure reports the database as running.",
            "Nothing to do."),
    READING_DATABASE(
            new Facts(ConditionType.DATABASE_RESOLVED, Kind.PASSING, Team.NONE),
            "The database is being read from Azure for the first time.",
            "Wait some seconds."),
    DATABASE_NOT_FOUND(
            new Facts(ConditionType.DATABASE_RESOLVED, Kind.FAILED, Team.PLATFORM),
            "There is no RedisDatabase of this name.",
            "Register the database, or correct `spec.databaseRef.name` in a new binding."),
    NAMESPACE_NOT_ALLOWED(
            new Facts(ConditionType.DATABASE_RESOLVED, Kind.FAILED, Team.PLATFORM),
            "The RedisDatabase does not admit this namespace. Access that was granted before is revoked after"
                    + " five minutes.",
            "Add the namespace to `spec.allowedNamespaces` of the RedisDatabase."),
    INVALID_RESOURCE_ID(
            new Facts(ConditionType.DATABASE_RESOLVED, Kind.FAILED, Team.PLATFORM),
            "`spec.resourceId` is not the resource ID of an Azure Managed Redis database.",
            "Register the database again with the ID that `az redisenterprise show --query id` prints."),
    CLASSIC_REDIS_NOT_SUPPORTED(
            new Facts(ConditionType.DATABASE_RESOLVED, Kind.FAILED, Team.PLATFORM),
            "`spec.resourceId` names a resource of Azure Cache for Redis (`Microsoft.Cache/redis`), another"
                    + " service with another API.",
            "Register an Azure Managed Redis database (`Microsoft.Cache/redisEnterprise`)."),
    AZURE_RESOURCE_NOT_FOUND(
            new Facts(ConditionType.DATABASE_RESOLVED, Kind.CONTRADICTED, Team.PLATFORM),
            "The subscription, the resource group, the Redis cluster or the database was not found in Azure.",
            "Create it, or register the right resource ID."),
    DATABASE_NOT_RUNNING(
            new Facts(ConditionType.DATABASE_RESOLVED, Kind.CONTRADICTED, Team.AZURE),
            "The database exists in Azure, but is not running.",
            "Wait until Azure has created, scaled or updated it. If that failed, look at its resource health."),
    ENCRYPTION_DISABLED(
            new Facts(ConditionType.DATABASE_RESOLVED, Kind.CONTRADICTED, Team.AZURE),
            "The database accepts plaintext connections only (`clientProtocol: Plaintext`), and Entra tokens"
                    + " require TLS.",
            "Create the database with `clientProtocol: Encrypted`."),
    AZURE_FORBIDDEN(
            new Facts(ConditionType.DATABASE_RESOLVED, Kind.FAILED, Team.AZURE),
            "The operator's identity has no permission for this request to Azure.",
            "Assign the operator's custom role at the scope that the message names."),
    AZURE_CREDENTIAL_FAILED(
            new Facts(ConditionType.DATABASE_RESOLVED, Kind.FAILED, Team.PLATFORM),
            "No token for Azure Resource Manager was issued to the operator, or Azure refused it.",
            "Check the operator's own identity: `AZURE_CLIENT_ID`, `AZURE_TENANT_ID` and its federated"
                    + " credential."),
    AZURE_THROTTLED(
            new Facts(ConditionType.DATABASE_RESOLVED, Kind.UNAVAILABLE, Team.NONE),
            "Azure limits the rate of requests.",
            "Wait: the operator continues when Azure allows it."),
    AZURE_UNAVAILABLE(
            new Facts(ConditionType.DATABASE_RESOLVED, Kind.UNAVAILABLE, Team.NONE),
            "Azure Resource Manager did not answer, or returned a server error.",
            "Wait. If it persists, look at the status of Azure and at the egress of the cluster."),
    AZURE_REQUEST_REFUSED(
            new Facts(ConditionType.DATABASE_RESOLVED, Kind.FAILED, Team.PLATFORM),
            "Azure refused the request.",
            "Read the error code and the text of Azure in the message. Usual causes are a policy, a lock, a"
                    + " deny assignment, or a subscription that is disabled."),
    // EntraOnly
    ACCESS_KEYS_DISABLED(
            new Facts(ConditionType.ENTRA_ONLY, Kind.HOLDS, Team.NONE),
            "Access keys are disabled: a login requires an Entra token.",
            "Nothing to do."),
    ACCESS_KEYS_ENABLED(
            new Facts(ConditionType.ENTRA_ONLY, Kind.FAILED, Team.AZURE),
            "Access keys still work in addition to Entra tokens.",
            "Set `accessKeysAuthentication` of the database to `Disabled`. This closes every open connection"
                    + " once."),
    ACCESS_KEYS_UNKNOWN(
            new Facts(ConditionType.ENTRA_ONLY, Kind.UNKNOWN, Team.NONE),
            "The database has not been read from Azure yet.",
            "Look at the condition `Ready`."),
    // NoUnmanagedAccess, of a RedisDatabase
    ACCESS_EXPLAINED(
            new Facts(ConditionType.NO_UNMANAGED_ACCESS, Kind.HOLDS, Team.NONE),
            "Every assignment of the database is bound, adopted, acknowledged or a leftover.",
            "Nothing to do."),
    ACCESS_NOT_REVIEWED(
            new Facts(ConditionType.NO_UNMANAGED_ACCESS, Kind.UNKNOWN, Team.NONE),
            "The assignments of the database have not been read from Azure yet.",
            "Wait some seconds. If it persists, look at the condition `Ready` of the RedisDatabase."),
    UNMANAGED_ACCESS(
            new Facts(ConditionType.NO_UNMANAGED_ACCESS, Kind.FAILED, Team.PLATFORM),
            "The database has assignments that other clients created, and that no binding and no acknowledgement explains.",
            "`kubectl redisaccess who DATABASE --kind Unmanaged` lists them. Bind the workload, acknowledge the access in"
                    + " `spec.access.acknowledged`, or delete the assignment in Azure."),
    ACKNOWLEDGEMENT_EXPIRED(
            new Facts(ConditionType.NO_UNMANAGED_ACCESS, Kind.FAILED, Team.PLATFORM),
            "An acknowledgement has ended, and the access that it was for exists.",
            "Delete the assignment in Azure, or set a later `until` after its owner has confirmed the need."),
    // IdentityResolved
    WORKLOAD_IDENTIFIED(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.HOLDS, Team.NONE),
            "Entra accepted the ServiceAccount's token and identified the principal.",
            "Nothing to do."),
    RESOLVING_IDENTITY(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.PASSING, Team.NONE),
            "The ServiceAccount's token is being exchanged at Entra.",
            "Wait some seconds."),
    SERVICE_ACCOUNT_NOT_FOUND(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.FAILED, Team.APPLICATION),
            "The ServiceAccount does not exist in the binding's namespace.",
            "Create it, or correct `spec.serviceAccountName` in a new binding."),
    CLIENT_ID_MISSING(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.FAILED, Team.APPLICATION),
            "Neither the binding nor the ServiceAccount names an identity.",
            "Annotate the ServiceAccount with `azure.workload.identity/client-id`, or set `spec.clientId`."),
    CLIENT_ID_INVALID(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.FAILED, Team.APPLICATION),
            "The client ID is not a GUID.",
            "Use the client ID of the identity, not its name or resource ID."),
    IDENTITY_MISMATCH(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.CONTRADICTED, Team.APPLICATION),
            "A pod of the ServiceAccount would log in as another identity, or in another tenant, than the"
                    + " operator verifies: the workload identity webhook copies the ServiceAccount's annotations into the"
                    + " pod.",
            "Make `azure.workload.identity/client-id` and `spec.clientId` the same, and remove"
                    + " `azure.workload.identity/tenant-id`. For an application with two identities, set"
                    + " `spec.environment.prefix`."),
    OPERATOR_IDENTITY(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.FAILED, Team.APPLICATION),
            "The binding names the operator's own ServiceAccount or identity. The operator grants itself no"
                    + " access.",
            "Give the workload a ServiceAccount and an identity of its own."),
    TOKEN_REQUEST_FORBIDDEN(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.FAILED, Team.PLATFORM),
            "Kubernetes refused to issue a token of this ServiceAccount to the operator: a permission is"
                    + " missing, or an admission policy or webhook denied the request.",
            "The message begins with the answer of Kubernetes. Grant the permission that it names, or let the"
                    + " policy admit the request."),
    TOKEN_REQUEST_FAILED(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.FAILED, Team.PLATFORM),
            "Kubernetes issued no token for the ServiceAccount.",
            "Read the message. The operator retries automatically."),
    FEDERATION_NOT_MATCHED(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.CONTRADICTED, Team.AZURE),
            "The identity has no federated credential for this ServiceAccount, or it was created a moment ago.",
            Advice.CHECK_CLIENT_ID
                    + "If it is, create one with the issuer, the subject and the audience of the message."),
    FEDERATION_ISSUER_MISMATCH(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.CONTRADICTED, Team.AZURE),
            "No federated credential of the identity has this cluster's issuer.",
            Advice.CHECK_CLIENT_ID + "If it is, correct the issuer. A trailing slash counts."),
    FEDERATION_AUDIENCE_MISMATCH(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.CONTRADICTED, Team.AZURE),
            "No federated credential of the identity has this audience.",
            Advice.CHECK_CLIENT_ID + "If it is, set the audience to `api://AzureADTokenExchange`."),
    FEDERATION_SUBJECT_MISMATCH(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.CONTRADICTED, Team.AZURE),
            "No federated credential of the identity has this ServiceAccount as its subject.",
            Advice.CHECK_CLIENT_ID
                    + "If it is, set the subject to `system:serviceaccount:{namespace}:{name}`, as in the message."),
    FEDERATION_ISSUER_FORBIDDEN(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.CONTRADICTED, Team.AZURE),
            "A policy of the tenant forbids this issuer.",
            "Ask the administrator of the tenant to allow it."),
    IDENTITY_BINDINGS_DISABLED(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.FAILED, Team.PLATFORM),
            "The binding or its ServiceAccount requires an identity binding, and the operator has no token proxy.",
            "Install the chart with `identityBindings.enabled=true` on an AKS cluster that has identity bindings; or"
                    + " set `spec.federation` to `Direct` and add a federated credential."),
    IDENTITY_BINDING_MISSING(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.CONTRADICTED, Team.AZURE),
            "This AKS cluster has no identity binding for the identity, or the identity lost its federated credential"
                    + " `aks-identity-binding`.",
            "Create one with `az aks identity-binding create`, as in the message. A new one takes some minutes to"
                    + " work."),
    IDENTITY_BINDING_NOT_AUTHORIZED(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.CONTRADICTED, Team.PLATFORM),
            "The ServiceAccount may not use the identity's binding: it lacks the verb `use-managed-identity` on the"
                    + " client ID.",
            "Apply the ClusterRole and the ClusterRoleBinding of the message, if the ServiceAccount is to use this"
                    + " identity."),
    TOKEN_PROXY_REFUSED(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.FAILED, Team.PLATFORM),
            "The cluster's token proxy refused the exchange with an error that this version of the operator does not"
                    + " classify.",
            "Read the answer in the message, and check the identity binding and the permission of the ServiceAccount."),
    TOKEN_PROXY_UNREACHABLE(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.UNAVAILABLE, Team.PLATFORM),
            "The cluster's token proxy did not answer, or returned a server error.",
            "Wait. If it persists, check the operator's egress to the API server, and the chart's NetworkPolicy."),
    TOKEN_PROXY_UNTRUSTED(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.FAILED, Team.PLATFORM),
            "The certificate of the cluster's token proxy is not signed by the given authority, or is for another"
                    + " name.",
            "Restart the operator's pod, so that the workload identity webhook sets the variables"
                    + " `AZURE_KUBERNETES_…` again; or correct them in the chart's values."),
    IDENTITY_NOT_FOUND(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.CONTRADICTED, Team.AZURE),
            "No identity of the tenant has this client ID.",
            "Correct the client ID, or create the identity."),
    TENANT_NOT_FOUND(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.FAILED, Team.PLATFORM),
            "The tenant was not found at Entra.",
            "Correct `AZURE_TENANT_ID` and `AZURE_AUTHORITY_HOST` of the operator."),
    WRONG_CLOUD(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.FAILED, Team.PLATFORM),
            "The tenant belongs to another national cloud.",
            "Set `AZURE_AUTHORITY_HOST` of the operator to the authority of that cloud."),
    ASSERTION_EXPIRED(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.FAILED, Team.PLATFORM),
            "Entra received the ServiceAccount's token before or after its period of validity.",
            "Check the clocks of the API server and of the operator's node."),
    ASSERTION_SIGNATURE_INVALID(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.FAILED, Team.PLATFORM),
            "Entra could not verify the signature of the ServiceAccount's token.",
            "Check that the issuer publishes the cluster's current keys. After a key rotation the error ends"
                    + " without action."),
    ISSUER_UNREACHABLE(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.FAILED, Team.PLATFORM),
            "Entra can't reach the cluster's token issuer.",
            "Publish the issuer URL on the internet (AKS: `--enable-oidc-issuer`)."),
    APPLICATION_MISCONFIGURED(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.CONTRADICTED, Team.AZURE),
            "The application does not accept a federated token.",
            "Make it a confidential client with a federated credential."),
    REDIS_RESOURCE_UNKNOWN(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.FAILED, Team.AZURE),
            "The Redis resource `https://redis.azure.com` was not found in the tenant.",
            "Check the operator's Redis scope and the cloud. The resource is registered when the tenant first"
                    + " uses Azure Managed Redis."),
    PRINCIPAL_NOT_ALLOWED(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.CONTRADICTED, Team.AZURE),
            "This kind of principal is not supported.",
            "Use a managed identity or a service principal."),
    BLOCKED_BY_POLICY(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.FAILED, Team.AZURE),
            "A conditional access policy blocks this identity.",
            "Ask the administrator of the tenant to admit it."),
    ENTRA_THROTTLED(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.UNAVAILABLE, Team.NONE),
            "Entra limits the rate of requests.",
            "Wait."),
    ENTRA_UNAVAILABLE(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.UNAVAILABLE, Team.NONE),
            "Entra did not answer, or returned a server error.",
            "Wait. If it persists, look at the egress of the cluster to the Entra authority."),
    TOKEN_EXCHANGE_FAILED(
            new Facts(ConditionType.IDENTITY_RESOLVED, Kind.FAILED, Team.AZURE),
            "Entra refused the exchange with an error that this version of the operator does not classify.",
            "Look up the AADSTS code of the message."),
    // AccessGranted
    ACCESS_GRANTED(
            new Facts(ConditionType.ACCESS_GRANTED, Kind.HOLDS, Team.NONE),
            "Azure reports the assignment as `Succeeded`.",
            "Nothing to do."),
    GRANTING_ACCESS(
            new Facts(ConditionType.ACCESS_GRANTED, Kind.PASSING, Team.NONE),
            "Azure is creating the assignment, or the change is queued: a database accepts one change at a" + " time.",
            "Wait: about nine seconds for each binding in the queue."),
    REVOKING_ACCESS(
            new Facts(ConditionType.ACCESS_GRANTED, Kind.UNKNOWN, Team.NONE),
            "Azure is deleting the assignment.",
            "Wait."),
    ASSIGNMENT_CONFLICT(
            new Facts(ConditionType.ACCESS_GRANTED, Kind.FAILED, Team.AZURE),
            "An assignment in Azure must not be overwritten: it grants this identity less than full access; or"
                    + " it failed and Azure does not show its access; or it has the operator's name but another principal.",
            "Delete the assignment that the message names, or use it without a binding: the operator does not"
                    + " widen access that others restricted."),
    ASSIGNMENT_FAILED(
            new Facts(ConditionType.ACCESS_GRANTED, Kind.FAILED, Team.NONE),
            "Azure ended the assignment as `Failed`, as it does when the database is changed by others at the"
                    + " same time.",
            "Wait: the operator retries within a minute."),
    ACCESS_PROFILE_NOT_FOUND(
            new Facts(ConditionType.ACCESS_GRANTED, Kind.FAILED, Team.APPLICATION),
            "The RedisDatabase has no access profile of the name in `spec.accessProfile`. Access that was granted before"
                    + " stays as it is.",
            "Set `spec.accessProfile` to one of the profiles that the message lists, or ask the platform team to add it."),
    ACCESS_PROFILE_NOT_ALLOWED(
            new Facts(ConditionType.ACCESS_GRANTED, Kind.FAILED, Team.PLATFORM),
            "The access profile does not admit this namespace. Access that was granted before stays as it is.",
            "Add the namespace to `allowedNamespaces` of the profile, or choose another profile."),
    ACCESS_PROFILE_INVALID(
            new Facts(ConditionType.ACCESS_GRANTED, Kind.FAILED, Team.PLATFORM),
            "The `accessString` of the access profile is one that Redis refuses, or that gives nothing. Access that was"
                    + " granted before stays as it is.",
            "Correct the rule that the message names in `spec.access.profiles` of the RedisDatabase."),
    FULL_ACCESS_FORBIDDEN(
            new Facts(ConditionType.ACCESS_GRANTED, Kind.FAILED, Team.APPLICATION),
            "The binding names no access profile, and the RedisDatabase forbids full access. Access that was granted"
                    + " before stays as it is.",
            "Set `spec.accessProfile` to one of the profiles that the message lists."),
    ACCESS_PROFILE_CONFLICT(
            new Facts(ConditionType.ACCESS_GRANTED, Kind.FAILED, Team.APPLICATION),
            "An older binding of the same identity requests another access, and Azure has one assignment for each"
                    + " identity. The older binding decides.",
            "Use the same profile in both bindings, give the workload an identity of its own, or delete the older"
                    + " binding: then this one takes effect."),
    ACCESS_STRING_DRIFTED(
            new Facts(ConditionType.ACCESS_GRANTED, Kind.FAILED, Team.NONE),
            "The access string of the operator's assignment was changed in Azure by another client. The operator sets it"
                    + " back.",
            "Wait. If it happens again, find the other client in the activity log of the database."),
    ACCESS_STRING_INVALID(
            new Facts(ConditionType.ACCESS_GRANTED, Kind.FAILED, Team.PLATFORM),
            "Azure refuses the access string of the profile (`InvalidAccessString`).",
            "Correct `accessString` of the profile: the message has Azure's words. The operator tries again when it has"
                    + " changed."),
    PREVIEW_API_REFUSED(
            new Facts(ConditionType.ACCESS_GRANTED, Kind.FAILED, Team.AZURE),
            "Azure refuses the preview version of its API, the only one with access strings, so an access profile can't"
                    + " be granted. The binding gets no access instead of more than its profile allows.",
            "Use a subscription and region in which the preview version that the message names is available, or a"
                    + " binding without `accessProfile`. The operator tries again every hour."),
    MODULES_PREVENT_ACCESS_STRINGS(
            new Facts(ConditionType.ACCESS_GRANTED, Kind.FAILED, Team.PLATFORM),
            "The database has modules, and Azure has no access strings for such databases.",
            "Use a database without modules, or a binding without `accessProfile`."),
    // ConnectionVerified
    LOGIN_VERIFIED(
            new Facts(ConditionType.CONNECTION_VERIFIED, Kind.HOLDS, Team.NONE),
            "A login as the workload succeeded.",
            "Nothing to do."),
    VERIFICATION_DISABLED(
            new Facts(ConditionType.CONNECTION_VERIFIED, Kind.SKIPPED, Team.NONE),
            "`spec.verification.mode` is `Disabled`, so no login was made.",
            "Nothing to do, or set the mode to `Workload`."),
    VERIFYING(
            new Facts(ConditionType.CONNECTION_VERIFIED, Kind.PASSING, Team.NONE),
            "The login is under way.",
            "Wait some seconds."),
    HOST_NOT_FOUND(
            new Facts(ConditionType.CONNECTION_VERIFIED, Kind.FAILED, Team.PLATFORM),
            "The host name does not exist in DNS.",
            "Link the private DNS zone `privatelink.redis.azure.net` to the network of the cluster."),
    DNS_TIMEOUT(
            new Facts(ConditionType.CONNECTION_VERIFIED, Kind.FAILED, Team.PLATFORM),
            "DNS did not answer.",
            "Check the DNS of the cluster."),
    CONNECTION_REFUSED(
            new Facts(ConditionType.CONNECTION_VERIFIED, Kind.FAILED, Team.PLATFORM),
            "The host refuses connections to this port.",
            "Check the port and the firewall of the database."),
    CONNECT_TIMEOUT(
            new Facts(ConditionType.CONNECTION_VERIFIED, Kind.FAILED, Team.PLATFORM),
            "The host does not answer.",
            "Check egress policies, firewalls and the private endpoint. A public address with public access"
                    + " disabled has the same symptom."),
    TLS_UNTRUSTED(
            new Facts(ConditionType.CONNECTION_VERIFIED, Kind.FAILED, Team.PLATFORM),
            "The certificate is not signed by an authority that the operator trusts.",
            "Remove the proxy that inspects TLS, or trust its authority also: the message names the bundle that"
                    + " is used, and when it was read."),
    TLS_HOSTNAME_MISMATCH(
            new Facts(ConditionType.CONNECTION_VERIFIED, Kind.FAILED, Team.PLATFORM),
            "The certificate is for another host name.",
            "Use the host name that Azure reports, and let DNS resolve it to the private endpoint."),
    TLS_CERTIFICATE_EXPIRED(
            new Facts(ConditionType.CONNECTION_VERIFIED, Kind.FAILED, Team.PLATFORM),
            "The certificate is expired or not valid yet.",
            "Check the clock of the operator's node, then the certificate."),
    TLS_REJECTED_BY_SERVER(
            new Facts(ConditionType.CONNECTION_VERIFIED, Kind.FAILED, Team.PLATFORM),
            "The server ended the TLS handshake.",
            "Check the proxies and firewalls between the operator and Redis."),
    TLS_HANDSHAKE_TIMEOUT(
            new Facts(ConditionType.CONNECTION_VERIFIED, Kind.FAILED, Team.PLATFORM),
            "The server accepted the connection and did not answer the TLS handshake, as a plaintext port does.",
            "Check that the database accepts encrypted connections on this port."),
    CONNECTION_RESET(
            new Facts(ConditionType.CONNECTION_VERIFIED, Kind.FAILED, Team.PLATFORM),
            "The connection was reset.",
            "Check the proxies and firewalls between the operator and Redis."),
    CONNECTION_CLOSED(
            new Facts(ConditionType.CONNECTION_VERIFIED, Kind.FAILED, Team.NONE),
            "The server closed the connection early, as it does in maintenance.",
            "Wait."),
    HANDSHAKE_TIMEOUT(
            new Facts(ConditionType.CONNECTION_VERIFIED, Kind.FAILED, Team.NONE),
            "Redis did not answer the login in time.",
            "Wait. If it persists, look at the load of the database."),
    POLICY_PROPAGATING(
            new Facts(ConditionType.CONNECTION_VERIFIED, Kind.PASSING, Team.NONE),
            "Redis refuses the login, and the assignment is only minutes old.",
            "Wait: an assignment reaches the data plane within minutes."),
    NOT_AUTHORIZED(
            new Facts(ConditionType.CONNECTION_VERIFIED, Kind.FAILED, Team.AZURE),
            "Redis refuses the login (`WRONGPASS`), and the message says which part of the configuration is"
                    + " wrong.",
            "Follow the message."),
    USER_MISMATCH(
            new Facts(ConditionType.CONNECTION_VERIFIED, Kind.FAILED, Team.MAINTAINERS),
            "Redis accepted the login, but reports another user than the workload's object ID.",
            "Report it: the database does not derive the user from the token."),
    PROTOCOL_UNSUPPORTED(
            new Facts(ConditionType.CONNECTION_VERIFIED, Kind.FAILED, Team.MAINTAINERS),
            "The server does not support the Redis protocol.",
            "Check that the endpoint is Azure Managed Redis."),
    TOO_MANY_CONNECTIONS(
            new Facts(ConditionType.CONNECTION_VERIFIED, Kind.FAILED, Team.PLATFORM),
            "The database has reached its limit of connections.",
            "Scale the database, or close connections."),
    SERVER_LOADING(
            new Facts(ConditionType.CONNECTION_VERIFIED, Kind.FAILED, Team.NONE),
            "Redis is loading its data.",
            "Wait."),
    PERMISSION_DENIED(
            new Facts(ConditionType.CONNECTION_VERIFIED, Kind.FAILED, Team.AZURE),
            "The login works, but the access string of the assignment does not allow the command.",
            "Allow `PING` and `ACL WHOAMI`, or disable verification."),
    CLUSTER_NOT_READY(
            new Facts(ConditionType.CONNECTION_VERIFIED, Kind.FAILED, Team.NONE),
            "The shards of the database are not ready.",
            "Wait."),
    SHARDS_UNREACHABLE(
            new Facts(ConditionType.CONNECTION_VERIFIED, Kind.FAILED, Team.PLATFORM),
            "The login works, but shards of this `OSSCluster` database cannot be reached.",
            "Open the ports that the message names, in addition to the main port."),
    COMMAND_TIMEOUT(
            new Facts(ConditionType.CONNECTION_VERIFIED, Kind.FAILED, Team.NONE),
            "Redis accepted the login and did not answer a command in time.",
            "Wait. If it persists, look at the load of the database."),
    LOGIN_FAILED(
            new Facts(ConditionType.CONNECTION_VERIFIED, Kind.FAILED, Team.MAINTAINERS),
            "The login failed with an error that this version of the operator does not classify.",
            "Read the message."),
    // LeastPrivilegeVerified
    LEAST_PRIVILEGE_VERIFIED(
            new Facts(ConditionType.LEAST_PRIVILEGE_VERIFIED, Kind.HOLDS, Team.NONE),
            "Redis allowed what the profile allows, and denied what it does not.",
            "Nothing to do. The message names what could not be tried."),
    ACCESS_STRING_PROPAGATING(
            new Facts(ConditionType.LEAST_PRIVILEGE_VERIFIED, Kind.PASSING, Team.NONE),
            "Redis does not have the access string yet, and the assignment was changed only minutes ago.",
            "Wait: a change reaches the data plane within minutes."),
    ALLOWED_COMMAND_DENIED(
            new Facts(ConditionType.LEAST_PRIVILEGE_VERIFIED, Kind.FAILED, Team.AZURE),
            "Redis denies a command that the access string allows.",
            "Compare the access string of the message with that of the assignment in Azure. If they are the same, report"
                    + " it."),
    DENIED_COMMAND_ALLOWED(
            new Facts(ConditionType.LEAST_PRIVILEGE_VERIFIED, Kind.FAILED, Team.AZURE),
            "Redis allows a command that the access string does not allow: the workload has more access than its profile"
                    + " gives.",
            "Compare the access string of the message with that of the assignment in Azure. If they are the same, report"
                    + " it."),
    // EnvironmentPublished
    ENVIRONMENT_PUBLISHED(
            new Facts(ConditionType.ENVIRONMENT_PUBLISHED, Kind.HOLDS, Team.NONE),
            "The ConfigMap has the current content.",
            "Nothing to do."),
    CONFIG_MAP_NOT_OWNED(
            new Facts(ConditionType.ENVIRONMENT_PUBLISHED, Kind.FAILED, Team.APPLICATION),
            "A ConfigMap of that name already exists and does not belong to this binding. The operator does not"
                    + " change it.",
            "Delete it, or set `spec.environment.configMapName` to another name."),
    SECRET_NOT_OWNED(
            new Facts(ConditionType.ENVIRONMENT_PUBLISHED, Kind.FAILED, Team.APPLICATION),
            "A Secret with the binding's name already exists and does not belong to this binding. The operator"
                    + " does not change it.",
            "Delete it, or set `spec.environment.serviceBinding` to `Disabled`."),
    PUBLISH_FORBIDDEN(
            new Facts(ConditionType.ENVIRONMENT_PUBLISHED, Kind.FAILED, Team.PLATFORM),
            "Kubernetes refused the ConfigMap, or the Secret of the Service Binding specification: a permission"
                    + " is missing, a quota is exceeded, or an admission policy or webhook denied the request.",
            "The message begins with the answer of Kubernetes. Grant the permission that it names, raise the"
                    + " quota, or let the policy admit the object. For the Secret: install the chart with"
                    + " `serviceBinding.enabled=true`."),
    PUBLISH_FAILED(
            new Facts(ConditionType.ENVIRONMENT_PUBLISHED, Kind.FAILED, Team.NONE),
            "The ConfigMap or the Secret could not be written.",
            "Read the message. The operator retries automatically.");

    /** The status that a condition has with a reason, and what follows for the operator. */
    public enum Kind {
        /** The condition is met. */
        HOLDS(ConditionStatus.TRUE),
        /** The result is due within moments: status is not written for it alone. */
        PASSING(ConditionStatus.UNKNOWN),
        /** Nothing is known yet. */
        UNKNOWN(ConditionStatus.UNKNOWN),
        /** Nothing is known because the spec disables it: Ready does not depend on it. */
        SKIPPED(ConditionStatus.UNKNOWN),
        /** The other side did not answer or limits requests: what was known before stays valid. */
        UNAVAILABLE(ConditionStatus.UNKNOWN),
        /** The condition is not met; what was known before of a database or an identity stays valid. */
        FAILED(ConditionStatus.FALSE),
        /** The condition is not met, and what was known before of the database or the identity is no longer valid. */
        CONTRADICTED(ConditionStatus.FALSE);

        private final ConditionStatus status;

        Kind(ConditionStatus status) {
            this.status = status;
        }
    }

    /** The team that can correct the cause. */
    public enum Team {
        NONE("no action needed"),
        APPLICATION("the application team"),
        PLATFORM("the platform team"),
        AZURE("the Azure administrators"),
        MAINTAINERS("the operator's maintainers");

        private final String text;

        Team(String text) {
            this.text = text;
        }

        /** The team, as the pages name it. */
        public String text() {
            return text;
        }
    }

    /** What distinguishes reasons, apart from their texts. */
    private record Facts(ConditionType condition, Kind kind, Team team) {}

    private final Facts facts;
    private final String text;
    private final String meaning;
    private final String remedy;

    Reason(Facts facts, String meaning, String remedy) {
        this.facts = facts;
        this.text = pascalCase();
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** The reason in PascalCase, as a condition has it: {@code DATABASE_NOT_FOUND} is {@code DatabaseNotFound}. */
    public String text() {
        return text;
    }

    private String pascalCase() {
        StringBuilder words = new StringBuilder();
        for (String word : name().split("_")) {
            words.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return words.toString();
    }

    /**
     * The condition that the reason belongs to. Ready copies the reason of the first condition that is not met; and the
     * reasons why Azure can't be read also occur in AccessGranted.
     */
    public ConditionType condition() {
        return facts.condition();
    }

    /** What follows for the operator. */
    public Kind kind() {
        return facts.kind();
    }

    /** The status of a condition with this reason. */
    public ConditionStatus status() {
        return facts.kind().status;
    }

    /** The team that can correct the cause. */
    public Team team() {
        return facts.team();
    }

    /** What was found, and what it means: sentences in Markdown. */
    public String meaning() {
        return meaning;
    }

    /** What to do: sentences in Markdown. */
    public String remedy() {
        return remedy;
    }

    /** Sentences that several reasons share. */
    private static final class Advice {
        private static final String CHECK_CLIENT_ID =
                "First check that the client ID in the message is meant for this workload: with a federated credential its"
                        + " ServiceAccount becomes that identity. ";
    }
}
