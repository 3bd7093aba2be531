package dev.redisaccess.operator.telemetry;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The metrics in PromQL. */
final class Queries {

    /** The operator's prefix, and those of the process and the Java runtime. */
    private static final Pattern METRIC = Pattern.compile("\\b(redisaccess|process|jvm)_\\w+");

    private static final Set<String> SERVED =
            ServedMetrics.families().stream().map(ServedMetrics.Family::name).collect(Collectors.toUnmodifiableSet());

    private Queries() {}

    /** Those of a query that the operator does not serve. */
    static List<String> unknownMetrics(String query) {
        return METRIC.matcher(query)
                .results()
                .map(MatchResult::group)
                .filter(name -> !SERVED.contains(name) && !SERVED.contains(name.replaceAll("_(bucket|sum|count)$", "")))
                .toList();
    }
}
