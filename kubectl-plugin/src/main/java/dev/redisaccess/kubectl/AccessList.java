package dev.redisaccess.kubectl;

import dev.redisaccess.operator.api.AccessEntry;
import dev.redisaccess.operator.api.AccessReportPage;
import dev.redisaccess.operator.api.AccessRevocation;
import dev.redisaccess.operator.api.AssignmentKind;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.api.RedisAccessReport;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Everyone who has access to a database, from all pages of its report. Where several installations report on it, the best
 * explanation of an assignment counts: each sees the bindings of its own namespaces only.
 *
 * @param rows what is not explained first, then in the order of object IDs
 * @param missingPages how many pages are missing
 * @param incompleteSince since when Azure could not be read completely
 * @param installations the owner marks of those that wrote the pages
 * @param unlisted the bindings, as namespace and name, whose access is granted and that no entry shows
 */
record AccessList(
        List<Row> rows,
        List<AccessRevocation> revocations,
        int missingPages,
        Optional<String> incompleteSince,
        Set<String> installations,
        SortedSet<String> unlisted) {

    /** @param page the object that has the entry */
    record Row(AccessEntry entry, String page) {}

    private static final Comparator<Row> ORDER = Comparator.comparing(
                    (Row row) -> row.entry().kind(), Comparator.reverseOrder())
            .thenComparing(row -> Optional.ofNullable(row.entry().objectId()).orElse(""))
            .thenComparing(row -> row.entry().assignment());

    static AccessList of(Collection<RedisAccessReport> pages) {
        Map<String, Row> rows = new TreeMap<>();
        Map<String, Integer> expected = new LinkedHashMap<>();
        for (RedisAccessReport object : pages) {
            AccessReportPage page = object.getReport();
            expected.merge(
                    String.valueOf(page.installation()),
                    Optional.ofNullable(page.pages()).orElse(1),
                    Math::max);
            for (AccessEntry entry : Optional.ofNullable(page.entries()).orElse(List.of())) {
                rows.merge(
                        entry.assignment().toLowerCase(Locale.ROOT),
                        new Row(entry, object.getMetadata().getName()),
                        (one, other) ->
                                other.entry().kind().compareTo(one.entry().kind()) < 0 ? other : one);
            }
        }
        int all = expected.values().stream().mapToInt(Integer::intValue).sum();
        return new AccessList(
                rows.values().stream().sorted(ORDER).toList(),
                pages.stream()
                        .flatMap(page -> Optional.ofNullable(page.getReport().revocations()).orElse(List.of()).stream())
                        .sorted(Comparator.comparing(AccessRevocation::at).reversed())
                        .toList(),
                Math.max(0, all - pages.size()),
                pages.stream()
                        .map(page -> page.getReport().incompleteSince())
                        .filter(since -> since != null)
                        .min(Comparator.naturalOrder()),
                new TreeSet<>(expected.keySet()),
                new TreeSet<>());
    }

    /** The same list, compared with the bindings of the database whose access is granted: a review is later than a grant. */
    AccessList comparedWith(Collection<RedisAccessBinding> granted) {
        Set<String> listed =
                rows.stream().map(row -> String.valueOf(row.entry().objectId())).collect(Collectors.toSet());
        SortedSet<String> missing = granted.stream()
                .filter(binding -> !listed.contains(
                        RedisAccessBindingStatus.of(binding).identity().objectId()))
                .map(Moment::key)
                .collect(Collectors.toCollection(TreeSet::new));
        return new AccessList(rows, revocations, missingPages, incompleteSince, installations, missing);
    }

    /** Those of some kinds; empty: all. */
    AccessList only(Collection<AssignmentKind> kinds) {
        return kinds.isEmpty()
                ? this
                : new AccessList(
                        rows.stream()
                                .filter(row -> kinds.contains(row.entry().kind()))
                                .toList(),
                        revocations,
                        missingPages,
                        incompleteSince,
                        installations,
                        unlisted);
    }

    /** How many there are of each kind, in the order of kinds. */
    Map<AssignmentKind, Long> counts() {
        Map<AssignmentKind, Long> counts = new LinkedHashMap<>();
        Arrays.stream(AssignmentKind.values())
                .forEach(kind -> counts.put(
                        kind,
                        rows.stream().filter(row -> row.entry().kind() == kind).count()));
        return counts;
    }

    /** What a reader has to know before the rows; empty: nothing. */
    List<String> warnings() {
        List<String> warnings = new java.util.ArrayList<>();
        incompleteSince.ifPresent(since ->
                warnings.add("Azure could not be read completely since " + since + ". The list is as of that time."));
        if (missingPages > 0) {
            warnings.add(missingPages + " page(s) of the report are missing: the operator writes them again within"
                    + " minutes. Do not use this list as evidence.");
        }
        boolean current = missingPages == 0 && incompleteSince.isEmpty();
        if (!unlisted.isEmpty() && current) {
            warnings.add(unlisted.size() + " binding(s) have access that the report does not show yet, the first is "
                    + unlisted.first() + ". A review follows a change within about a minute: read it again then.");
        }
        if (installations.size() > 1) {
            warnings.add("The report has pages of " + installations.size() + " installations of the operator: "
                    + installations.stream().map(Texts::safe).collect(Collectors.joining(", "))
                    + ". If one of them does not exist any more, its pages show what it last saw: delete them.");
        }
        return warnings;
    }
}
