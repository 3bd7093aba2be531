package dev.redisaccess.emulator.arm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code $filter}: clauses that must all hold. The forms are those of the specifications of the lists that are served:
 * {@code name eq 'value'}, {@code name eq value} and functions such as {@code atScope()} or {@code assignedTo('id')}.
 *
 * @param text as it was sent; empty when none was
 */
record Filter(String text, List<Clause> clauses) {

    /**
     * One condition.
     *
     * @param name of a property, or of a function
     * @param function whether it is a function
     * @param value empty for a function without argument
     */
    record Clause(String name, boolean function, String value) {

        boolean is(String property) {
            return !function && name.equalsIgnoreCase(property);
        }

        boolean calls(String other) {
            return function && name.equalsIgnoreCase(other);
        }
    }

    private static final Pattern CLAUSE = Pattern.compile(
            "\\G\\s*(?:(\\w+)\\s+eq\\s+(?:'((?:[^']|'')*)'|([\\w.-]+))|(\\w+)\\(\\s*(?:'((?:[^']|'')*)')?\\s*\\))"
                    + "\\s*(and\\s+|$)",
            Pattern.CASE_INSENSITIVE);

    /** Empty when the text has another form. */
    static Optional<Filter> parse(String text) {
        List<Clause> clauses = new ArrayList<>();
        Matcher matcher = CLAUSE.matcher(text);
        int end = 0;
        while (end < text.length() && matcher.find(end)) {
            clauses.add(clause(matcher));
            end = matcher.end();
            if (matcher.group(6).isEmpty()) {
                return end == text.length() ? Optional.of(new Filter(text, clauses)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Clause clause(Matcher matcher) {
        if (matcher.group(4) != null) {
            return new Clause(matcher.group(4), true, unquoted(matcher.group(5)));
        }
        String value = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
        return new Clause(matcher.group(1), false, unquoted(value));
    }

    private static String unquoted(String text) {
        return text == null ? "" : text.replace("''", "'");
    }

    /** The filter of a request, or one that accepts every item. */
    static Filter of(ArmRequest request) {
        Optional<String> text = request.http().parameter("$filter");
        return text.map(each -> parse(each).orElseThrow(() -> refused(each))).orElse(new Filter("", List.of()));
    }

    /** The refusal of a filter that a list does not support. */
    ArmRefusal refused() {
        return refused(text);
    }

    private static ArmRefusal refused(String text) {
        return new ArmRefusal(ArmError.provider(400, "BadRequest", "The filter '" + text + "' is not supported."));
    }
}
