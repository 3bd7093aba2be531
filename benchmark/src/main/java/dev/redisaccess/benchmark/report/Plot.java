package dev.redisaccess.benchmark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A line in a frame with two axes, as self-contained SVG. */
final class Plot {

    private static final int WIDTH = 460;
    private static final int HEIGHT = 200;
    private static final int LEFT = 56;
    private static final int BOTTOM = 34;
    private static final int TOP = 26;
    private static final int RIGHT = 12;
    private static final int TICKS = 4;

    private Plot() {}

    /** A quantity over time, from zero. */
    static String of(Series series) {
        String unit = series.unit().isEmpty() ? "" : ", " + series.unit();
        return draw(series.name() + unit, "seconds", series.seconds(), series.values());
    }

    /** The cumulative distribution of the values: steep is good. */
    static String of(Distribution distribution) {
        List<Double> shares = new ArrayList<>();
        int last = Math.max(1, distribution.quantiles().size() - 1);
        for (int i = 0; i < distribution.quantiles().size(); i++) {
            shares.add(100.0 * i / last);
        }
        return draw(
                distribution.name() + ", % of " + distribution.count(),
                distribution.unit(),
                distribution.quantiles(),
                shares);
    }

    private static String draw(String title, String below, List<Double> xs, List<Double> ys) {
        double right = most(xs);
        double top = most(ys);
        StringBuilder svg = new StringBuilder();
        svg.append(text(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
                WIDTH, HEIGHT, HtmlReport.escape(title)));
        svg.append(text("<text class=\"title\" x=\"%d\" y=\"15\">%s</text>", LEFT, HtmlReport.escape(title)));
        for (int i = 0; i <= TICKS; i++) {
            double share = (double) i / TICKS;
            svg.append(text(
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                    LEFT, WIDTH - RIGHT, y(share), y(share)));
            svg.append(text(
                    "<text class=\"tick\" text-anchor=\"end\" x=\"%d\" y=\"%.1f\">%s</text>",
                    LEFT - 6, y(share) + 4, Table.number(top * share)));
            svg.append(text(
                    "<text class=\"tick\" text-anchor=\"middle\" x=\"%.1f\" y=\"%d\">%s</text>",
                    x(share), HEIGHT - BOTTOM + 15, Table.number(right * share)));
        }
        svg.append(text(
                "<text class=\"tick\" text-anchor=\"middle\" x=\"%.1f\" y=\"%d\">%s</text>",
                x(0.5), HEIGHT - 5, HtmlReport.escape(below)));
        svg.append("<polyline class=\"line\" points=\"");
        for (int i = 0; i < xs.size(); i++) {
            svg.append(text("%.1f,%.1f ", x(xs.get(i) / right), y(ys.get(i) / top)));
        }
        return svg.append("\"/></svg>\n").toString();
    }

    private static double most(List<Double> values) {
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        return most <= 0 ? 1 : most;
    }

    private static double x(double share) {
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double share) {
        return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
