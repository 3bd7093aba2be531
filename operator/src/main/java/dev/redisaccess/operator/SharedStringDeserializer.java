package dev.redisaccess.operator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;

/**
 * Reads texts, and gives back the same String for those that were read not long ago. Most of what is in an object of
 * Kubernetes stands there several times, or in the next one too: types and reasons of conditions, times, namespaces, object
 * ids. What is remembered is bounded, and lost by chance when two texts fall on one place, which costs memory and nothing
 * else.
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
