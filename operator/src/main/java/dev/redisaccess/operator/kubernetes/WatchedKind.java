package dev.redisaccess.operator.kubernetes;

import dev.redisaccess.operator.api.ApiGroup;
import dev.redisaccess.operator.binding.ClientIdChoice;
import dev.redisaccess.operator.binding.OperatorIdentity;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kind that the operator watches: what it reads of such an object. The rest is cut away while it comes in, and neither the
 * number of the annotations nor the size of a ConfigMap of others takes memory.
 */
enum WatchedKind {

    /** Whether it exists, and the identity that it is annotated with. */
    SERVICE_ACCOUNTS(
            "serviceaccounts",
            true,
            metadata(KeptPart.NONE, ClientIdChoice.ANNOTATION, OperatorIdentity.TENANT_ANNOTATION)),

    /** Whether it exists, and its labels, by which databases admit it. */
    NAMESPACES("namespaces", true, metadata(KeptPart.ALL)),

    /**
     * The content as well, so that an edit is seen and undone at once: metadata does not show one. It is watched by the label
     * that only the operator may set; where that is not enforced, an entry that is longer than any of the operator's is cut.
     */
    CONFIG_MAPS(
            "configmaps",
            false,
            metadata(
                            KeptPart.only(ApiGroup.BINDING_LABEL, ApiGroup.MANAGED_BY),
                            ApiGroup.CONTENT_HASH,
                            ApiGroup.CONTENT_KEYS)
                    .with("data", KeptPart.members(Map.of(), KeptPart.textsUpTo(Longest.ENTRY)))
                    .with("binaryData", KeptPart.NONE)),

    BINDINGS("redisaccessbindings", false, metadata(KeptPart.NONE)),

    DATABASES("redisdatabases", false, metadata(KeptPart.NONE));

    private static final class Longest {
        /** Bytes of an annotation, as it is sent. The longest of the operator's own has some 1,500. */
        static final int ANNOTATION = 4096;

        /** Bytes of an entry of a ConfigMap, as it is sent. The longest of the operator's own is a host name and a port. */
        static final int ENTRY = 2048;
    }

    /** Bytes that are kept of one object in a LIST; a binding with all that its schema allows has less than half of it. */
    static final int LARGEST_LISTED = 64 * 1024;

    /** Bytes that are kept of an object that is asked for by its name: what fits into etcd, and a little more. */
    static final int LARGEST_SINGLE = 2 * 1024 * 1024;

    /** The prefix of a group and version, a namespace, then the plural, a name and a subresource. */
    private static final Pattern PATH =
            Pattern.compile("(?:/api/v1|/apis/[^/]+/[^/]+)(?:/namespaces/[^/]+(?=/))?/([a-z]+)(/[^/]+)?(/status)?/?");

    private final String plural;
    private final boolean metadataOnly;
    private final KeptPart object;

    WatchedKind(String plural, boolean metadataOnly, KeptPart object) {
        this.plural = plural;
        this.metadataOnly = metadataOnly;
        this.object = object;
    }

    /** What a request's path asks for. */
    record Asked(WatchedKind kind, boolean single) {

        /** What is kept of the answer. */
        KeptPart kept() {
            return single
                    ? kind.object.upTo(LARGEST_SINGLE)
                    : KeptPart.ALL.with(
                            "items", kind.object.upTo(LARGEST_LISTED).each());
        }

        boolean metadataOnly() {
            return kind.metadataOnly && !single;
        }
    }

    /** Empty for all other kinds, and for subresources other than the status. */
    static Optional<Asked> in(String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Arrays.stream(values())
                .filter(kind -> kind.plural.equals(matcher.group(1)))
                .findFirst()
                .map(kind -> new Asked(kind, matcher.group(2) != null));
    }

    String plural() {
        return plural;
    }

    private static KeptPart metadata(KeptPart labels, String... annotations) {
        Map<String, KeptPart> kept = new HashMap<>();
        List.of(annotations).forEach(name -> kept.put(name, KeptPart.textsUpTo(Longest.ANNOTATION)));
        return KeptPart.ALL.with(
                "metadata",
                KeptPart.ALL
                        .with("annotations", KeptPart.members(kept, KeptPart.NONE))
                        .with("labels", labels)
                        .with("managedFields", KeptPart.NONE));
    }
}
