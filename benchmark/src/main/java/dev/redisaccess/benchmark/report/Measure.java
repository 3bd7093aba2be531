package dev.redisaccess.benchmark.report;

import java.util.List;

/**
 * One number that a scenario found.
 *
 * @param name for a person
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

    /** The same, with the most that it may be. */
    public Measure within(Budget budget) {
        return new Measure(name, value, unit, List.of(budget));
    }

    /** Whether it is more than it may be, judged by these kinds of budget only. */
    public boolean exceeds(List<Budget.Kind> judged) {
        return budgets.stream().anyMatch(budget -> judged.contains(budget.kind()) && value > budget.most());
    }
}
