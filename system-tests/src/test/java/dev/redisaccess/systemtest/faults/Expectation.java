package dev.redisaccess.systemtest.faults;

import dev.redisaccess.operator.api.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a user sees while a fault lasts. */
sealed interface Expectation {

    /** Ready is not True, and the reason is one of these. */
    record Shows(Set<Reason> reasons) implements Expectation {
        @Override
        public String toString() {
            Set<String> texts = new TreeSet<>();
            reasons.forEach(reason -> texts.add(reason.text()));
            return String.join(" or ", texts);
        }
    }

    /** Nothing has to heal first: the step comes to its end while the fault lasts. */
    record Passes() implements Expectation {
        @Override
        public String toString() {
            return "passes";
        }
    }

    /**
     * Nothing can be reported: what reports is broken.
     *
     * @param lasts how long it is left so
     */
    record Hidden(Duration lasts) implements Expectation {
        @Override
        public String toString() {
            return "hidden";
        }
    }

    /**
     * The binding stays Ready all the time.
     *
     * @param ofDatabase what the registration reports meanwhile
     */
    record StaysReady(Optional<Reason> ofDatabase) implements Expectation {
        @Override
        public String toString() {
            return "stays Ready";
        }
    }
}
