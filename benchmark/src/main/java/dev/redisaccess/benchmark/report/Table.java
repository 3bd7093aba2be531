package dev.redisaccess.benchmark.report;

import java.util.List;
import java.util.Locale;

/** A result as text. */
public final class Table {

    private Table() {}

    /** @param judged the kinds of budget to compare with */
    public static String of(Result result, List<Budget.Kind> judged) {
        StringBuilder text = new StringBuilder();
        text.append('\n')
                .append(result.scenario())
                .append(": ")
                .append(result.question())
                .append('\n');
        result.conditions().forEach((name, value) -> text.append(line("  %-44s %s", name, value)));
        text.append('\n');
        for (Measure measure : result.measures()) {
            text.append(line(
                    "  %-44s %14s  %s",
                    measure.name(), number(measure.value()) + " " + measure.unit(), verdict(measure, judged)));
        }
        return text.toString();
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values).stripTrailing() + "\n";
    }

    private static String verdict(Measure measure, List<Budget.Kind> judged) {
        return measure.budgets().stream()
                .map(budget -> "budget " + number(budget.most())
                        + (measure.exceeds(judged)
                                ? "  EXCEEDED"
                                : measure.value() > budget.most() ? "  exceeded, not judged" : "  met"))
                .findFirst()
                .orElse("");
    }

    /** With significant digits only. */
    public static String number(double value) {
        if (value == Math.rint(value) || Math.abs(value) >= 1000) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.1f" : "%.2f", value);
    }
}
