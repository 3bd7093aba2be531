package dev.redisaccess.operator.binding.acl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A pattern of keys or channels, as {@code stringmatchlen} of Redis reads it: {@code *}, {@code ?}, {@code [a-z]}, {@code [^a]},
 * and {@code \} before a character that stands for itself.
 */
final class Glob {

    /** One character of a text, or any number of them. */
    private record Part(boolean any, boolean negated, List<char[]> ranges) {

        boolean admits(char c) {
            boolean inside = ranges.isEmpty() || ranges.stream().anyMatch(range -> range[0] <= c && c <= range[1]);
            return inside != negated;
        }

        Optional<Character> literal() {
            boolean one = !any && !negated && ranges.size() == 1 && ranges.get(0)[0] == ranges.get(0)[1];
            return one ? Optional.of(ranges.get(0)[0]) : Optional.empty();
        }
    }

    private static final Part STAR = new Part(true, false, List.of());
    private static final Part ONE = new Part(false, false, List.of());

    private final List<Part> parts;

    private Glob(List<Part> parts) {
        this.parts = parts;
    }

    static Glob of(String pattern) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            if (c == '[') {
                at = readClass(pattern, at + 1, parts);
            } else if (c == '\\' && at + 1 < pattern.length()) {
                parts.add(literal(pattern.charAt(at + 1)));
                at += 2;
            } else {
                parts.add(c == '*' ? STAR : c == '?' ? ONE : literal(c));
                at++;
            }
        }
        return new Glob(List.copyOf(parts));
    }

    private static Part literal(char c) {
        return new Part(false, false, List.of(new char[] {c, c}));
    }

    /** Reads a class that is not closed to the end of the pattern, as Redis does. */
    private static int readClass(String pattern, int start, List<Part> parts) {
        int at = start;
        boolean negated = at < pattern.length() && pattern.charAt(at) == '^';
        at += negated ? 1 : 0;
        List<char[]> ranges = new ArrayList<>();
        while (at < pattern.length() && pattern.charAt(at) != ']') {
            char c = pattern.charAt(at);
            if (c == '\\' && at + 1 < pattern.length()) {
                c = pattern.charAt(at + 1);
                ranges.add(new char[] {c, c});
                at += 2;
            } else if (at + 2 < pattern.length() && pattern.charAt(at + 1) == '-') {
                char to = pattern.charAt(at + 2);
                ranges.add(new char[] {(char) Math.min(c, to), (char) Math.max(c, to)});
                at += 3;
            } else {
                ranges.add(new char[] {c, c});
                at++;
            }
        }
        // An empty class admits nothing: a range that no character is in.
        parts.add(new Part(false, negated, ranges.isEmpty() ? List.of(new char[] {1, 0}) : List.copyOf(ranges)));
        return at + 1;
    }

    /** Whether the pattern matches all of a text. Without backtracking over more than the last star. */
    boolean matches(String text) {
        int part = 0;
        int at = 0;
        int star = -1;
        int starAt = 0;
        while (at < text.length()) {
            if (part < parts.size() && parts.get(part).any()) {
                star = part++;
                starAt = at;
            } else if (part < parts.size() && parts.get(part).admits(text.charAt(at))) {
                part++;
                at++;
            } else if (star >= 0) {
                part = star + 1;
                at = ++starAt;
            } else {
                return false;
            }
        }
        while (part < parts.size() && parts.get(part).any()) {
            part++;
        }
        return part == parts.size();
    }

    /**
     * A text that the pattern matches; empty if a class of it admits none of the characters that are tried.
     *
     * @param random letters and digits for each star
     */
    Optional<String> example(Supplier<String> random) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part.any()) {
                text.append(random.get());
            } else if (part.literal().isPresent()) {
                text.append(part.literal().get());
            } else {
                Optional<Character> member = "abcdefghijklmnopqrstuvwxyz0123456789-_:.ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                        .chars()
                        .mapToObj(c -> (char) c)
                        .filter(part::admits)
                        .findFirst()
                        .or(() -> part.negated() || part.ranges().isEmpty()
                                ? Optional.empty()
                                : Optional.of(part.ranges().get(0)[0]).filter(part::admits));
                if (member.isEmpty()) {
                    return Optional.empty();
                }
                text.append(member.get());
            }
        }
        return Optional.of(text.toString()).filter(this::matches);
    }

    /** The text before the only star, if the pattern is literal text and a star at its end. */
    Optional<String> prefix() {
        if (parts.size() < 2 || !parts.get(parts.size() - 1).any()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        for (Part part : parts.subList(0, parts.size() - 1)) {
            if (part.literal().isEmpty()) {
                return Optional.empty();
            }
            text.append(part.literal().get());
        }
        return Optional.of(text.toString());
    }
}
