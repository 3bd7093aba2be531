package dev.redisaccess.operator.api;

/** The conditions, in the order in which they are reached and shown. */
public enum ConditionType {
    DATABASE_RESOLVED(
            "DatabaseResolved",
            "The RedisDatabase exists, admits this namespace, and Azure reports the database as running; its endpoint is known."),
    IDENTITY_RESOLVED(
            "IdentityResolved",
            "The ServiceAccount's token was exchanged at Entra; client, object and tenant ID are known."),
    ACCESS_GRANTED(
            "AccessGranted",
            "Azure reports an assignment for that object ID on that database, with the requested access, as `Succeeded`."),
    CONNECTION_VERIFIED(
            "ConnectionVerified",
            "A login over TLS with the workload's own token succeeded, as that object ID, and a command ran."),
    LEAST_PRIVILEGE_VERIFIED(
            "LeastPrivilegeVerified",
            "Only with an access profile: Redis allows the commands that the profile allows, and denies others."),
    ENVIRONMENT_PUBLISHED("EnvironmentPublished", "The ConfigMap has the current content."),
    ENTRA_ONLY("EntraOnly", "Of a RedisDatabase: access keys are disabled, so that a login requires an Entra token."),
    NO_UNMANAGED_ACCESS(
            "NoUnmanagedAccess",
            "Of a RedisDatabase: every assignment is bound, adopted, acknowledged or a leftover, and no acknowledgement of"
                    + " an existing access has ended. `Ready` does not depend on it."),
    READY(
            "Ready",
            "Of a RedisAccessBinding: all other conditions hold, except a disabled verification. Of a RedisDatabase: Azure"
                    + " reports it as running. For the observed generation; derived, never set directly.");

    private final String text;
    private final String meaning;

    ConditionType(String text, String meaning) {
        this.text = text;
        this.meaning = meaning;
    }

    /** The condition's {@code type}. */
    public String text() {
        return text;
    }

    /** What is true while the condition is True; a sentence in Markdown. */
    public String meaning() {
        return meaning;
    }
}
