package dev.redisaccess.kubectl;

import dev.redisaccess.operator.api.AccessEntry;
import dev.redisaccess.operator.api.AssignmentKind;
import dev.redisaccess.operator.api.RedisDatabase;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The list of a database as a table, as CSV and as JSON. */
final class ReportTexts {

    private static final List<String> COLUMNS = List.of(
            "database",
            "kind",
            "objectId",
            "assignment",
            "access",
            "bindings",
            "bindingCount",
            "serviceAccounts",
            "reason",
            "owner",
            "until",
            "firstSeen",
            "since",
            "evidence");

    private ReportTexts() {}

    static String table(AccessList list, boolean wide) {
        List<String> heading = wide
                ? List.of("KIND", "OBJECT ID", "ACCESS", "THROUGH", "FIRST SEEN", "SINCE", "ASSIGNMENT")
                : List.of("KIND", "OBJECT ID", "ACCESS", "THROUGH", "SINCE");
        return Texts.table(
                heading,
                list.rows().stream()
                        .map(AccessList.Row::entry)
                        .map(entry -> wide
                                ? List.of(
                                        entry.kind().text(),
                                        text(entry.objectId()),
                                        text(entry.access()),
                                        through(entry),
                                        text(entry.firstSeen()),
                                        text(entry.since()),
                                        entry.assignment())
                                : List.of(
                                        entry.kind().text(),
                                        text(entry.objectId()),
                                        text(entry.access()),
                                        through(entry),
                                        text(entry.since())))
                        .toList());
    }

    /** The bindings, or the acknowledgement, or what is known. */
    static String through(AccessEntry entry) {
        if (entry.bindings() != null) {
            int more = entry.countOfBindings() - entry.bindings().size();
            return String.join(", ", entry.bindings()) + (more > 0 ? " and " + more + " more" : "");
        }
        if (entry.kind() == AssignmentKind.ACKNOWLEDGED) {
            return text(entry.owner()) + ": " + text(entry.reason()) + " (until " + text(entry.until()) + ")";
        }
        return text(entry.reason());
    }

    /** RFC 4180. A field that a spreadsheet would evaluate gets an apostrophe: Redis rules begin with a plus. */
    static String csv(String database, AccessList list) {
        StringBuilder csv = new StringBuilder(String.join(",", COLUMNS)).append("\r\n");
        for (AccessList.Row row : list.rows()) {
            csv.append(values(database, row).values().stream()
                            .map(value -> value instanceof List<?> texts
                                    ? texts.stream().map(String::valueOf).collect(Collectors.joining(" "))
                                    : Objects.toString(value, ""))
                            .map(ReportTexts::field)
                            .collect(Collectors.joining(",")))
                    .append("\r\n");
        }
        return csv.toString();
    }

    private static String field(String value) {
        String safe = Texts.safe(value);
        String text = !safe.isEmpty() && "=+-@".indexOf(safe.charAt(0)) >= 0 ? "'" + safe : safe;
        return text.matches("[^\",]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }

    /** For scripts: the counts, and an object for each assignment. */
    static Map<String, Object> document(RedisDatabase database, AccessList list, Instant at) {
        String name = database.getMetadata().getName();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("database", name);
        document.put("resourceId", database.getSpec().resourceId());
        document.put("readAt", at.toString());
        document.put("incompleteSince", list.incompleteSince().orElse(null));
        document.put("warnings", list.warnings());
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("total", list.rows().size());
        list.counts().forEach((kind, count) -> counts.put(kind.text().toLowerCase(java.util.Locale.ROOT), count));
        document.put("counts", counts);
        document.put(
                "entries", list.rows().stream().map(row -> values(name, row)).toList());
        document.put("revocations", list.revocations());
        return document;
    }

    static String json(Object document) {
        return Serialization.asJson(document) + "\n";
    }

    private static Map<String, Object> values(String database, AccessList.Row row) {
        AccessEntry entry = row.entry();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("database", database);
        values.put("kind", entry.kind().text());
        values.put("objectId", entry.objectId());
        values.put("assignment", entry.assignment());
        values.put("access", entry.access());
        values.put("bindings", Optional.ofNullable(entry.bindings()).orElse(List.of()));
        values.put("bindingCount", entry.countOfBindings());
        values.put(
                "serviceAccounts", Optional.ofNullable(entry.serviceAccounts()).orElse(List.of()));
        values.put("reason", entry.reason());
        values.put("owner", entry.owner());
        values.put("until", entry.until());
        values.put("firstSeen", entry.firstSeen());
        values.put("since", entry.since());
        values.put("evidence", "redisaccessreport/" + row.page());
        return values;
    }

    private static String text(String value) {
        return Optional.ofNullable(value).orElse("");
    }
}
