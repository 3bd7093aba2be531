package dev.redisaccess.operator.binding.acl;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTemplateTest {

    @Test
    void replacesItsVariables() {
        assertThat(AccessTemplate.render("+@read ~{namespace}:{serviceAccount}:* &{namespace}", "shop", "orders.v2"))
                .isEqualTo("+@read ~shop:orders.v2:* &shop");
    }

    @Test
    void leavesTheBracesOfAKey() {
        String template = "+@read ~\\{{namespace}\\}:* ~\\{x\\}";
        assertThat(AccessTemplate.flaw(template)).isEmpty();
        String text = AccessTemplate.render(template, "shop", "orders");
        assertThat(text).isEqualTo("+@read ~\\{shop\\}:* ~\\{x\\}");
        assertThat(AccessString.of(text).orElseThrow().allows(ProbeCommand.EXISTS, "{shop}:1"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "+@read ~{name}:* | brace",
                "+@read ~{namespace:* | brace",
                "+@read ~{Namespace}:* | brace",
                "+@read ~{user1}:* | brace",
                "+@read ~{}:* | brace",
                "+{namespace} ~a | patterns of keys and channels only",
                "+@{namespace} ~a | patterns of keys and channels only",
                "+@read ~[{namespace}]* | in brackets",
                "+@read ~{namespace}* | names that begin or end alike",
                "+@read ~{namespace}-cache* | names that begin or end alike",
                "+@read ~{namespace}-{serviceAccount}:* | names that begin or end alike",
                "+@read ~{namespace}{serviceAccount} | names that begin or end alike",
                "+@read ~*{namespace}:* | names that begin or end alike",
                "+@read ~*-{serviceAccount} | names that begin or end alike",
                "+@read ~{namespace}[0-9]:* | names that begin or end alike",
                "+@read ~{namespace}\\-* | names that begin or end alike",
                "+@read &{namespace}? | names that begin or end alike",
                "+@read ~{namespace}:* ~* ~a | must not follow",
                "~{namespace}:* | allows no command"
            })
    void refusesWhatCanNotBe(String template, String why) {
        assertThat(AccessTemplate.flaw(template))
                .hasValueSatisfying(flaw -> assertThat(flaw).contains(why));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+@read ~{namespace}",
                "+@read ~cache-{namespace}",
                "+@read ~{namespace}:{serviceAccount}",
                "+@read ~*:{namespace}:*",
                "+@read ~{namespace}-cache:*",
                "+@read ~\\{{namespace}\\}*",
                "+@read %R~{namespace}_* &{serviceAccount}/?"
            })
    void admitsVariablesWhoseEndsAreCertain(String template) {
        assertThat(AccessTemplate.flaw(template)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   "})
    void refusesAnEmptyRule(String template) {
        assertThat(AccessTemplate.flaw(template)).contains("must not be empty");
    }

    @Test
    void refusesMoreThanAThousandCharacters() {
        assertThat(AccessTemplate.flaw("+get ~" + "a".repeat(1018))).isEmpty();
        assertThat(AccessTemplate.flaw("+get ~" + "a".repeat(1019))).isPresent();
    }

    /**
     * Names of Kubernetes have no character of the grammar ({@code *}, {@code ~}, a blank), so that no name adds a rule or widens a
     * pattern: whatever the name, the key of another name is outside.
     */
    @Property
    void noNameWidensAPattern(
            @ForAll @StringLength(min = 1, max = 63) @CharRange(from = 'a', to = 'z') @CharRange(from = '-', to = '-')
                    String namespace,
            @ForAll @StringLength(min = 1, max = 63) @CharRange(from = 'a', to = 'z') @CharRange(from = '.', to = '.')
                    String account) {
        String template = "+@read ~{namespace}:{serviceAccount}:* (+@write ~w:{namespace}:*)";
        AccessString rule = AccessString.of(AccessTemplate.render(template, namespace, account))
                .orElseThrow();
        assertThat(rule.allows(ProbeCommand.EXISTS, namespace + ":" + account + ":1"))
                .isTrue();
        assertThat(rule.allows(ProbeCommand.EXISTS, namespace + "x:" + account + ":1"))
                .isFalse();
        assertThat(rule.allows(ProbeCommand.SETRANGE, "w:" + namespace + ":1")).isTrue();
        assertThat(rule.allows(ProbeCommand.SETRANGE, "w:" + namespace + "1:1")).isFalse();
        assertThat(rule.text().split(" ")).hasSize(4);
    }
}
