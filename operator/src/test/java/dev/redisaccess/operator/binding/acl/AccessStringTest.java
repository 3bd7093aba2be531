package dev.redisaccess.operator.binding.acl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessStringTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "+@read ~shop:* | +@read ~shop:*",
                "  +@read   ~shop:*  | +@read ~shop:*",
                "allcommands allkeys | +@all ~*",
                "+get %WR~a allchannels | +get %RW~a &*",
                "( +get ~a ) | (+get ~a)",
                "+@all ~* resetkeys ~a | +@all ~* resetkeys ~a",
                "+@read ~a:* (+@write ~b:*) | +@read ~a:* (+@write ~b:*)"
            })
    void isTheSameInOneSpelling(String text, String spelled) {
        assertThat(AccessString.of(text).map(AccessString::text)).contains(spelled);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "+@nosuch ~a | must name a category",
                "+@READ ~a | lower case",
                "+GET ~a | lower case",
                "+get|a|b ~x | one subcommand",
                "+@read ~* ~a | must not follow `~*`",
                "+@read allkeys ~a | must not follow `~*`",
                "+publish &* &a | must not follow `&*`",
                "+@read %~a | `%R~pattern`",
                "+@read %RR~a | `%R~pattern`",
                "+@read %r~a | `%R~pattern`",
                "+@read ~ | must have a pattern",
                "+@read & | must have a pattern",
                "+@read shop:* | must be a rule for commands",
                "+@all ~* -hello | a login requires",
                "+@all ~* -auth | a login requires",
                "+@all ~* on | changes the user itself",
                "+@all ~* nopass | changes the user itself",
                "+@all ~* >secret | changes the user itself",
                "+@all ~* reset | changes the user itself",
                "(+get ~a | without its closing parenthesis",
                "+get ~a) | parentheses",
                "((+get ~a)) | parentheses",
                "(+get (~a)) | parentheses",
                "(+get ~a)(+set ~b) | parentheses",
                "~a | allows no command",
                "-@all ~a | allows no command",
                "+get -get ~a | allows no command",
                "+@all ~* -@all | allows no command",
                "(-@all ~a) | allows no command",
                "+@read | no key",
                "+get +@write | no key",
                "(+get) (+set) | no key"
            })
    void refusesWhatRedisWouldAndWhatGivesNothing(String text, String why) {
        assertThat(AccessString.flaw(text))
                .hasValueSatisfying(flaw -> assertThat(flaw).contains(why));
        assertThat(AccessString.of(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+get ~a\t~b", "+get\n~a", "+get ~a\u0000", "+get ~\u007f"})
    void refusesControlCharacters(String text) {
        assertThat(AccessString.flaw(text))
                .hasValueSatisfying(flaw -> assertThat(flaw).contains("control character"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+ping",
                "+@pubsub &shop:*",
                "+acl|whoami +ping +get ~a",
                "+newcommand ~a",
                "-config|get +@all ~*",
                "+select|0 +get ~a",
                "+@all -@dangerous ~*",
                "-@connection +get ~a"
            })
    void acceptsWhatItCanNotKnow(String text) {
        assertThat(AccessString.flaw(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "+@all ~*, true",
        "~* +@all, true",
        "+@all ~* &*, true",
        "+@all ~* -get, false",
        "+@all %RW~*, false",
        "+@all ~a, false",
        "(+@all ~*) +get ~a, false"
    })
    void isFullWithEveryCommandOnEveryKey(String text, boolean full) {
        assertThat(string(text).isFull()).isEqualTo(full);
    }

    @ParameterizedTest
    @CsvSource({
        "+@read ~shop:*, shop:",
        "+@read %R~shop:* %W~shop:*, shop:",
        "+@read ~shop:* (+set ~shop:*), shop:",
        "+@read ~\\{shop\\}:*, {shop}:",
        "+@read ~shop:* ~cart:*, ''",
        "+@read ~shop:?*, ''",
        "+@read ~*, ''",
        "+@read ~shop, ''",
        "+@read ~*:shop, ''",
        "+ping, ''"
    })
    void hasAKeyPrefixIfEveryPatternIsOne(String text, String prefix) {
        assertThat(string(text).keyPrefix()).isEqualTo(Optional.of(prefix).filter(one -> !one.isEmpty()));
    }

    @Test
    void probesAReaderInsideAndOutsideOfItsPattern() {
        assertThat(probes("+@read ~shop:*"))
                .containsExactly(
                        "+EXISTS shop:0123 on a key of `shop:*`",
                        "-SETRANGE shop:0123 on a key of `shop:*`",
                        "-EXISTS zq-0123 on a key outside of all patterns");
    }

    @Test
    void probesAWriterWithItsOwnCommands() {
        assertThat(probes("+@all -@dangerous ~shop:*"))
                .containsExactly(
                        "+EXISTS shop:0123 on a key of `shop:*`",
                        "+SETRANGE shop:0123 on a key of `shop:*`",
                        "-EXISTS zq-0123 on a key outside of all patterns",
                        "-SETRANGE zq-0123 on a key outside of all patterns");
        assertThat(probes("+xadd +xreadgroup +xack ~jobs:*"))
                .contains("+XADD jobs:0123 on a key of `jobs:*`", "-XADD zq-0123 on a key outside of all patterns");
    }

    @Test
    void probesWhatReadsAndWhatWritesSeparately() {
        assertThat(probes("+get +set %R~in:* %W~out:*"))
                .containsExactly(
                        "+GET in:0123 on a key of `in:*`",
                        "-SETRANGE in:0123 on a key of `in:*`",
                        "+SET out:0123 on a key of `out:*`",
                        "-GET zq-0123 on a key outside of all patterns",
                        "-SET zq-0123 on a key outside of all patterns");
    }

    @Test
    void probesThatChannelsGiveNoKeys() {
        assertThat(probes("+publish &shop:*")).containsExactly("-EXISTS zq-0123 on a key outside of all patterns");
    }

    @Test
    void namesWhatItCanNotProbe() {
        assertThat(string("+@pubsub &shop:*").unprobed()).containsExactly("channels");
        assertThat(string("+evalsha +script|load +get ~shop:*").unprobed()).containsExactly("scripts");
        assertThat(string("+@read ~*").unprobed())
                .containsExactly("keys outside of the patterns, because there are none");
        assertThat(string("+@read ~shop:*").unprobed()).isEmpty();
    }

    @Test
    void limitsTheProbesOfManyPatterns() {
        StringBuilder many = new StringBuilder("+@read");
        for (int i = 0; i < 100; i++) {
            many.append(" ~p").append(i).append(":*");
        }
        assertThat(probes(many.toString())).hasSizeLessThan(20);
        assertThat(string(many.toString()).unprobed()).containsExactly("patterns of keys after the first 8");
    }

    @ParameterizedTest
    @CsvSource({
        "h?llo, hello, true",
        "h?llo, hllo, false",
        "h*llo, heeeello, true",
        "h[ae]llo, hallo, true",
        "h[ae]llo, hillo, false",
        "h[^e]llo, hallo, true",
        "h[^e]llo, hello, false",
        "h[a-b]llo, hbllo, true",
        "h[b-a]llo, hbllo, true",
        "h\\*llo, h*llo, true",
        "h\\*llo, hxllo, false",
        "*:x:*, a:x:b, true",
        "*a*b, xaxb, true",
        "*a*b, xaxc, false"
    })
    void matchesAsRedis(String pattern, String text, boolean matches) {
        assertThat(Glob.of(pattern).matches(text)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop:*", "a?c", "[x-z]1*", "[^a]b", "\\[x\\]*", "é*", "*", "x[0-9][a\\]]"})
    void makesAKeyOfEachPattern(String pattern) {
        assertThat(Glob.of(pattern).example(() -> "0123"))
                .hasValueSatisfying(
                        key -> assertThat(Glob.of(pattern).matches(key)).isTrue());
    }

    private static List<String> probes(String text) {
        return string(text).probes(() -> "0123").stream()
                .map(probe -> (probe.allowed() ? "+" : "-") + probe.command() + " " + probe.key() + " " + probe.where())
                .toList();
    }

    private static AccessString string(String text) {
        assertThat(AccessString.flaw(text)).as(text).isEmpty();
        return AccessString.of(text).orElseThrow();
    }
}
