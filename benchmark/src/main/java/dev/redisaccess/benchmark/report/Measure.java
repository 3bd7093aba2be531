package dev.redisaccess.benchmark.report;

import java.util.List;

/**
 * One number of a result.
 *
 * @param name the label
 * @param unit such as {@code ms}; empty for a count
 * @param budgets none or one
 */
public record Measure(String name, double value, String unit, List<Budget> budgets) {

    public Measure {
        budgets = List.copyOf(budgets);
    }

    public static Measure of(String name, double value, String unit) {
        return new Measure(name, value, unit, List.of());
    }

    /** A copy with a budget. */
    public Measure within(Budget budget) {
        return new Measure(name, value, unit, List.of(budget));
    }

    /** Whether it exceeds a budget of these kinds. */
    public boolean exceeds(List<Budget.Kind> judged) {
        return budgets.stream().anyMatch(budget -> judged.contains(budget.kind()) && value > budget.most());
    }
}
