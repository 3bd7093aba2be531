package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.AllowedNamespaces;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NamespaceAdmissionTest {

    private static final Map<String, String> LABELS = Map.of("team", "orders", "tier", "gold");

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void admitsOnlyNamedOrSelectedNamespaces(String what, AllowedNamespaces allowed, boolean admitted) {
        assertThat(NamespaceAdmission.admits(allowed, "shop", Optional.of(LABELS)))
                .isEqualTo(admitted);
    }

    /** An exclusion would hold for labels that are only not known. */
    @Test
    void withoutKnownLabelsAdmitsByNameOnly() {
        assertThat(NamespaceAdmission.admits(
                        selected(expression("tier", "NotIn", "restricted")), "shop", Optional.empty()))
                .isFalse();
        assertThat(NamespaceAdmission.admits(selected(new LabelSelector()), "shop", Optional.empty()))
                .as("needs no label")
                .isTrue();
        assertThat(NamespaceAdmission.admits(new AllowedNamespaces(List.of("shop"), null), "shop", Optional.empty()))
                .isTrue();
    }

    static Stream<Arguments> admitsOnlyNamedOrSelectedNamespaces() {
        return Stream.of(
                Arguments.of("nothing said", null, false),
                Arguments.of("empty", new AllowedNamespaces(null, null), false),
                Arguments.of("empty names", new AllowedNamespaces(List.of(), null), false),
                Arguments.of("named", new AllowedNamespaces(List.of("other", "shop"), null), true),
                Arguments.of("another is named", new AllowedNamespaces(List.of("other"), null), false),
                Arguments.of("empty selector", selected(new LabelSelector()), true),
                Arguments.of("label matches", selected(labels("team", "orders")), true),
                Arguments.of("label differs", selected(labels("team", "billing")), false),
                Arguments.of("label is missing", selected(labels("zone", "a")), false),
                Arguments.of("In", selected(expression("team", "In", "orders", "x")), true),
                Arguments.of("In, another value", selected(expression("team", "In", "x")), false),
                Arguments.of("In, missing", selected(expression("zone", "In", "x")), false),
                Arguments.of("NotIn", selected(expression("team", "NotIn", "orders")), false),
                Arguments.of("NotIn, missing", selected(expression("zone", "NotIn", "x")), true),
                Arguments.of("Exists", selected(expression("tier", "Exists")), true),
                Arguments.of("Exists, missing", selected(expression("zone", "Exists")), false),
                Arguments.of("DoesNotExist", selected(expression("zone", "DoesNotExist")), true),
                Arguments.of("DoesNotExist, there", selected(expression("tier", "DoesNotExist")), false),
                Arguments.of("an unknown operator", selected(expression("tier", "Like", "g*")), false));
    }

    private static AllowedNamespaces selected(LabelSelector selector) {
        return new AllowedNamespaces(null, selector);
    }

    private static LabelSelector labels(String key, String value) {
        return new LabelSelectorBuilder().addToMatchLabels(key, value).build();
    }

    private static LabelSelector expression(String key, String operator, String... values) {
        return new LabelSelectorBuilder()
                .addNewMatchExpression()
                .withKey(key)
                .withOperator(operator)
                .withValues(values)
                .endMatchExpression()
                .build();
    }
}
