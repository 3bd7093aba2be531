package dev.redisaccess.kubernetes;

import java.util.Comparator;

/**
 * Where an object is stored; versions of one kind share the place.
 *
 * @param namespace empty for a cluster-scoped object
 */
record ObjectKey(String group, String plural, String namespace, String name) implements Comparable<ObjectKey> {
    private static final Comparator<ObjectKey> ORDER = Comparator.comparing(ObjectKey::group)
            .thenComparing(ObjectKey::plural)
            .thenComparing(ObjectKey::namespace)
            .thenComparing(ObjectKey::name);

    @Override
    public int compareTo(ObjectKey other) {
        return ORDER.compare(this, other);
    }

    boolean isOf(ResourceKind kind) {
        return kind.is(group, plural);
    }
}
