package dev.redisaccess.kubectl;

import dev.redisaccess.operator.api.AccessEntry;
import dev.redisaccess.operator.api.AccessRevocation;
import dev.redisaccess.operator.api.AssignmentKind;
import dev.redisaccess.operator.api.DatabaseAccessStatus;
import dev.redisaccess.operator.api.RedisDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The report as one HTML file for a reader who has never seen Kubernetes: no script, no font and no image from elsewhere, so that
 * it can be archived; and it prints. All text from the cluster is escaped.
 */
final class HtmlReport {

    /** What each kind means for an auditor, without Kubernetes' words. */
    private static final Map<AssignmentKind, String> MEANINGS = new EnumMap<>(Map.of(
            AssignmentKind.UNMANAGED,
                    "Access that was granted outside of the controlled process, and that nobody has approved here. Ask who"
                            + " granted it.",
            AssignmentKind.LEFTOVER,
                    "Access that the controlled process granted, and that no application requests any more. It should be"
                            + " revoked.",
            AssignmentKind.ACKNOWLEDGED,
                    "Access outside of the controlled process that was approved, by a named owner, for a reason, until a day.",
            AssignmentKind.ADOPTED,
                    "An application requests this access, and another tool granted it. The tool revokes it.",
            AssignmentKind.BOUND,
                    "An application requests this access in its reviewed configuration. The operator granted it, verifies it and"
                            + " revokes it with the request."));

    private HtmlReport() {}

    static String of(RedisDatabase database, AccessList list, Instant at, String version) {
        String name = database.getMetadata().getName();
        StringBuilder html = new StringBuilder();
        html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .append("<title>Access to ")
                .append(escape(name))
                .append("</title><style>")
                .append(style())
                .append("</style></head><body><main>\n");
        heading(database, list, at, html);
        list.warnings().forEach(warning -> html.append("<p class=\"warning\">")
                .append(escape(warning))
                .append("</p>\n"));
        summary(list, html);
        html.append("<h2>Everyone who has access</h2>\n")
                .append("<table class=\"entries\"><thead><tr><th>Kind</th><th>Identity and access</th>")
                .append("<th>Through what, and why</th><th>Since (UTC)</th><th>Evidence</th></tr></thead><tbody>\n");
        if (list.rows().isEmpty()) {
            html.append("<tr><td colspan=\"5\">Nobody has access.</td></tr>\n");
        }
        list.rows().forEach(row -> row(row, html));
        html.append("</tbody></table>\n");
        revocations(list, html);
        reading(html);
        html.append("<footer>Made by kubectl redisaccess ")
                .append(escape(version))
                .append(" from objects of the kind RedisAccessReport, which only the operator can write. ")
                .append("Database ")
                .append(escape(name))
                .append(", ")
                .append(escape(at.toString()))
                .append(".</footer>\n</main></body></html>\n");
        return html.toString();
    }

    private static void heading(RedisDatabase database, AccessList list, Instant at, StringBuilder html) {
        var status = Optional.ofNullable(database.getStatus());
        html.append("<header><h1>Who has access to the database <em>")
                .append(escape(database.getMetadata().getName()))
                .append("</em></h1>\n<dl>");
        term("Azure resource", database.getSpec().resourceId(), html);
        status.map(found -> found.endpoint())
                .ifPresent(endpoint -> term("Address", endpoint.host() + ":" + endpoint.port(), html));
        status.map(found -> found.accessKeysAuthentication())
                .ifPresent(keys -> term(
                        "Access keys",
                        "Disabled".equals(keys)
                                ? "Disabled: every login requires an identity of this list."
                                : keys + ": a holder of a key has access and is not in this list.",
                        html));
        term("Read from the cluster", at.toString(), html);
        term("Entries", list.rows().size() + counted(list, status.map(found -> found.access())), html);
        html.append("</dl></header>\n");
    }

    /** The operator's own count, which an auditor compares with the number of rows. */
    private static String counted(AccessList list, Optional<DatabaseAccessStatus> counts) {
        return counts.map(DatabaseAccessStatus::total)
                .map(total -> total == list.rows().size()
                        ? ", as many as the operator counted in Azure"
                        : "; the operator counted " + total + " in Azure, so a change is being recorded")
                .orElse("");
    }

    private static void term(String name, String value, StringBuilder html) {
        html.append("<dt>")
                .append(name)
                .append("</dt><dd>")
                .append(escape(value))
                .append("</dd>");
    }

    /** Bars as an SVG: they print. The numbers are in the table next to them. */
    private static void summary(AccessList list, StringBuilder html) {
        Map<AssignmentKind, Long> counts = list.counts();
        long most = Math.max(
                1, counts.values().stream().mapToLong(Long::longValue).max().orElse(1));
        html.append("<h2>Totals</h2>\n<table class=\"totals\"><tbody>\n");
        for (AssignmentKind kind :
                MEANINGS.keySet().stream().sorted((a, b) -> b.compareTo(a)).toList()) {
            long count = counts.get(kind);
            long width = count == 0 ? 0 : Math.max(2, Math.round(220.0 * count / most));
            html.append("<tr><th scope=\"row\"><span class=\"kind ")
                    .append(css(kind))
                    .append("\">")
                    .append(kind.text())
                    .append("</span></th><td class=\"number\">")
                    .append(count)
                    .append("</td><td class=\"bar\"><svg width=\"220\" height=\"14\" role=\"img\" aria-label=\"")
                    .append(kind.text())
                    .append(": ")
                    .append(count)
                    .append("\"><rect class=\"")
                    .append(css(kind))
                    .append("\" width=\"")
                    .append(width)
                    .append("\" height=\"14\" rx=\"2\"/></svg></td><td>")
                    .append(escape(MEANINGS.get(kind)))
                    .append("</td></tr>\n");
        }
        html.append("<tr class=\"sum\"><th scope=\"row\">Total</th><td class=\"number\">")
                .append(list.rows().size())
                .append("</td><td></td><td></td></tr></tbody></table>\n");
    }

