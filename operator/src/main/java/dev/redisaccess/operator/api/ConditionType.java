package dev.redisaccess.operator.api;

/** The conditions, in the order in which they are reached and shown. */
public enum ConditionType {
    /** The RedisDatabase exists, admits this namespace, and ARM says that the database runs; its endpoint is known. */
    DATABASE_RESOLVED(
            "DatabaseResolved",
            "The RedisDatabase exists, admits this namespace, and Azure says that the database runs; its endpoint is known."),
    /** The ServiceAccount's token was exchanged at Entra; client, object and tenant id are known. */
    IDENTITY_RESOLVED(
            "IdentityResolved",
            "The ServiceAccount's token was exchanged at Entra; client, object and tenant id are known."),
    /** ARM reports an assignment of policy default for that object id on that database as Succeeded. */
    ACCESS_GRANTED(
            "AccessGranted",
            "Azure reports an assignment of policy `default` for that object id on that database as Succeeded."),
    /** A login over TLS with the workload's own token succeeded, as that object id, and a command ran. */
    CONNECTION_VERIFIED(
            "ConnectionVerified",
            "A login over TLS with the workload's own token succeeded, as that object id, and a command ran."),
    /** The ConfigMap has the current content. */
    ENVIRONMENT_PUBLISHED("EnvironmentPublished", "The ConfigMap has the current content."),
    /** Of a RedisDatabase: access keys are disabled, so that Entra is the only way in. */
    ENTRA_ONLY("EntraOnly", "Of a RedisDatabase: access keys are disabled, so that Entra is the only way in."),
    /** All of the object's other conditions hold for the observed generation; derived, never set directly. */
    READY(
            "Ready",
            "All of the object's other conditions hold for the observed generation; derived, never set directly.");

    private final String text;
    private final String meaning;

    ConditionType(String text, String meaning) {
        this.text = text;
        this.meaning = meaning;
    }

    /** The condition's {@code type}, as it stands in status. */
    public String text() {
        return text;
    }

    /** What holds when it is True, for the reference page. */
    public String meaning() {
        return meaning;
    }
}
