package dev.redisaccess.operator.api;

/**
 * Why a condition has its status: one constant for one situation, with what it means and what to do. The page
 * docs/troubleshooting.md is generated from here. The AADSTS codes and Redis texts that lead to a reason stand with the
 * code that classifies them.
 */
public enum Reason {
    // any condition
    READY(ConditionType.READY, Who.NOBODY, Heals.EVENT, "Every link of the chain holds.", "Nothing to do."),
    NOT_ATTEMPTED(
            ConditionType.READY,
            Who.NOBODY,
            Heals.EVENT,
            "An earlier link does not hold yet, so this one was not looked at; or the operator has not looked at the object"
                    + " since it was created.",
            "Look at the condition that the message names. If it is Ready that has this reason for longer than some seconds,"
                    + " look whether the operator runs and watches this namespace."),
    INVALID_SPEC(
            ConditionType.READY,
            Who.APPLICATION,
            Heals.CHANGE,
            "The object was accepted by the API server, but a field does not make sense.",
            "Change the field that the message names."),
    INTERNAL_ERROR(
            ConditionType.READY,
            Who.OPERATOR,
            Heals.BACKOFF,
            "The operator met an error that it did not expect.",
            "It tries again by itself. Report it, with the log lines of that time, if it stays."),
    // DatabaseResolved, and Ready of a RedisDatabase
    DATABASE_RUNNING(
            ConditionType.DATABASE_RESOLVED,
            Who.NOBODY,
            Heals.EVENT,
            "Azure reports the database as running.",
            "Nothing to do."),
    READING_DATABASE(
            ConditionType.DATABASE_RESOLVED,
            Who.NOBODY,
            Heals.SOON,
            "The database is being read from Azure for the first time.",
            "Wait some seconds."),
    DATABASE_NOT_FOUND(
            ConditionType.DATABASE_RESOLVED,
            Who.PLATFORM,
            Heals.EVENT,
            "No RedisDatabase has this name.",
            "Register the database, or correct spec.databaseRef.name."),
    NAMESPACE_NOT_ALLOWED(
            ConditionType.DATABASE_RESOLVED,
            Who.PLATFORM,
            Heals.EVENT,
            "The RedisDatabase does not admit this namespace. Access that was granted before is revoked after five minutes.",
            "Add the namespace to spec.allowedNamespaces of the RedisDatabase."),
    INVALID_RESOURCE_ID(
            ConditionType.DATABASE_RESOLVED,
            Who.PLATFORM,
            Heals.CHANGE,
            "spec.resourceId is not the id of an Azure Managed Redis database.",
            "Register the database anew with the id that `az redisenterprise show --query id` prints."),
    CLASSIC_REDIS_NOT_SUPPORTED(
            ConditionType.DATABASE_RESOLVED,
            Who.PLATFORM,
            Heals.CHANGE,
            "spec.resourceId names Azure Cache for Redis (Microsoft.Cache/redis), another service with another API.",
            "Register an Azure Managed Redis database (Microsoft.Cache/redisEnterprise)."),
    AZURE_RESOURCE_NOT_FOUND(
            ConditionType.DATABASE_RESOLVED,
            Who.PLATFORM,
            Heals.PERIOD,
            "Azure knows no such subscription, resource group, cluster or database.",
            "Create it, or register the right resource id."),
    DATABASE_NOT_RUNNING(
            ConditionType.DATABASE_RESOLVED,
            Who.AZURE,
            Heals.BACKOFF,
            "Azure has the database, but it does not run.",
            "Wait until Azure has finished creating, scaling or updating it; look at its resource health if it failed."),
    ENCRYPTION_DISABLED(
            ConditionType.DATABASE_RESOLVED,
            Who.AZURE,
            Heals.PERIOD,
            "The database takes plaintext connections (clientProtocol Plaintext); Entra tokens work over TLS only.",
            "Create the database with clientProtocol Encrypted."),
    AZURE_FORBIDDEN(
            ConditionType.DATABASE_RESOLVED,
            Who.AZURE,
            Heals.BACKOFF,
            "The operator's own identity may not do this in Azure.",
            "Assign the operator's custom role at the scope that the message names."),
    AZURE_CREDENTIAL_FAILED(
            ConditionType.DATABASE_RESOLVED,
            Who.PLATFORM,
            Heals.BACKOFF,
            "The operator could not get a token for Azure Resource Manager, or Azure refused it.",
            "Check the operator's own identity: AZURE_CLIENT_ID, AZURE_TENANT_ID and its federated credential."),
    AZURE_THROTTLED(
            ConditionType.DATABASE_RESOLVED,
            Who.NOBODY,
            Heals.BACKOFF,
            "Azure asked to be called less often.",
            "Wait: the operator goes on when Azure says so."),
    AZURE_UNAVAILABLE(
            ConditionType.DATABASE_RESOLVED,
            Who.NOBODY,
            Heals.BACKOFF,
            "Azure Resource Manager did not answer, or answered with an error of its own.",
            "Wait, and look at the status of Azure and at the egress of the cluster if it stays."),
    AZURE_REQUEST_REFUSED(
            ConditionType.DATABASE_RESOLVED,
            Who.PLATFORM,
            Heals.PERIOD,
            "Azure refused the request.",
            "Read Azure's code and sentence in the message. Usual causes are a policy, a lock, a deny assignment, or a"
                    + " subscription that is disabled."),
    // EntraOnly
    ACCESS_KEYS_DISABLED(
            ConditionType.ENTRA_ONLY, Who.NOBODY, Heals.EVENT, "Entra is the only way to log in.", "Nothing to do."),
    ACCESS_KEYS_ENABLED(
            ConditionType.ENTRA_ONLY,
            Who.AZURE,
            Heals.PERIOD,
            "Access keys still work beside Entra tokens.",
            "Set accessKeysAuthentication to Disabled. This cuts every open connection once."),
    ACCESS_KEYS_UNKNOWN(
            ConditionType.ENTRA_ONLY,
            Who.NOBODY,
            Heals.SOON,
            "The database was not read yet.",
            "Look at the condition Ready."),
    // IdentityResolved
    WORKLOAD_IDENTIFIED(
            ConditionType.IDENTITY_RESOLVED,
            Who.NOBODY,
            Heals.EVENT,
            "Entra took the ServiceAccount's token and named the principal.",
            "Nothing to do."),
    RESOLVING_IDENTITY(
            ConditionType.IDENTITY_RESOLVED,
            Who.NOBODY,
            Heals.SOON,
            "The ServiceAccount's token is being exchanged.",
            "Wait some seconds."),
    SERVICE_ACCOUNT_NOT_FOUND(
            ConditionType.IDENTITY_RESOLVED,
            Who.APPLICATION,
            Heals.EVENT,
            "The namespace has no such ServiceAccount.",
            "Create it, or correct spec.serviceAccountName in a new binding."),
    CLIENT_ID_MISSING(
            ConditionType.IDENTITY_RESOLVED,
            Who.APPLICATION,
            Heals.EVENT,
            "Neither the binding nor the ServiceAccount says which identity is meant.",
            "Annotate the ServiceAccount with azure.workload.identity/client-id, or set spec.clientId."),
    CLIENT_ID_INVALID(
            ConditionType.IDENTITY_RESOLVED,
            Who.APPLICATION,
            Heals.EVENT,
            "The client id is not a GUID.",
            "Use the client id of the identity, not its name or resource id."),
    IDENTITY_MISMATCH(
            ConditionType.IDENTITY_RESOLVED,
            Who.APPLICATION,
            Heals.EVENT,
            "A pod of the ServiceAccount would log in as another identity, or at another tenant, than the operator verifies: the"
                    + " workload identity webhook copies the ServiceAccount's annotations into the pod.",
            "Make azure.workload.identity/client-id and spec.clientId the same, and remove azure.workload.identity/tenant-id."
                    + " For an application with two identities, set spec.environment.prefix."),
    OPERATOR_IDENTITY(
            ConditionType.IDENTITY_RESOLVED,
            Who.APPLICATION,
            Heals.EVENT,
            "The binding is for the operator's own ServiceAccount or identity. The operator grants itself no access.",
            "Give the workload a ServiceAccount and an identity of its own."),
    TOKEN_REQUEST_FORBIDDEN(
            ConditionType.IDENTITY_RESOLVED,
            Who.PLATFORM,
            Heals.BACKOFF,
            "Kubernetes refused to issue a token of this ServiceAccount to the operator: for want of a permission, or by an"
                    + " admission policy or webhook.",
            "The message begins with what Kubernetes says. Grant the rule that it names, or let the policy admit the"
                    + " request."),
    TOKEN_REQUEST_FAILED(
            ConditionType.IDENTITY_RESOLVED,
            Who.PLATFORM,
            Heals.BACKOFF,
            "Kubernetes did not issue a token for the ServiceAccount.",
            "Read the message; it is tried again."),
    FEDERATION_NOT_MATCHED(
            ConditionType.IDENTITY_RESOLVED,
            Who.AZURE,
            Heals.BACKOFF,
            "The identity has no federated credential for this ServiceAccount, or it was made a moment ago.",
            "Create a federated credential with the issuer, subject and audience of the message."),
    FEDERATION_ISSUER_MISMATCH(
            ConditionType.IDENTITY_RESOLVED,
            Who.AZURE,
            Heals.BACKOFF,
            "No federated credential of the identity has this cluster's issuer.",
            "Correct the issuer; a trailing slash counts."),
    FEDERATION_AUDIENCE_MISMATCH(
            ConditionType.IDENTITY_RESOLVED,
            Who.AZURE,
            Heals.BACKOFF,
            "No federated credential of the identity has this audience.",
            "Set the audience to api://AzureADTokenExchange."),
    FEDERATION_SUBJECT_MISMATCH(
            ConditionType.IDENTITY_RESOLVED,
            Who.AZURE,
            Heals.BACKOFF,
            "No federated credential of the identity has this ServiceAccount as its subject.",
            "Set the subject to system:serviceaccount:{namespace}:{name}, as in the message."),
    FEDERATION_ISSUER_FORBIDDEN(
            ConditionType.IDENTITY_RESOLVED,
            Who.AZURE,
            Heals.PERIOD,
            "A policy of the tenant forbids this issuer.",
            "Ask the administrator of the tenant to allow it."),
    IDENTITY_NOT_FOUND(
            ConditionType.IDENTITY_RESOLVED,
            Who.AZURE,
            Heals.BACKOFF,
            "The tenant has no identity with this client id.",
            "Correct the client id, or create the identity."),
    TENANT_NOT_FOUND(
            ConditionType.IDENTITY_RESOLVED,
            Who.PLATFORM,
            Heals.PERIOD,
            "Entra knows no such tenant.",
            "Correct AZURE_TENANT_ID and AZURE_AUTHORITY_HOST of the operator."),
    WRONG_CLOUD(
            ConditionType.IDENTITY_RESOLVED,
            Who.PLATFORM,
            Heals.PERIOD,
            "The tenant belongs to another national cloud.",
            "Set AZURE_AUTHORITY_HOST to the authority of that cloud."),
    ASSERTION_EXPIRED(
            ConditionType.IDENTITY_RESOLVED,
            Who.PLATFORM,
            Heals.BACKOFF,
            "Entra sees the ServiceAccount's token outside its time.",
            "Check the clocks of the API server and of this node."),
    ASSERTION_SIGNATURE_INVALID(
            ConditionType.IDENTITY_RESOLVED,
            Who.PLATFORM,
            Heals.BACKOFF,
            "Entra could not verify the signature of the ServiceAccount's token.",
            "Check that the issuer publishes the cluster's current keys; after a rotation it heals by itself."),
    ISSUER_UNREACHABLE(
            ConditionType.IDENTITY_RESOLVED,
            Who.PLATFORM,
            Heals.BACKOFF,
            "Entra can't reach the cluster's token issuer.",
            "Publish the issuer URL to the internet (AKS: --enable-oidc-issuer)."),
    APPLICATION_MISCONFIGURED(
            ConditionType.IDENTITY_RESOLVED,
            Who.AZURE,
            Heals.PERIOD,
            "The application may not log in with an assertion.",
            "Make it a confidential client with a federated credential."),
    REDIS_RESOURCE_UNKNOWN(
            ConditionType.IDENTITY_RESOLVED,
            Who.AZURE,
            Heals.PERIOD,
            "The tenant does not know the Redis resource https://redis.azure.com.",
            "Check the scope and the cloud; use Azure Managed Redis once in this tenant."),
    PRINCIPAL_NOT_ALLOWED(
            ConditionType.IDENTITY_RESOLVED,
            Who.AZURE,
            Heals.PERIOD,
            "This kind of principal cannot be used.",
            "Use a managed identity or a service principal."),
    BLOCKED_BY_POLICY(
            ConditionType.IDENTITY_RESOLVED,
            Who.AZURE,
            Heals.PERIOD,
            "A conditional access policy blocks this identity.",
            "Ask the administrator of the tenant to admit it."),
    ENTRA_THROTTLED(
            ConditionType.IDENTITY_RESOLVED,
            Who.NOBODY,
            Heals.BACKOFF,
            "Entra asked to be called less often.",
            "Wait."),
    ENTRA_UNAVAILABLE(
            ConditionType.IDENTITY_RESOLVED,
            Who.NOBODY,
            Heals.BACKOFF,
            "Entra did not answer, or answered with an error of its own.",
            "Wait, and look at the egress of the cluster to the authority if it stays."),
    TOKEN_EXCHANGE_FAILED(
            ConditionType.IDENTITY_RESOLVED,
            Who.AZURE,
            Heals.BACKOFF,
            "Entra refused the exchange for a reason that this version does not know.",
            "Look up the AADSTS code of the message."),
    // AccessGranted
    ACCESS_GRANTED(
            ConditionType.ACCESS_GRANTED,
            Who.NOBODY,
            Heals.EVENT,
            "Azure reports the assignment as Succeeded.",
            "Nothing to do."),
    GRANTING_ACCESS(
            ConditionType.ACCESS_GRANTED,
            Who.NOBODY,
            Heals.EVENT,
            "Azure is creating the assignment, or it waits for its turn: a database takes one change at a time.",
            "Wait: about nine seconds for each binding in the queue."),
    REVOKING_ACCESS(
            ConditionType.ACCESS_GRANTED, Who.NOBODY, Heals.EVENT, "Azure is deleting the assignment.", "Wait."),
    ASSIGNMENT_CONFLICT(
            ConditionType.ACCESS_GRANTED,
            Who.AZURE,
            Heals.PERIOD,
            "What is in Azure must not be written over: an assignment of this identity with less than full access, one that failed"
                    + " and whose access Azure does not show, or one of the operator's name for another principal.",
            "Delete the assignment that the message names, or use it without a binding: the operator never widens what others"
                    + " narrowed."),
    ASSIGNMENT_FAILED(
            ConditionType.ACCESS_GRANTED,
            Who.NOBODY,
            Heals.BACKOFF,
            "Azure ended the assignment as Failed, as it does when somebody else changes the database at the same time.",
            "Wait: it is tried again within a minute."),
    // ConnectionVerified
    LOGIN_VERIFIED(
            ConditionType.CONNECTION_VERIFIED,
            Who.NOBODY,
            Heals.EVENT,
            "A login as the workload succeeded.",
            "Nothing to do."),
    VERIFICATION_DISABLED(
            ConditionType.CONNECTION_VERIFIED,
            Who.NOBODY,
            Heals.EVENT,
            "spec.verification.mode is Disabled: nobody logged in.",
            "Nothing to do, or set the mode to Workload."),
    VERIFYING(
            ConditionType.CONNECTION_VERIFIED, Who.NOBODY, Heals.SOON, "The login is under way.", "Wait some seconds."),
    HOST_NOT_FOUND(
            ConditionType.CONNECTION_VERIFIED,
            Who.PLATFORM,
            Heals.BACKOFF,
            "The host name does not exist in DNS.",
            "Link the private DNS zone privatelink.redis.azure.net to the network of the cluster."),
    DNS_TIMEOUT(
            ConditionType.CONNECTION_VERIFIED,
            Who.PLATFORM,
            Heals.BACKOFF,
            "DNS did not answer.",
            "Check the DNS of the cluster."),
    CONNECTION_REFUSED(
            ConditionType.CONNECTION_VERIFIED,
            Who.PLATFORM,
            Heals.BACKOFF,
            "The host refuses connections on this port.",
            "Check the port and the firewall of the database."),
    CONNECT_TIMEOUT(
            ConditionType.CONNECTION_VERIFIED,
            Who.PLATFORM,
            Heals.BACKOFF,
            "The host does not answer.",
            "Check egress policies, firewalls and the private endpoint; a public address with public access disabled looks like this."),
    TLS_UNTRUSTED(
            ConditionType.CONNECTION_VERIFIED,
            Who.PLATFORM,
            Heals.BACKOFF,
            "The certificate is not signed by an authority that the operator trusts.",
            "Remove the proxy that inspects TLS, or trust its authority too: the message names the bundle that is used, and"
                    + " when it was read."),
    TLS_HOSTNAME_MISMATCH(
            ConditionType.CONNECTION_VERIFIED,
            Who.PLATFORM,
            Heals.BACKOFF,
            "The certificate is for another name.",
            "Use the host name that Azure reports, and let DNS lead it to the private endpoint."),
    TLS_CERTIFICATE_EXPIRED(
            ConditionType.CONNECTION_VERIFIED,
            Who.PLATFORM,
            Heals.BACKOFF,
            "The certificate is expired or not valid yet.",
            "Check the clock of this node, then the certificate."),
    TLS_REJECTED_BY_SERVER(
            ConditionType.CONNECTION_VERIFIED,
            Who.PLATFORM,
            Heals.BACKOFF,
            "The server ended the TLS handshake.",
            "Check what stands between the operator and Redis."),
    TLS_HANDSHAKE_TIMEOUT(
            ConditionType.CONNECTION_VERIFIED,
            Who.PLATFORM,
            Heals.BACKOFF,
            "The server accepted the connection and then said nothing: a plaintext port looks like this.",
            "Check that the database takes encrypted connections on this port."),
    CONNECTION_RESET(
            ConditionType.CONNECTION_VERIFIED,
            Who.PLATFORM,
            Heals.BACKOFF,
            "The connection was reset.",
            "Check what stands between the operator and Redis."),
    CONNECTION_CLOSED(
            ConditionType.CONNECTION_VERIFIED,
            Who.NOBODY,
            Heals.BACKOFF,
            "The server closed the connection early, as it does in maintenance.",
            "Wait."),
    HANDSHAKE_TIMEOUT(
            ConditionType.CONNECTION_VERIFIED,
            Who.NOBODY,
            Heals.BACKOFF,
            "Redis did not answer the login in time.",
            "Wait, and look at the load of the database if it stays."),
    POLICY_PROPAGATING(
            ConditionType.CONNECTION_VERIFIED,
            Who.NOBODY,
            Heals.BACKOFF,
            "Redis refuses the login, and the assignment is only minutes old.",
            "Wait: the assignment reaches the data plane within minutes."),
    NOT_AUTHORIZED(
            ConditionType.CONNECTION_VERIFIED,
            Who.AZURE,
            Heals.BACKOFF,
            "Redis refuses the login (WRONGPASS), and the message says which link looks wrong.",
            "Follow the message."),
    USER_MISMATCH(
            ConditionType.CONNECTION_VERIFIED,
            Who.OPERATOR,
            Heals.PERIOD,
            "Redis took the login but names another user than the workload's object id.",
            "Report it: the database does not treat the token as it should."),
    PROTOCOL_UNSUPPORTED(
            ConditionType.CONNECTION_VERIFIED,
            Who.OPERATOR,
            Heals.PERIOD,
            "The server does not speak the protocol.",
            "Check that the endpoint is Azure Managed Redis."),
    TOO_MANY_CONNECTIONS(
            ConditionType.CONNECTION_VERIFIED,
            Who.PLATFORM,
            Heals.BACKOFF,
            "The database has no connection left.",
            "Scale the database, or close connections."),
    SERVER_LOADING(ConditionType.CONNECTION_VERIFIED, Who.NOBODY, Heals.BACKOFF, "Redis is loading its data.", "Wait."),
    PERMISSION_DENIED(
            ConditionType.CONNECTION_VERIFIED,
            Who.AZURE,
            Heals.PERIOD,
            "The login works, but the access string does not allow the command.",
            "Allow PING and ACL WHOAMI, or disable verification."),
    CLUSTER_NOT_READY(
            ConditionType.CONNECTION_VERIFIED,
            Who.NOBODY,
            Heals.BACKOFF,
            "The cluster of shards is not ready.",
            "Wait."),
    SHARDS_UNREACHABLE(
            ConditionType.CONNECTION_VERIFIED,
            Who.PLATFORM,
            Heals.BACKOFF,
            "The login works, but shards of this OSSCluster database cannot be reached.",
            "Open the ports that the message names, beside the main port."),
    COMMAND_TIMEOUT(
            ConditionType.CONNECTION_VERIFIED,
            Who.NOBODY,
            Heals.BACKOFF,
            "Redis took the login and then did not answer a command in time.",
            "Wait, and look at the load of the database if it stays."),
    LOGIN_FAILED(
            ConditionType.CONNECTION_VERIFIED,
            Who.OPERATOR,
            Heals.BACKOFF,
            "The login failed for a reason that this version does not know.",
            "Read the message."),
    // EnvironmentPublished
    ENVIRONMENT_PUBLISHED(
            ConditionType.ENVIRONMENT_PUBLISHED,
            Who.NOBODY,
            Heals.EVENT,
            "The ConfigMap has the current content.",
            "Nothing to do."),
    CONFIG_MAP_NOT_OWNED(
            ConditionType.ENVIRONMENT_PUBLISHED,
            Who.APPLICATION,
            Heals.BACKOFF,
            "A ConfigMap of that name already exists and does not belong to this binding. It is not touched.",
            "Delete it, or set spec.environment.configMapName to another name."),
    SECRET_NOT_OWNED(
            ConditionType.ENVIRONMENT_PUBLISHED,
            Who.APPLICATION,
            Heals.BACKOFF,
            "A Secret with the binding's name is there and belongs to somebody else. It is not touched.",
            "Delete it, or set spec.environment.serviceBinding to Disabled."),
    PUBLISH_FORBIDDEN(
            ConditionType.ENVIRONMENT_PUBLISHED,
            Who.PLATFORM,
            Heals.BACKOFF,
            "Kubernetes refused to let the operator write the ConfigMap, or the Secret of the Service Binding specification:"
                    + " for want of a permission, because of a quota, or by an admission policy or webhook.",
            "The message begins with what Kubernetes says. Grant the rule that it names, raise the quota, or let the policy"
                    + " admit the object; it is then written at the next attempt. For the Secret: install the chart with"
                    + " serviceBinding.enabled=true."),
    PUBLISH_FAILED(
            ConditionType.ENVIRONMENT_PUBLISHED,
            Who.NOBODY,
            Heals.BACKOFF,
            "What is published could not be written.",
            "Read the message; it is tried again.");

