package dev.redisaccess.operator.status;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Outcome;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Derives Ready from the links of the chain, and says of the links that were not reached what they wait for. */
public final class Readiness {

    /** The links of a binding, in their order. */
    public static final List<ConditionType> LINKS = List.of(
            ConditionType.DATABASE_RESOLVED,
            ConditionType.IDENTITY_RESOLVED,
            ConditionType.ACCESS_GRANTED,
            ConditionType.CONNECTION_VERIFIED,
            ConditionType.ENVIRONMENT_PUBLISHED);

    private Readiness() {}

    /**
     * Completes the outcomes of a pass: the links in their order, then Ready, which sums them up.
     *
     * @param reached the outcomes of the links that the pass got to
     */
    public static Map<ConditionType, Outcome> complete(Map<ConditionType, Outcome> reached) {
        Map<ConditionType, Outcome> links = new EnumMap<>(ConditionType.class);
        Optional<ConditionType> blocker = Optional.empty();
        for (ConditionType link : LINKS) {
            Outcome outcome = reached.get(link);
            if (outcome == null) {
                outcome = Outcome.of(
                        Reason.NOT_ATTEMPTED,
                        blocker.map(type -> "Waits for " + type.text() + ".").orElse("Not looked at."));
            }
            if (blocker.isEmpty() && !counts(outcome)) {
                blocker = Optional.of(link);
            }
            links.put(link, outcome);
        }
        Map<ConditionType, Outcome> all = new LinkedHashMap<>(links);
        all.put(ConditionType.READY, ready(links));
        return all;
    }

    /** A link that does not hold decides; else one of which nothing is known; else all hold. */
    private static Outcome ready(Map<ConditionType, Outcome> links) {
        return first(links, outcome -> outcome.status() == Outcome.Status.FALSE)
                // In a deletion the links before the revocation are not looked at: they don't say what it waits for.
                .or(() -> first(links, outcome -> outcome.reason() != Reason.NOT_ATTEMPTED))
                .or(() -> first(links, outcome -> true))
                .map(entry -> new Outcome(
                        entry.getValue().status(),
                        entry.getValue().reason(),
                        entry.getKey().text() + ": " + entry.getValue().message()))
                .orElseGet(() -> Outcome.holds(Reason.READY, "Access is granted, and the environment is published."));
    }

    private static Optional<Map.Entry<ConditionType, Outcome>> first(
            Map<ConditionType, Outcome> links, Predicate<Outcome> which) {
        return links.entrySet().stream()
                .filter(entry -> !counts(entry.getValue()) && which.test(entry.getValue()))
                .findFirst();
    }

    /** A disabled verification does not count against readiness. */
    private static boolean counts(Outcome outcome) {
        return outcome.holds() || outcome.reason() == Reason.VERIFICATION_DISABLED;
    }
}
