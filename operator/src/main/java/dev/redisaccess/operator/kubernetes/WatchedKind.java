package dev.redisaccess.operator.kubernetes;

import dev.redisaccess.operator.api.ApiGroup;
import dev.redisaccess.operator.binding.ClientIdChoice;
import dev.redisaccess.operator.binding.FederationChoice;
import dev.redisaccess.operator.binding.OperatorIdentity;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kind that the operator watches, and the fields that it reads. All others are removed while an answer arrives, so that
 * neither the number of annotations nor the size of another ConfigMap takes memory.
 */
enum WatchedKind {

    /** Existence, and the identity in its annotations. */
    SERVICE_ACCOUNTS(
            "serviceaccounts",
            true,
            metadata(
                    JsonSelection.NONE,
                    ClientIdChoice.ANNOTATION,
                    OperatorIdentity.TENANT_ANNOTATION,
                    FederationChoice.ANNOTATION)),

    /** Existence, and the labels by which databases admit it. */
    NAMESPACES("namespaces", true, metadata(JsonSelection.ALL)),

    /**
     * Also the content, so that an edit is found and undone at once: metadata does not show it. The ConfigMaps are selected by
     * the label that only the operator may set; where that is not enforced, an entry that is longer than any of the operator's
     * is replaced.
     */
    CONFIG_MAPS(
            "configmaps",
            false,
            metadata(
                            JsonSelection.only(ApiGroup.BINDING_LABEL, ApiGroup.MANAGED_BY),
                            ApiGroup.CONTENT_HASH,
                            ApiGroup.CONTENT_KEYS)
                    .with("data", JsonSelection.members(Map.of(), JsonSelection.textsUpTo(Longest.ENTRY)))
                    .with("binaryData", JsonSelection.NONE)),

    BINDINGS("redisaccessbindings", false, metadata(JsonSelection.NONE)),

    DATABASES("redisdatabases", false, metadata(JsonSelection.NONE)),

    /**
     * Existence and generation, which show an edit. A page is read whole, by its name, before it is changed. Not as metadata
     * only: for an empty list of a custom kind the API server then returns {@code items: null}, at which fabric8 fails.
     */
    REPORTS("redisaccessreports", false, metadata(JsonSelection.NONE).with("report", JsonSelection.NONE)) {
        @Override
        JsonSelection single() {
            return JsonSelection.ALL;
        }
    };

    private static final class Longest {
        /** Bytes of an annotation, as it is sent. The longest of the operator's own has some 1,500. */
        static final int ANNOTATION = 4096;

        /** Bytes of an entry of a ConfigMap, as it is sent. The longest of the operator's own is a host name and a port. */
        static final int ENTRY = 2048;
    }

    /** Bytes that are kept of one object in a LIST; a binding with all that its schema allows has less than half of it. */
    static final int LARGEST_LISTED = 64 * 1024;

    /** The same of a database. */
    static final int LARGEST_DATABASE = 512 * 1024;

    /** Bytes that are kept of an object that is requested by its name: what fits into etcd, and a little more. */
    static final int LARGEST_SINGLE = 2 * 1024 * 1024;

    /** The prefix of a group and version, a namespace, then the plural, a name and a subresource. */
    private static final Pattern PATH =
            Pattern.compile("(?:/api/v1|/apis/[^/]+/[^/]+)(?:/namespaces/[^/]+(?=/))?/([a-z]+)(/[^/]+)?(/status)?/?");

    private final String plural;
    private final boolean metadataOnly;
    private final JsonSelection object;

    WatchedKind(String plural, boolean metadataOnly, JsonSelection object) {
        this.plural = plural;
        this.metadataOnly = metadataOnly;
        this.object = object;
    }

    /** A request for this kind. */
    record Request(WatchedKind kind, boolean single) {

        /** What is kept of the answer. */
        JsonSelection kept() {
            return single
                    ? kind.single().upTo(LARGEST_SINGLE)
                    : JsonSelection.ALL.with(
                            "items", kind.object.upTo(kind.largestListed()).each());
        }

        boolean metadataOnly() {
            return kind.metadataOnly && !single;
        }
    }

    /** Empty for all other kinds, and for subresources other than the status. */
    static Optional<Request> request(String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Arrays.stream(values())
                .filter(kind -> kind.plural.equals(matcher.group(1)))
                .findFirst()
                .map(kind -> new Request(kind, matcher.group(2) != null));
    }

    /** What is kept of an object that is requested by its name. */
    JsonSelection single() {
        return object;
    }

    /** Only the platform team writes databases: 16 profiles, each with 256 names of namespaces, are some 300 KiB. */
    private int largestListed() {
        return this == DATABASES ? LARGEST_DATABASE : LARGEST_LISTED;
    }

    String plural() {
        return plural;
    }

    private static JsonSelection metadata(JsonSelection labels, String... annotations) {
        Map<String, JsonSelection> kept = new HashMap<>();
        List.of(annotations).forEach(name -> kept.put(name, JsonSelection.textsUpTo(Longest.ANNOTATION)));
        return JsonSelection.ALL.with(
                "metadata",
                JsonSelection.ALL
                        .with("annotations", JsonSelection.members(kept, JsonSelection.NONE))
                        .with("labels", labels)
                        .with("managedFields", JsonSelection.NONE));
    }
}
