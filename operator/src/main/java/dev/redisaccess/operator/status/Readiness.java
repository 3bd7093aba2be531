package dev.redisaccess.operator.status;

import dev.redisaccess.operator.api.ConditionStatus;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Finding;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Derives Ready from the conditions of the steps, and the conditions of steps that a pass did not reach. */
public final class Readiness {

    /** The conditions of the steps, in their order. */
    public static final List<ConditionType> LINKS = List.of(
            ConditionType.DATABASE_RESOLVED,
            ConditionType.IDENTITY_RESOLVED,
            ConditionType.ACCESS_GRANTED,
            ConditionType.CONNECTION_VERIFIED,
            ConditionType.ENVIRONMENT_PUBLISHED);

    /** The same for a binding with an access profile. */
    public static final List<ConditionType> LINKS_WITH_PROFILE = List.of(
            ConditionType.DATABASE_RESOLVED,
            ConditionType.IDENTITY_RESOLVED,
            ConditionType.ACCESS_GRANTED,
            ConditionType.CONNECTION_VERIFIED,
            ConditionType.LEAST_PRIVILEGE_VERIFIED,
            ConditionType.ENVIRONMENT_PUBLISHED);

    private Readiness() {}

    /**
     * Completes the findings of a pass: all steps in their order, then Ready.
     *
     * @param reached the findings of the steps that the pass reached
     */
    public static Map<ConditionType, Finding> complete(Map<ConditionType, Finding> reached) {
        return complete(reached, LINKS);
    }

    /**
     * The same for a binding with other steps.
     *
     * @param steps {@link #LINKS} or {@link #LINKS_WITH_PROFILE}
     */
    public static Map<ConditionType, Finding> complete(Map<ConditionType, Finding> reached, List<ConditionType> steps) {
        Map<ConditionType, Finding> links = new EnumMap<>(ConditionType.class);
        Optional<ConditionType> blocker = Optional.empty();
        for (ConditionType link : steps) {
            Finding finding = reached.get(link);
            if (finding == null) {
                finding = Finding.of(
                        Reason.NOT_ATTEMPTED,
                        blocker.map(type -> "This condition waits for `" + type.text() + "`.")
                                .orElse("This condition was not evaluated."));
            }
            if (blocker.isEmpty() && !counts(finding)) {
                blocker = Optional.of(link);
            }
            links.put(link, finding);
        }
        Map<ConditionType, Finding> all = new LinkedHashMap<>(links);
        all.put(ConditionType.READY, ready(links));
        return all;
    }

    /** The first that is False decides; else the first that is Unknown; else Ready is True. */
    private static Finding ready(Map<ConditionType, Finding> links) {
        return first(links, finding -> finding.status() == ConditionStatus.FALSE)
                // In a deletion the steps before the revocation are not evaluated: it does not wait for them.
                .or(() -> first(links, finding -> finding.reason() != Reason.NOT_ATTEMPTED))
                .or(() -> first(links, finding -> true))
                .map(entry -> Finding.of(
                        entry.getValue().reason(),
                        entry.getKey().text() + ": " + entry.getValue().message()))
                .orElseGet(() -> Finding.of(Reason.READY, "Access is granted, and the environment is published."));
    }

    private static Optional<Map.Entry<ConditionType, Finding>> first(
            Map<ConditionType, Finding> links, Predicate<Finding> which) {
        return links.entrySet().stream()
                .filter(entry -> !counts(entry.getValue()) && which.test(entry.getValue()))
                .findFirst();
    }

    /** A disabled verification does not prevent Ready. */
    private static boolean counts(Finding finding) {
        return finding.holds() || finding.reason().kind() == Reason.Kind.SKIPPED;
    }
}
