package dev.redisaccess.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which objects a list or a watch concerns: label selector (equality and sets) and field selector. */
record Selection(List<Predicate<JsonNode>> requirements) {
    private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s+\\(([^)]*)\\)");
    private static final Pattern COMMA_OUTSIDE_PARENTHESES = Pattern.compile(",(?![^(]*\\))");

    static Selection parse(String labels, String fields) {
        var requirements = new java.util.ArrayList<Predicate<JsonNode>>();
        split(labels).forEach(term -> requirements.add(label(term)));
        split(fields).forEach(term -> requirements.add(field(term)));
        return new Selection(List.copyOf(requirements));
    }

    boolean matches(JsonNode object) {
        return requirements.stream().allMatch(requirement -> requirement.test(object));
    }

    private static List<String> split(String selector) {
        return COMMA_OUTSIDE_PARENTHESES
                .splitAsStream(selector)
                .map(String::strip)
                .filter(term -> !term.isEmpty())
                .toList();
    }

    private static Predicate<JsonNode> label(String term) {
        Matcher set = SET.matcher(term);
        if (set.matches()) {
            Set<String> values =
                    Arrays.stream(set.group(3).split(",")).map(String::strip).collect(Collectors.toSet());
            boolean in = set.group(2).equals("in");
            String key = set.group(1);
            return object -> {
                JsonNode label = labelOf(object, key);
                return in == (!label.isMissingNode() && values.contains(label.asText()));
            };
        }
        if (term.contains("=")) {
            return comparison(term, Selection::labelOf);
        }
        return term.startsWith("!")
                ? object -> labelOf(object, term.substring(1).strip()).isMissingNode()
                : object -> !labelOf(object, term).isMissingNode();
    }

    private static JsonNode labelOf(JsonNode object, String key) {
        return object.path("metadata").path("labels").path(key);
    }

    private static Predicate<JsonNode> field(String term) {
        if (!term.contains("=")) {
            throw ApiFailure.badRequest("invalid field selector: " + term);
        }
        return comparison(term, (object, path) -> {
            JsonNode value = object;
            for (String step : path.split("\\.")) {
                value = value.path(step);
            }
            return value;
        });
    }

    private static Predicate<JsonNode> comparison(
            String term, java.util.function.BiFunction<JsonNode, String, JsonNode> read) {
        boolean negated = term.contains("!=");
        String[] sides = term.split(negated ? "!=" : "==?", 2);
        String key = sides[0].strip();
        String value = sides[1].strip();
        return object -> negated != read.apply(object, key).asText().equals(value);
    }
}
