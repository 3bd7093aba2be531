package dev.redisaccess.operator.api;

/** The group and version of both kinds, and the names that are derived from it. */
public final class ApiGroup {

    /** The API group. */
    public static final String NAME = "redisaccess.dev";

    /** The only version so far. */
    public static final String VERSION = "v1alpha1";

    /** The finalizer of a binding: it is removed when its access is revoked, or is left by policy. */
    public static final String FINALIZER = NAME + "/access";

    /** The field manager of every server-side apply of the operator. */
    public static final String FIELD_MANAGER = "redis-access-operator";

    /** The annotation of a published ConfigMap that changes with its content, for controllers that roll pods on a change. */
    public static final String CONTENT_HASH = NAME + "/content-hash";

    /** The annotation of a published object that names the entries that the operator published; others may add some. */
    public static final String CONTENT_KEYS = NAME + "/content-keys";

    /** The label of a published ConfigMap or Secret; its value is the UID of the binding. Only the operator may set it. */
    public static final String BINDING_LABEL = NAME + "/binding";

    /** The label that says what manages an object, for information only: a platform's policy may change it. */
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    static final String READY_STATUS = ".status.conditions[?(@.type=='Ready')].status";
    static final String READY_REASON = ".status.conditions[?(@.type=='Ready')].reason";
    static final String CREATED = ".metadata.creationTimestamp";

    private ApiGroup() {}
}
