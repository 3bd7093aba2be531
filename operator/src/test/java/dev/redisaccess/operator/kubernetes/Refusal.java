package dev.redisaccess.operator.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A wrong object, and the API server's message.
 *
 * @param kind of the object
 * @param specPatch what makes it wrong
 * @param field the field in the response
 * @param message the end of the response
 */
record Refusal(Kind kind, String specPatch, String field, String message) {

    enum Kind {
        BINDING,
        DATABASE
    }

    private static final String GUID = "00000000-0000-0000-0000-000000000001";

    private static final String NAME = "must be a Kubernetes object name: lower case letters, digits, `-` and `.`,"
            + " with a letter or digit at both ends.";

    private static final String SHAPE = "`spec.resourceId` must have the form"
            + " `/subscriptions/{guid}/resourceGroups/{group}/providers/Microsoft.Cache/redisEnterprise/{name}`,"
            + " optionally followed by `/databases/default`.";

    private static final String CLIENT_ID = "`spec.clientId` must be a GUID such as"
            + " `12345678-1234-1234-1234-123456789abc`: the client ID, not the name, of the identity.";

    private static final String PROFILE =
            "`spec.accessProfile` must be the name of an access profile: lower case letters,"
                    + " digits and `-`, with a letter or digit at both ends.";

    private static final String VALUES = "`values` must be given for the operators `In` and `NotIn`, and for no other.";

    private static final String NO_VARIABLE =
            "`accessString` must have no variable but `{namespace}` and `{serviceAccount}`; write a brace of a key as `\\{`.";

    private static final String NO_RULES =
            "`accessString` must consist of rules for commands (`+get`, `-@dangerous`), keys"
                    + " (`~orders:*`, `%R~orders:*`) and channels (`&orders:*`), and of selectors of such rules in parentheses,"
                    + " separated by blanks. Commands are in lower case.";

    private static final String NO_COMMAND = "`accessString` must allow a command, such as `+@read`.";

    private static final String NO_LOGIN =
            "`accessString` must not have `-hello` or `-auth`: a login requires these commands.";

    private static Refusal rule(String accessString, String message) {
        return database(
                "access: {profiles: [" + profile("a", accessString) + "]}",
                "spec.access.profiles[0].accessString",
                message);
    }

    private static String profile(String name, String accessString) {
        return "{name: " + name + ", accessString: '" + accessString + "'}";
    }

