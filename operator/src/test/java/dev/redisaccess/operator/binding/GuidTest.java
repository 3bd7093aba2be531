package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuidTest {

    private static final String GUID = "01234567-89ab-cdef-0123-456789abcdef";

    @ParameterizedTest
    @ValueSource(strings = {GUID, "01234567-89AB-CDEF-0123-456789ABCDEF"})
    void isKeptInLowerCase(String text) {
        assertThat(Guid.parse(text)).contains(GUID);
        assertThat(Guid.flaw(text)).isEmpty();
    }

    static Stream<Arguments> flaws() {
        return Stream.of(
                Arguments.of("", "is empty"),
                Arguments.of(" \r\n", "is blank"),
                Arguments.of("\u200B", "is blank"),
                Arguments.of("orders", "is not a GUID"),
                Arguments.of("x".repeat(250_000), "is not a GUID"),
                Arguments.of(" ".repeat(250_000), "is blank"),
                Arguments.of("/subscriptions/1/providers/x/userAssignedIdentities/orders", "is not a GUID"),
                Arguments.of(GUID + "\r\n", "has a line break at its end"),
                Arguments.of(GUID + "\n", "has a line break at its end"),
                Arguments.of("\n" + GUID, "has a line break at its beginning"),
                Arguments.of(GUID + " ", "has a blank at its end"),
                Arguments.of(GUID + "\t", "has a blank at its end"),
                Arguments.of("\u00A0" + GUID, "has an invisible character at its beginning"),
                Arguments.of("\uFEFF" + GUID, "has an invisible character at its beginning"),
                Arguments.of(GUID + "\u202E", "has an invisible character at its end"),
                Arguments.of(GUID.substring(0, 8) + "\u200B" + GUID.substring(8), "has an invisible character in it"),
                Arguments.of("{" + GUID + "}", "has brackets or quotes around the GUID"),
                Arguments.of("\"" + GUID + "\"", "has brackets or quotes around the GUID"),
                Arguments.of(GUID + GUID, "is not a GUID"));
    }

    @ParameterizedTest
    @MethodSource("flaws")
    void saysWhatMakesATextNone(String text, String flaw) {
        assertThat(Guid.parse(text)).isEmpty();
        assertThat(Guid.flaw(text)).contains(flaw);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "orders",
                "0123456789abcdef0123456789abcdef",
                "{01234567-89ab-cdef-0123-456789abcdef}",
                "01234567-89ab-cdef-0123-456789abcde",
                "01234567-89ab-cdef-0123-456789abcdef0",
                "012345678-9ab-cdef-0123-456789abcdef",
                "01234567-89ab-cdef-0123_456789abcdef",
                "01234567-89ab-cdef-0123-456789abcde-",
                "٠1234567-89ab-cdef-0123-456789abcdef"
            })
    void isNothingElse(String text) {
        assertThat(Guid.parse(text)).isEmpty();
    }

    @Test
    void hasDigitsOfSixteenAndHyphensInTheirPlacesOnly() {
        for (int i = 0; i < GUID.length(); i++) {
            for (char c = 0; c < 256; c++) {
                String text = GUID.substring(0, i) + c + GUID.substring(i + 1);
                assertThat(Guid.parse(text).isPresent())
                        .as(text)
                        .isEqualTo(text.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
            }
        }
    }
}
