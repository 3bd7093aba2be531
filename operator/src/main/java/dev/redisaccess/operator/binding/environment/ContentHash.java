package dev.redisaccess.operator.binding.environment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The hash of a published content, and which part of the content it is of. */
public final class ContentHash {

    private static final int CHARACTERS = 12;

    private ContentHash() {}

    /** The first twelve hexadecimal digits of a SHA-256: the same for the same variables, in whatever order. */
    public static String of(Map<String, String> variables) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(variables).forEach((name, value) -> {
                add(name, digest);
                add(value == null ? "" : value, digest); // as the API server takes it
            });
            return HexFormat.of().formatHex(digest.digest()).substring(0, CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /**
     * The entries that the operator published; others may add some.
     *
     * @param content all entries
     * @param keys the value of {@code ApiGroup.CONTENT_KEYS}, names separated by commas; null where it is missing, and then all
     *     entries count
     */
    public static Map<String, String> published(Map<String, String> content, String keys) {
        if (keys == null) {
            return content;
        }
        Map<String, String> part = new HashMap<>(content);
        part.keySet().retainAll(new HashSet<>(List.of(keys.split(","))));
        return part;
    }

    /** A length before each text, so that no two contents read the same. */
    private static void add(String text, MessageDigest digest) {
        digest.update((text.length() + ":" + text).getBytes(StandardCharsets.UTF_8));
    }
}
