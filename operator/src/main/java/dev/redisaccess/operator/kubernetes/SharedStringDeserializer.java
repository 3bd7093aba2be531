package dev.redisaccess.operator.kubernetes;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;

/**
 * Reads strings, and returns the same instance for equal ones that were read recently. Most strings in an object of Kubernetes
 * occur several times, or in the next object also: types and reasons of conditions, times, namespaces, object IDs. The table
 * of recent strings is bounded; when two have the same place, one is not shared.
 */
final class SharedStringDeserializer extends StringDeserializer {

    private static final long serialVersionUID = 1L;

    /** A power of two. */
    private static final int PLACES = 1 << 12;

    /** Longer texts are rarely the same. In characters. */
    private static final int LONGEST = 160;

    /** Without locks: a String may be handed from thread to thread as it is, and a lost write is a text not shared. */
    private final String[] recent = new String[PLACES];

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return shared(super.deserialize(parser, context));
    }

    private String shared(String text) {
        if (text == null || text.length() > LONGEST) {
            return text;
        }
        int hash = text.hashCode();
        int place = (hash ^ hash >>> 16) & PLACES - 1;
        String known = recent[place];
        if (text.equals(known)) {
            return known;
        }
        recent[place] = text;
        return text;
    }
}