    private static void row(AccessList.Row row, StringBuilder html) {
        AccessEntry entry = row.entry();
        html.append("<tr><td><span class=\"kind ")
                .append(css(entry.kind()))
                .append("\">")
                .append(entry.kind().text())
                .append("</span></td><td><code>")
                .append(escape(Objects.requireNonNullElse(entry.objectId(), "no object ID")))
                .append("</code><br>")
                .append(access(entry.access()))
                .append("</td><td>")
                .append(through(entry))
                .append("</td><td>")
                .append(escape(day(entry.firstSeen())));
        if (!Objects.equals(entry.firstSeen(), entry.since())) {
            html.append("<br><small>")
                    .append(entry.kind().text().toLowerCase(Locale.ROOT))
                    .append(" since ")
                    .append(escape(day(entry.since()).split(" ")[0]))
                    .append("</small>");
        }
        html.append("</td><td><small>assignment <code>")
                .append(escape(entry.assignment()))
                .append("</code><br>report <code>")
                .append(escape(row.page()))
                .append("</code></small></td></tr>\n");
    }

    private static String access(String access) {
        return switch (Objects.requireNonNullElse(access, "unknown")) {
            case "full" -> "full access";
            case "unknown" -> "access that Azure does not show";
            default -> "restricted: <code>" + escape(access) + "</code>";
        };
    }

    private static String through(AccessEntry entry) {
        StringBuilder text = new StringBuilder();
        if (entry.bindings() != null) {
            text.append("requested by ");
            for (int i = 0; i < entry.bindings().size(); i++) {
                text.append(i == 0 ? "" : ", ")
                        .append("<code>")
                        .append(escape(entry.bindings().get(i)))
                        .append("</code>");
            }
            int more = entry.countOfBindings() - entry.bindings().size();
            text.append(more > 0 ? " and " + more + " more" : "");
            if (entry.serviceAccounts() != null) {
                text.append("<br><small>used by the programs that run as ")
                        .append(escape(String.join(", ", entry.serviceAccounts())))
                        .append("</small>");
            }
        }
        if (entry.reason() != null) {
            text.append(escape(entry.reason()));
        }
        if (entry.owner() != null) {
            text.append("<br><small>owner ")
                    .append(escape(entry.owner()))
                    .append(", until ")
                    .append(escape(entry.until()))
                    .append(
                            entry.expiry() == null
                                    ? ""
                                    : switch (entry.expiry()) {
                                        case SOON -> " <strong>(ends within a week)</strong>";
                                        case EXPIRED -> " <strong>(has ended)</strong>";
                                    })
                    .append("</small>");
        }
        return text.length() == 0 ? "not explained" : text.toString();
    }

    private static void revocations(AccessList list, StringBuilder html) {
        if (list.revocations().isEmpty()) {
            return;
        }
        html.append(
                        "<h2>Latest revocations of access that nothing explained</h2>\n<table class=\"entries revoked\"><thead><tr>")
                .append(
                        "<th>When (UTC)</th><th>Identity</th><th>Kind</th><th>Reported since (UTC)</th><th>Assignment</th></tr></thead><tbody>\n");
        for (AccessRevocation revocation : list.revocations()) {
            html.append("<tr><td>")
                    .append(escape(day(revocation.at())))
                    .append("</td><td><code>")
                    .append(escape(revocation.objectId()))
                    .append("</code></td><td>")
                    .append(revocation.kind() == null ? "" : revocation.kind().text())
                    .append("</td><td>")
                    .append(escape(day(revocation.since())))
                    .append("</td><td><code>")
                    .append(escape(revocation.assignment()))
                    .append("</code></td></tr>\n");
        }
        html.append("</tbody></table>\n");
    }

    private static void reading(StringBuilder html) {
        html.append("<h2>How to read this</h2>\n<ul>")
                .append(
                        "<li>An <em>identity</em> is a program or a person in Microsoft Entra ID. Its object ID is in Entra's audit"
                                + " log and in Redis as the name of the user.</li>")
                .append(
                        "<li>An <em>assignment</em> is the record in Azure that gives an identity access to the database. Azure's"
                                + " activity log says who created it.</li>")
                .append(
                        "<li>A <em>request</em> (RedisAccessBinding) is a file that the application's team has reviewed and"
                                + " applied, named as <code>team's namespace/name</code>.</li>")
                .append(
                        "<li><em>Since</em> is when a review first found the access. What is older than the first review has the"
                                + " time of that review.</li>")
                .append(
                        "<li>While the operator runs, it compares every row with Azure every few minutes, and writes only what has"
                                + " changed. So this page does not show whether the operator has run until now: the platform team's"
                                + " alert RedisAccessOperatorDown does.</li></ul>\n");
    }

    private static String day(String time) {
        // Minutes are enough for a reader; CSV and JSON have the seconds.
        return time == null || time.length() < 16 ? "" : time.substring(0, 16).replace('T', ' ');
    }

    private static String css(AssignmentKind kind) {
        return kind.text().toLowerCase(Locale.ROOT);
    }

    static String escape(String text) {
        return Texts.safe(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String style() {
        try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(Objects.requireNonNull(css).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
