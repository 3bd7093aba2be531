package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.AllowedNamespaces;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a RedisDatabase admits a namespace. By default it admits none. */
public final class NamespaceAdmission {

    private NamespaceAdmission() {}

    /**
     * @param allowed of the RedisDatabase; null admits none
     * @param namespace the binding's namespace
     * @param labels that namespace's labels; empty: not known, so that only the empty selector admits it. Otherwise one that
     *     excludes a label would admit a namespace whose labels are only too many to be kept.
     */
    public static boolean admits(AllowedNamespaces allowed, String namespace, Optional<Map<String, String>> labels) {
        if (allowed == null) {
            return false;
        }
        if (allowed.names() != null && allowed.names().contains(namespace)) {
            return true;
        }
        return allowed.selector() != null
                && (isEmpty(allowed.selector())
                        || labels.filter(known -> matches(allowed.selector(), known))
                                .isPresent());
    }

    /** It admits every namespace, whatever labels that has. */
    private static boolean isEmpty(LabelSelector selector) {
        return (selector.getMatchLabels() == null || selector.getMatchLabels().isEmpty())
                && (selector.getMatchExpressions() == null
                        || selector.getMatchExpressions().isEmpty());
    }

    private static boolean matches(LabelSelector selector, Map<String, String> labels) {
        Map<String, String> exact =
                Optional.ofNullable(selector.getMatchLabels()).orElse(Map.of());
        List<LabelSelectorRequirement> expressions =
                Optional.ofNullable(selector.getMatchExpressions()).orElse(List.of());
        return exact.entrySet().stream().allMatch(entry -> entry.getValue().equals(labels.get(entry.getKey())))
                && expressions.stream().allMatch(expression -> matches(expression, labels));
    }

    /** The four operators of a LabelSelector; one that is not known matches nothing. */
    private static boolean matches(LabelSelectorRequirement expression, Map<String, String> labels) {
        String value = labels.get(expression.getKey());
        List<String> values = Optional.ofNullable(expression.getValues()).orElse(List.of());
        return switch (String.valueOf(expression.getOperator())) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }
}
