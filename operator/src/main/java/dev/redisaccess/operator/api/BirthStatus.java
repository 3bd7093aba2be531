package dev.redisaccess.operator.api;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/**
 * The status that the CRDs give to an object that has none: {@code Ready} is Unknown. So kstatus, Flux and Argo CD report it
 * as in progress from the first moment, with the operator down as well; an object without conditions counts as healthy.
 */
public final class BirthStatus {

    /** A time at which no object was: a default can't hold the current one. */
    public static final String TIME = "1970-01-01T00:00:00Z";

    public static final String MESSAGE = "The operator has not processed this object yet.";

    private BirthStatus() {}

    /** Whether the conditions are those that the CRD gives: nothing was reported. */
    public static boolean is(List<Condition> conditions) {
        return conditions != null
                && conditions.size() == 1
                && ConditionType.READY.text().equals(conditions.get(0).getType())
                && TIME.equals(conditions.get(0).getLastTransitionTime());
    }
}
