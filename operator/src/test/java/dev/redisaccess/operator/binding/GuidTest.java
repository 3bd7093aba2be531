package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuidTest {

    private static final String GUID = "01234567-89ab-cdef-0123-456789abcdef";

    @ParameterizedTest
    @ValueSource(strings = {GUID, "01234567-89AB-CDEF-0123-456789ABCDEF", " " + GUID + "\n"})
    void isKeptInLowerCaseAndWithoutBlanks(String text) {
        assertThat(Guid.parse(text)).contains(GUID);
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
                        .isEqualTo(text.strip().matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
            }
        }
    }
}
