package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The rule for messages (CONTRIBUTING.md): sentences with a capital and a full stop, values and fields in back-quotes, plain
 * English. The text of another system is quoted after {@code answered:} or in parentheses, and is exempt.
 */
public final class MessageForm {

    private static final Pattern SENTENCES = Pattern.compile("(?s)[`A-Z].*[.…]");

    /** Words that are not plain English, and code described as a person. */
    private static final Pattern PHRASES = Pattern.compile("(?i)\\b(told|tells?|stands? in|stood|by itself|anew|goes on"
            + "|there already|beside|can't be had|knows? no|nobody|somebody|whoever|wants? an?|take for|met an"
            + "|names ServiceAccount)\\b|, too\\b");

    /** IDs, endpoints, variables, fields and paths. */
    private static final List<Pattern> VALUES = List.of(
            Pattern.compile("\\b[0-9a-f]{8}-[0-9a-f]{4}-"),
            Pattern.compile("\\b[a-z0-9-]+(\\.[a-z0-9-]+)*:\\d{4,5}\\b"),
            Pattern.compile("\\b[A-Z]+_[A-Z_]+\\b"),
            Pattern.compile("\\b(spec|status)\\.[a-z]"),
            Pattern.compile("/subscriptions/"),
            Pattern.compile("(^|\\s)'[^' ]+'"));

    private MessageForm() {}

    /** Fails unless a message of a condition keeps the rule. */
    public static void assertKept(String message) {
        String text = RequestReference.removedFrom(message);
        assertThat(text).matches(SENTENCES);
        String own = text.replaceAll("`[^`]*`", "`x`")
                .replaceAll("(?s) answered: .*", "")
                .replaceAll("\\([^)]*\\)(: .*)?", "");
        assertThat(own).doesNotContainPattern(PHRASES);
        assertThat(VALUES).allSatisfy(value -> assertThat(own).doesNotContainPattern(value));
    }
}
