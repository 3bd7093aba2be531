package dev.redisaccess.operator.publish;

import dev.redisaccess.operator.binding.Problem;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Objects;

/**
 * How an object of one kind holds what is published.
 *
 * @param <T> the kind
 */
interface ObjectForm<T extends HasMetadata> {

    /** The entries as the kind encodes them; null where a cache left them out because the annotation says what they are. */
    Map<String, String> entries(T object);

    /** The entries, decoded. */
    Map<String, String> content(T object);

    /** An object with these entries and empty metadata: for a patch, in which null removes an entry. */
    T with(Map<String, String> entries);

    boolean immutable(T object);

    /** Whether the kind's own type is the wanted one, where the kind has one. */
    boolean sameType(T found, T wanted);

    /** What to report of an object of that name that belongs to another owner. */
    Problem notOwned(T found);

    /** Whether no patch can make it what is wanted: the type never changes, nor does the content of an immutable object. */
    default boolean replaced(T found, T wanted) {
        return !sameType(found, wanted)
                || immutable(found)
                        && !Objects.requireNonNullElse(entries(found), Map.<String, String>of())
                                .entrySet()
                                .containsAll(entries(wanted).entrySet());
    }
}
