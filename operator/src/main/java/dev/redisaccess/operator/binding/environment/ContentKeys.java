package dev.redisaccess.operator.binding.environment;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** What an environment's annotation says of whose its entries are: others may add some. */
public final class ContentKeys {

    private ContentKeys() {}

    /**
     * The entries that the operator published.
     *
     * @param content all entries
     * @param keys the annotation's value, names separated by commas; null where it is missing, and then it is all of them
     */
    public static Map<String, String> published(Map<String, String> content, String keys) {
        if (keys == null) {
            return content;
        }
        Map<String, String> part = new HashMap<>(content);
        part.keySet().retainAll(new HashSet<>(List.of(keys.split(","))));
        return part;
    }
}
