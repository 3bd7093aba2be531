package dev.redisaccess.operator.kubernetes;

import java.util.HashMap;
import java.util.Map;

/**
 * What is kept of a JSON value. Pure data; {@link JsonFilter} applies it.
 *
 * @param isKept false: nothing is kept
 * @param members of an object, what is kept of the members of these names
 * @param others what is kept of its other members; null: what is kept of them is what is kept of the whole
 * @param elements what is kept of each element of an array; null: all
 * @param longest bytes of a text as it is sent; a longer one is replaced
 * @param objectBytes if not 0, the value is an object of Kubernetes, which is left out if what is kept of it is larger
 */
record JsonSelection(
        boolean isKept,
        Map<String, JsonSelection> members,
        JsonSelection others,
        JsonSelection elements,
        int longest,
        int objectBytes) {

    /** Everything. */
    static final JsonSelection ALL = new JsonSelection(true, Map.of(), null, null, Integer.MAX_VALUE, 0);

    /** Nothing. */
    static final JsonSelection NONE = new JsonSelection(false, Map.of(), null, null, 0, 0);

    /** Texts up to this length. */
    static JsonSelection textsUpTo(int bytes) {
        return new JsonSelection(true, Map.of(), null, null, bytes, 0);
    }

    /** Of an object: these members, and of the others what {@code others} says. */
    static JsonSelection members(Map<String, JsonSelection> members, JsonSelection others) {
        return new JsonSelection(true, Map.copyOf(members), others, null, Integer.MAX_VALUE, 0);
    }

    /** Of an object: nothing but these members, each of them whole. */
    static JsonSelection only(String... names) {
        Map<String, JsonSelection> members = new HashMap<>();
        for (String name : names) {
            members.put(name, ALL);
        }
        return members(members, NONE);
    }

    /** The same for each element of an array. */
    JsonSelection each() {
        return new JsonSelection(true, Map.of(), null, this, Integer.MAX_VALUE, 0);
    }

    /** The same, of an object of Kubernetes of which no more than this is kept. */
    JsonSelection upTo(int bytes) {
        return new JsonSelection(isKept, members, others == null ? ALL : others, elements, longest, bytes);
    }

    /** The same, with another rule for one member. */
    JsonSelection with(String name, JsonSelection member) {
        Map<String, JsonSelection> more = new HashMap<>(members);
        more.put(name, member);
        return new JsonSelection(
                isKept, Map.copyOf(more), others == null ? ALL : others, elements, longest, objectBytes);
    }

    JsonSelection member(String name) {
        JsonSelection named = members.get(name);
        if (named != null) {
            return named;
        }
        return others == null ? this : others;
    }

    JsonSelection element() {
        return elements == null ? ALL : elements;
    }
}