    /** Who can mend it. */
    public enum Who {
        NOBODY("nobody needs to act"),
        APPLICATION("the application team"),
        PLATFORM("the platform team"),
        AZURE("whoever administers the Azure side"),
        OPERATOR("the operator's maintainers");

        private final String text;

        Who(String text) {
            this.text = text;
        }

        /** In words. */
        public String text() {
            return text;
        }
    }

    /** When it is looked at again, if nobody does anything. */
    public enum Heals {
        /** At once, when Kubernetes or the lane tells that something changed. */
        EVENT("as soon as the cause changes"),
        /** The work is under way; its end wakes the binding. */
        SOON("within seconds"),
        /** Again and again, at growing intervals. */
        BACKOFF("tried again after 10 seconds, then at doubling intervals up to the period"),
        /** Seldom: somebody must act first. */
        PERIOD("looked at again once a period"),
        /** Not before the object is changed. */
        CHANGE("when the object is changed");

        private final String text;

        Heals(String text) {
            this.text = text;
        }

        /** In words. */
        public String text() {
            return text;
        }
    }

    private final ConditionType condition;
    private final Who who;
    private final Heals heals;
    private final String meaning;
    private final String remedy;

    Reason(ConditionType condition, Who who, Heals heals, String meaning, String remedy) {
        this.condition = condition;
        this.who = who;
        this.heals = heals;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** The reason as it stands in status, in PascalCase: {@code DATABASE_NOT_FOUND} is {@code DatabaseNotFound}. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (String word : name().split("_")) {
            text.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        return text.toString();
    }

    /**
     * The condition that it is about, where it is first seen. Ready takes over the reason of the first link that does not hold;
     * and what keeps Azure from being read also keeps access from being granted.
     */
    public ConditionType condition() {
        return condition;
    }

    /** Who can mend it. */
    public Who who() {
        return who;
    }

    /** When it is looked at again. */
    public Heals heals() {
        return heals;
    }

    /** What was seen, and what it means. */
    public String meaning() {
        return meaning;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}
