package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {

    @ParameterizedTest
    @ValueSource(strings = {"+@all ~*", "~* +@all", " +@all   ~* ", "+@all ~* &*"})
    void fullAccessIsEveryCommandOnEveryKeyInAnyOrder(String rule) {
        assertThat(Access.of("default", Optional.of(rule))).isEqualTo(Access.full());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+@all",
                "~*",
                "+@read ~*",
                "+@all ~cache:*",
                "+@all ~* -flushall",
                "+@ALL ~*",
                "+@all ~* ~*x"
            })
    void anythingElseIsRestricted(String rule) {
        assertThat(Access.of("default", Optional.of(rule)).usable()).isFalse();
        assertThat(Access.of("", Optional.of(rule)).isFull()).isFalse();
    }

    /** The GA API hides a rule that was set with a preview version. */
    @Test
    void whatIsNotShownIsUnknownAndNotFull() {
        Access hidden = Access.of("default", Optional.empty());
        assertThat(hidden).isEqualTo(Access.unknown());
        assertThat(hidden.isFull()).isFalse();
        assertThat(hidden.usable()).isTrue();
    }

    @Test
    void anotherPolicyIsRestrictedWhateverItsRule() {
        assertThat(Access.of("readers", Optional.of("+@all ~*"))).isEqualTo(Access.restricted("access policy readers"));
        assertThat(Access.of("Default", Optional.of("+@all ~*"))).isEqualTo(Access.full());
    }
}