    private static String profiles(int count) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(number -> profile("p" + number, "+get ~a"))
                .collect(java.util.stream.Collectors.joining(", "));
    }

    GenericKubernetesResource object() {
        return kind == Kind.BINDING ? Specimens.binding(specPatch) : Specimens.database(specPatch);
    }

    @Override
    public String toString() {
        return field + ": " + (specPatch.length() > 80 ? specPatch.substring(0, 80) + "…" : specPatch);
    }

    static Stream<Refusal> bindings() {
        return Stream.of(
                binding("databaseRef: null", "spec.databaseRef", "Required value"),
                binding("databaseRef: {name: null}", "spec.databaseRef.name", "Required value"),
                binding("databaseRef: {name: Orders}", "spec.databaseRef.name", "`spec.databaseRef.name` " + NAME),
                binding("databaseRef: {name: -orders}", "spec.databaseRef.name", "`spec.databaseRef.name` " + NAME),
                binding("databaseRef: {name: " + "a".repeat(254) + "}", "spec.databaseRef.name", tooLong(253)),
                binding("serviceAccountName: null", "spec.serviceAccountName", "Required value"),
                binding("serviceAccountName: a_b", "spec.serviceAccountName", "`spec.serviceAccountName` " + NAME),
                binding("serviceAccountName: " + "a".repeat(254), "spec.serviceAccountName", tooLong(253)),
                binding("clientId: orders-identity", "spec.clientId", CLIENT_ID),
                binding("clientId: ''", "spec.clientId", CLIENT_ID),
                binding("clientId: '{" + GUID + "}'", "spec.clientId", CLIENT_ID),
                binding("accessProfile: ' '", "spec.accessProfile", PROFILE),
                binding("accessProfile: Reader", "spec.accessProfile", PROFILE),
                binding(
                        "verification: {mode: Sometimes}",
                        "spec.verification.mode",
                        "Unsupported value: \"Sometimes\": supported values: \"Disabled\", \"Workload\""),
                binding("verification: {periodSeconds: 59}", "spec.verification.periodSeconds", atLeast(60)),
                binding("verification: {periodSeconds: 86401}", "spec.verification.periodSeconds", atMost(86400)),
                binding("verification: {timeoutSeconds: 0}", "spec.verification.timeoutSeconds", atLeast(1)),
                binding("verification: {timeoutSeconds: 61}", "spec.verification.timeoutSeconds", atMost(60)),
                binding(
                        "environment: {configMapName: Orders}",
                        "spec.environment.configMapName",
                        "`spec.environment.configMapName` " + NAME),
                binding(
                        "environment: {prefix: orders_}",
                        "spec.environment.prefix",
                        "`spec.environment.prefix` must be upper case letters, digits and `_`, and start with a letter,"
                                + " such as `ORDERS_`."),
                binding(
                        "environment: {prefix: '1_'}",
                        "spec.environment.prefix",
                        "`spec.environment.prefix` must be upper case letters, digits and `_`, and start with a letter,"
                                + " such as `ORDERS_`."),
                binding("environment: {prefix: " + "A".repeat(33) + "}", "spec.environment.prefix", tooLong(32)),
                binding(
                        "environment: {serviceBinding: Always}",
                        "spec.environment.serviceBinding",
                        "Unsupported value: \"Always\": supported values: \"Disabled\", \"Enabled\""),
                binding(
                        "environment: {profiles: [spring, spring]}",
                        "spec.environment.profiles[1]",
                        "Duplicate value: \"spring\""),
                binding(
                        "environment: {profiles: [rails]}",
                        "spec.environment.profiles[0]",
                        "Unsupported value: \"rails\": supported values: \"azure-samples\", \"dotnet\", \"endpoint\","
                                + " \"seed\", \"service-connector\", \"spring\""),
                binding("accessProfile: ''", "spec.accessProfile", "should be at least 1 chars long"),
                binding("accessProfile: " + "a".repeat(64), "spec.accessProfile", tooLong(63)),
                binding(
                        "deletionPolicy: Orphan",
                        "spec.deletionPolicy",
                        "Unsupported value: \"Orphan\": supported values: \"Delete\", \"Retain\""));
    }

    static Stream<Refusal> databases() {
        return Stream.of(
                database("resourceId: null", "spec.resourceId", "Required value"),
                database("resourceId: orders", "spec.resourceId", SHAPE),
                database("resourceId: /subscriptions/my-subscription" + after(GUID), "spec.resourceId", SHAPE),
                database("resourceId: " + Specimens.RESOURCE_ID + "/databases/other", "spec.resourceId", SHAPE),
                database("resourceId: /" + "a".repeat(512), "spec.resourceId", tooLong(512)),
                database(
                        "resourceId: " + Specimens.RESOURCE_ID.replace("redisEnterprise", "Redis"),
                        "spec.resourceId",
                        "`spec.resourceId` must name an Azure Managed Redis database (`Microsoft.Cache/redisEnterprise`):"
                                + " `Microsoft.Cache/redis` is Azure Cache for Redis, another service with another API."),
                database("resyncPeriodSeconds: 29", "spec.resyncPeriodSeconds", atLeast(30)),
                database("resyncPeriodSeconds: 86401", "spec.resyncPeriodSeconds", atMost(86400)),
                database(
                        "allowedNamespaces: {names: ['*']}",
                        "spec.allowedNamespaces.names",
                        "`spec.allowedNamespaces.names` must be names of namespaces: lower case letters, digits and `-`."
                                + " For every namespace set `spec.allowedNamespaces.selector` to `{}`."),
                database(
                        "access: {acknowledged: [{objectId: me-and-my-friends-who-are-not-a-guid, reason: a, owner: b,"
                                + " until: 2027-03-31}]}",
                        "spec.access.acknowledged[0].objectId",
                        "`spec.access.acknowledged[].objectId` must be a GUID in lower case: the object ID that"
                                + " `az identity show --query principalId` prints."),
                database(
                        "access: {acknowledged: [{objectId: 99999999-0000-0000-0000-000000000001, reason: a, owner: b,"
                                + " until: 2027-13-31}]}",
                        "spec.access.acknowledged[0].until",
                        "`spec.access.acknowledged[].until` must be a date, such as `2027-03-31`."),
                database(
                        "allowedNamespaces: {names: [shop, shop]}",
                        "spec.allowedNamespaces.names[1]",
                        "Duplicate value: \"shop\""),
                database(
                        "allowedNamespaces: {names: [" + numbered(257) + "]}",
                        "spec.allowedNamespaces.names",
                        "must have at most 256 items"),
                database(
                        "access: {full: Sometimes}",
                        "spec.access.full",
                        "Unsupported value: \"Sometimes\": supported values: \"Allowed\", \"Forbidden\""),
                database(
                        "access: {profiles: [" + profile("a", "+get ~a") + ", " + profile("a", "+get ~b") + "]}",
                        "spec.access.profiles[1]",
                        "Duplicate value: {\"name\":\"a\"}"),
                database(
                        "access: {profiles: [" + profiles(17) + "]}",
                        "spec.access.profiles",
                        "must have at most 16 items"),
                database("access: {profiles: [{name: a}]}", "spec.access.profiles[0].accessString", "Required value"),
                database(
                        "access: {profiles: [{accessString: +get}]}", "spec.access.profiles[0].name", "Required value"),
                database(
                        "access: {profiles: [" + profile("A_b", "+get ~a") + "]}",
                        "spec.access.profiles[0].name",
                        "`name` of an access profile must be lower case letters, digits and `-`, with a letter or digit at"
                                + " both ends."),
                rule("", "should be at least 1 chars long"),
                rule("+get ~" + "a".repeat(1019), tooLong(1024)),
                rule("+get ~{name}:*", NO_VARIABLE),
                rule("+get ~{namespace", NO_VARIABLE),
                rule("+get ~{user1}:*", NO_VARIABLE),
                rule("+GET ~a", NO_RULES),
                rule("+get shop:*", NO_RULES),
                rule("+get ~a on", NO_RULES),
                rule("+get ~a >secret", NO_RULES),
                rule("+get ~a nopass", NO_RULES),
                rule("+get ~", NO_RULES),
                rule("+get %~a", NO_RULES),
                rule("+get %RR~a", NO_RULES),
                rule("((+get ~a))", NO_RULES),
                rule("   ", NO_COMMAND),
                rule("~a", NO_COMMAND),
                rule("-@all ~a", NO_COMMAND),
                rule("+@all ~* -hello", NO_LOGIN),
                rule("+@all ~* (-auth +get ~a)", NO_LOGIN),
                requirement("{key: team, operator: In}", "", VALUES),
                requirement("{key: team, operator: Exists, values: [orders]}", "", VALUES),
                requirement(
                        "{key: team, operator: Is, values: [orders]}",
                        ".operator",
                        "Unsupported value: \"Is\": supported values: \"In\", \"NotIn\", \"Exists\", \"DoesNotExist\""));
    }

    /** Fields that are immutable. */
    static Stream<Refusal> changes() {
        return Stream.of(
                binding(
                        "databaseRef: {name: another}",
                        "spec.databaseRef",
                        "`spec.databaseRef` is immutable: create another binding for another database."),
                binding(
                        "serviceAccountName: another",
                        "spec.serviceAccountName",
                        "`spec.serviceAccountName` is immutable: create another binding for another workload."),
                binding("databaseRef: null", "spec.databaseRef", "Required value"),
                database(
                        "resourceId: " + Specimens.RESOURCE_ID + "-2",
                        "spec.resourceId",
                        "`spec.resourceId` is immutable: register another RedisDatabase."),
                database("resourceId: null", "spec.resourceId", "Required value"));
    }

    private static Refusal binding(String specPatch, String field, String message) {
        return new Refusal(Kind.BINDING, specPatch, field, message);
    }

    private static Refusal database(String specPatch, String field, String message) {
        return new Refusal(Kind.DATABASE, specPatch, field, message);
    }

    private static Refusal requirement(String expression, String field, String message) {
        return database(
                "allowedNamespaces: {selector: {matchExpressions: [" + expression + "]}}",
                "spec.allowedNamespaces.selector.matchExpressions[0]" + field,
                message);
    }

    private static String after(String subscription) {
        return Specimens.RESOURCE_ID.substring(Specimens.RESOURCE_ID.indexOf(subscription) + subscription.length());
    }

    private static String numbered(int count) {
        return String.join(
                ", ", IntStream.range(0, count).mapToObj(i -> "n" + i).toList());
    }

    private static String tooLong(int bytes) {
        return "Too long: may not be more than " + bytes + " bytes";
    }

    private static String atLeast(int minimum) {
        return "should be greater than or equal to " + minimum;
    }

    private static String atMost(int maximum) {
        return "should be less than or equal to " + maximum;
    }
}
