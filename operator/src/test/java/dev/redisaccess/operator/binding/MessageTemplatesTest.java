package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.kubernetes.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message in the sources that is written next to its reason: with a placeholder for each value. */
class MessageTemplatesTest {

    private static final Path MAIN = Repository.file("operator/src/main/java");

    /** In place of an expression. A value at the end of a message is a sentence of its own. */
    private static final String VALUE = "\u0000";

    private static final Pattern CALL = Pattern.compile("(?:Problem|Finding)\\.of\\(\\s*Reason\\.[A-Z_]+,");

    static List<String> templates() throws IOException {
        try (Stream<Path> files = Files.walk(MAIN)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(MessageTemplatesTest::read)
                    .flatMap(source -> CALL.matcher(source).results().map(call -> template(source, call.end())))
                    .distinct()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void keepsTheRule(String template) {
        MessageForm.assertKept(template);
    }

    @Test
    void findsTheMessagesOfTheSources() throws IOException {
        assertThat(templates())
                .hasSizeGreaterThan(40)
                .contains("ServiceAccount `x` does not exist in namespace `x`. Create it, or correct"
                        + " `spec.serviceAccountName` in a new binding.");
    }

    /** The text from a position to the end of the call: literals as they are, and an x for each expression between them. */
    private static String template(String source, int start) {
        StringBuilder text = new StringBuilder();
        int depth = 1;
        for (int i = start; depth > 0; i++) {
            char c = source.charAt(i);
            if (c == '"') {
                int end = i + 1;
                while (source.charAt(end) != '"') {
                    end += source.charAt(end) == '\\' ? 2 : 1;
                }
                text.append(depth == 1 ? source.substring(i + 1, end) : "");
                i = end;
            } else if (depth == 1 && Character.isLetterOrDigit(c)) {
                text.append(text.toString().endsWith(VALUE) ? "" : VALUE);
            }
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        return (text + (text.toString().endsWith(VALUE) ? "." : ""))
                .replace("\\\"", "\"")
                .replaceFirst("^" + VALUE, "X")
                .replace(VALUE, "x");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
