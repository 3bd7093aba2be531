package dev.redisaccess.emulator.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.arm.Filter.Clause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {

    @Test
    void readsClausesAndFunctions() {
        assertThat(Filter.parse("atScope() and assignedTo('x') and principalId eq 1-2")
                        .orElseThrow()
                        .clauses())
                .containsExactly(
                        new Clause("atScope", true, ""),
                        new Clause("assignedTo", true, "x"),
                        new Clause("principalId", false, "1-2"));
        assertThat(Filter.parse("roleName eq 'O''Hara and sons'").orElseThrow().clauses())
                .containsExactly(new Clause("roleName", false, "O'Hara and sons"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "roleName", "a eq 'b' or c eq 'd'", "a ne 'b'", "a eq 'b' and", "a eq 'b", "(a eq 'b')"})
    void refusesEveryOtherForm(String text) {
        assertThat(Filter.parse(text)).isEmpty();
    }
}
