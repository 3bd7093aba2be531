package dev.redisaccess.emulator.http;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path with named holes, such as {@code /{tenant}/oauth2/v2.0/token}. Literal segments match in any case, as ARM does.
 * A first segment {@code {scope*}} matches any number of segments, including none.
 */
public final class PathTemplate {

    private final List<String> segments;

    public PathTemplate(String template) {
        this.segments = Arrays.stream(template.split("/"))
                .filter(segment -> !segment.isEmpty())
                .toList();
    }

    /** The values of the holes, if the path matches. */
    public Optional<Map<String, String>> match(List<String> path) {
        boolean greedy = !segments.isEmpty() && segments.get(0).endsWith("*}");
        int taken = greedy ? path.size() - (segments.size() - 1) : 0;
        List<String> rest = greedy ? segments.subList(1, segments.size()) : segments;
        if (taken < 0 || rest.size() != path.size() - taken) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        if (greedy) {
            String hole = segments.get(0);
            values.put(hole.substring(1, hole.length() - 2), "/" + String.join("/", path.subList(0, taken)));
        }
        return fill(rest, path.subList(taken, path.size()), values);
    }

    private static Optional<Map<String, String>> fill(
            List<String> template, List<String> path, Map<String, String> values) {
        for (int i = 0; i < template.size(); i++) {
            String hole = template.get(i);
            if (hole.startsWith("{")) {
                values.put(hole.substring(1, hole.length() - 1), path.get(i));
            } else if (!hole.equalsIgnoreCase(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    @Override
    public String toString() {
        return "/" + String.join("/", segments);
    }
}
