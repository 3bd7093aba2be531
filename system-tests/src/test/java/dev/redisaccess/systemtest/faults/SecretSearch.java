package dev.redisaccess.systemtest.faults;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds pieces of tokens in texts: whole ones, and those that were cut at either end. */
final class SecretSearch {

    private static final int PIECE = 24;

    /** Any part of a token at least this long is found wherever it begins and ends; a GUID is shorter. */
    static final int SHORTEST_FOUND = 2 * PIECE - 1;

    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9_-]{" + PIECE + ",}");

    private final Set<String> pieces = new HashSet<>();

    /**
     * @param tokens JSON Web Tokens. Their headers are not secret: they are the same in all of them
     */
    SecretSearch(Collection<String> tokens) {
        for (String token : tokens) {
            String[] parts = token.split("\\.");
            for (int part = 1; part < parts.length; part++) {
                for (int at = 0; at + PIECE <= parts[part].length(); at += PIECE) {
                    pieces.add(parts[part].substring(at, at + PIECE));
                }
            }
        }
    }

    /** The number of tokens that are searched for. */
    int size() {
        return pieces.size();
    }

    /** Where the text has a piece, with the text around it, without the piece itself. */
    Optional<String> in(String text) {
        Matcher runs = RUN.matcher(text);
        while (runs.find()) {
            for (int at = runs.start(); at + PIECE <= runs.end(); at++) {
                if (pieces.contains(text.substring(at, at + PIECE))) {
                    return Optional.of(text.substring(Math.max(0, runs.start() - 200), runs.start()) + "(token)");
                }
            }
        }
        return Optional.empty();
    }
}
