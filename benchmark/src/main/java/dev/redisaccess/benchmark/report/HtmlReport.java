package dev.redisaccess.benchmark.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** All results in one self-contained page, without external scripts, style sheets or images. */
public final class HtmlReport {

    private static final String HEAD = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Redis Access Operator: benchmark</title>
            <style>
            body { font: 15px/1.45 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #1d2733; }
            h2 { margin-top: 2.5rem; border-bottom: 1px solid #cfd8e3; }
            table { border-collapse: collapse; } td, th { padding: .15rem .8rem .15rem 0; text-align: left; }
            td.number { text-align: right; font-variant-numeric: tabular-nums; }
            .exceeded { color: #b3261e; font-weight: 600; } .met { color: #1b7a3d; } .muted { color: #5b6b7c; }
            .plots { display: flex; flex-wrap: wrap; gap: 1rem; margin-top: 1rem; } svg { width: 30rem; max-width: 100%; }
            .grid { stroke: #e3e9f0; } .line { fill: none; stroke: #2563c4; stroke-width: 1.6; }
            .title { font-size: 13px; font-weight: 600; } .tick { font-size: 11px; fill: #5b6b7c; }
            </style></head><body>
            <h1>Redis Access Operator: benchmark</h1>
            """;

    private HtmlReport() {}

    /** Writes {@code report.html} into the directory. */
    public static Path write(List<Result> results, Path directory) {
        try {
            Files.createDirectories(directory);
            return Files.writeString(directory.resolve("report.html"), of(results));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String of(List<Result> results) {
        StringBuilder page = new StringBuilder(HEAD);
        results.forEach(result -> section(page, result));
        return page.append("</body></html>\n").toString();
    }

    private static void section(StringBuilder page, Result result) {
        page.append("<h2>").append(escape(result.scenario())).append("</h2>\n<p>");
        page.append(escape(result.question())).append("</p>\n<p class=\"muted\">");
        page.append(escape(result.began() + ", " + result.machine().describe()));
        result.conditions().forEach((name, value) -> page.append(escape("; " + name + ": " + value)));
        page.append("</p>\n<table><tr><th>measure</th><th>value</th><th></th><th>budget</th></tr>\n");
        for (Measure measure : result.measures()) {
            page.append("<tr><td>").append(escape(measure.name())).append("</td><td class=\"number\">");
            page.append(Table.number(measure.value())).append("</td><td>").append(escape(measure.unit()));
            page.append("</td>").append(budget(measure)).append("</tr>\n");
        }
        page.append("</table>\n<div class=\"plots\">\n");
        result.distributions().forEach(each -> page.append(Plot.of(each)));
        result.series().forEach(each -> page.append(Plot.of(each)));
        page.append("</div>\n");
    }

    private static String budget(Measure measure) {
        boolean exceeded = measure.exceeds(List.of(Budget.Kind.values()));
        return measure.budgets().stream()
                .map(budget -> "<td class=\"" + (exceeded ? "exceeded" : "met") + "\">≤ " + Table.number(budget.most())
                        + (exceeded ? " exceeded" : "") + "</td>")
                .findFirst()
                .orElse("<td></td>");
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
