package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeQuoteTest {

    static Stream<Arguments> words() {
        return Stream.of(
                Arguments.of("plain", "plain"),
                Arguments.of("", ""),
                Arguments.of(" \t\n ", ""),
                Arguments.of("  a \r\n\t b ", "a b"),
                Arguments.of("größer: 大きい…", "größer: 大きい…"),
                Arguments.of("smile \uD83D\uDE00", "smile \uD83D\uDE00"),
                // A line of the log that was never written.
                Arguments.of("no\n2026-11-28 ERROR all is lost", "no 2026-11-28 ERROR all is lost"),
                Arguments.of("one\u2028two\u2029three\u0085four", "one two three four"),
                Arguments.of("no\u00a0break", "no break"),
                // Colours, a window's title, a cleared screen; with ESC and with the single characters of C1.
                Arguments.of("\u001b[1;31mred\u001b[0m", "red"),
                Arguments.of("\u009b2Jcleared", "cleared"),
                Arguments.of("\u001b]0;title\u0007text", "text"),
                Arguments.of("\u001b]8;;http://evil\u001b\\link\u001b]8;;\u001b\\", "link"),
                Arguments.of("\u001bcreset", "reset"),
                Arguments.of("cut off \u001b[1;3", "cut off 1;3"),
                // Turned around, and invisible.
                Arguments.of("abc\u202edef\u202c", "abcdef"),
                Arguments.of("a\u2066b\u2069c", "abc"),
                Arguments.of("or\u200bders\ufeff", "orders"),
                Arguments.of("tag \uDB40\uDC41", "tag"),
                Arguments.of("lone \uD83D and \uDE00", "lone \uFFFD and \uFFFD"),
                Arguments.of("private \uE000", "private \uFFFD"),
                Arguments.of("unassigned \u0378", "unassigned \uFFFD"),
                Arguments.of("an eyJhbGciOiJSUzI1NiJ9.eyJhIjoi.c2ln here", "an (token) here"),
                Arguments.of("hidden eyJhbGci\u200bOiJSUzI1NiJ9.eyJhIjoi", "hidden (token)"),
                Arguments.of("https://a/b?x=1&sig=0123456789abc", "https://a/b?x=1&sig=(signature)"));
    }

    @ParameterizedTest
    @MethodSource("words")
    void areOneHarmlessLine(String words, String quoted) {
        assertThat(SafeQuote.quote(words, 100)).isEqualTo(quoted);
    }

    @Test
    void areCutBetweenCharacters() {
        assertThat(SafeQuote.quote("0123456789", 10)).isEqualTo("0123456789");
        assertThat(SafeQuote.quote("0123456789a", 10)).isEqualTo("012345678…");
        assertThat(SafeQuote.quote("01234567\uD83D\uDE00ab", 10)).isEqualTo("01234567…");
    }

    @Test
    void mayBeAsLongAsABody() {
        String dots = "eyJhbGciOiJSUzI1NiJ9" + ".a".repeat(500_000);

        assertThat(SafeQuote.quote(dots, 100)).isEqualTo("(token)…");
        assertThat(SafeQuote.quote("\u001b]" + "x".repeat(500_000), 100)).hasSize(100);
        assertThat(SafeQuote.quote("\u200b".repeat(500_000) + "x", 100)).isEqualTo("…");
    }

    /** Minutes, if the time grew with the square of the length. */
    @ParameterizedTest
    @ValueSource(strings = {"\u009d", "\u001b]", "\u009b1;", "\u001b ", "eyJ", "?sig="})
    @Timeout(5)
    void takeNoLongerIfTheyAreBeginningsOnly(String beginning) {
        assertThat(SafeQuote.quote(beginning.repeat(500_000), 1024)).hasSizeLessThanOrEqualTo(1024);
    }
}
