package dev.redisaccess.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.RequestReference;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConditionsTest {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00.500Z");
    private static final Instant T1 = Instant.parse("2026-01-01T00:01:00Z");
    private static final Finding NOT_FOUND = Finding.of(Reason.DATABASE_NOT_FOUND, "none");
    private static final Finding RUNNING = Finding.of(Reason.DATABASE_RUNNING, "runs");

    @Test
    void keepsTransitionTimeWhenOnlyReasonAndMessageChange() {
        List<Condition> before = of(NOT_FOUND, 1, null, T0);
        List<Condition> after = of(Finding.of(Reason.NAMESPACE_NOT_ALLOWED, "not you"), 2, before, T1);
        assertThat(after.get(0).getLastTransitionTime()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(after.get(0).getReason()).isEqualTo("NamespaceNotAllowed");
        assertThat(after.get(0).getObservedGeneration()).isEqualTo(2);
    }

    /** Then it is not claimed of a generation that was not checked. */
    @Test
    void keepsAConditionWithItsGeneration() {
        List<Condition> before = of(RUNNING, 1, null, T0);
        List<Condition> after = of(NOT_FOUND, 2, before, T1);
        ConditionType type = RUNNING.reason().condition();

        assertThat(Conditions.keep(after, type, before)).isEqualTo(before);
        assertThat(Conditions.keep(after, type, null)).isEqualTo(after);
        before.get(0).setReason("OfAnotherVersion");
        assertThat(Conditions.keep(after, type, before)).isEqualTo(after);
    }

    @Test
    void movesTransitionTimeWhenTheStatusChanges() {
        List<Condition> before = of(NOT_FOUND, 1, null, T0);
        List<Condition> after = of(RUNNING, 1, before, T1);
        assertThat(after.get(0).getLastTransitionTime()).isEqualTo("2026-01-01T00:01:00Z");
    }

    @Test
    void isEqualWhenNothingChanges() {
        List<Condition> before = of(RUNNING, 1, null, T0);
        assertThat(of(RUNNING, 1, before, T1)).isEqualTo(before);
    }

    /** Each attempt has another reference: that is no change, and no write. */
    @Test
    void keepsTheReferenceOfTheFirstAttempt() {
        List<Condition> before = of(forbidden("11111111-aaaa", "no role"), 1, null, T0);
        assertThat(before.get(0).getMessage())
                .isEqualTo("no role [correlation id 11111111-aaaa, request id 11111111-aaaa]");
        assertThat(of(forbidden("22222222-bbbb", "no role"), 1, before, T1)).isEqualTo(before);
        assertThat(of(forbidden("22222222-bbbb", "no such role"), 1, before, T1)
                        .get(0)
                        .getMessage())
                .contains("no such role", "22222222-bbbb");
    }

    private static Finding forbidden(String id, String message) {
        return Finding.of(Problem.of(Reason.AZURE_FORBIDDEN, message)
                .reference(
                        RequestReference.of(Optional.of(id), Optional.empty()).orElseThrow()));
    }

    @Test
    void reportsNothingButIdsAsIds() {
        assertThat(RequestReference.of(Optional.of("Bearer abc def"), Optional.of("x".repeat(200))))
                .isEmpty();
    }

    @Test
    void holdsOnlyAtTheGenerationThatWasObserved() {
        List<Condition> conditions = of(RUNNING, 3, null, T0);
        assertThat(Conditions.heldAt(conditions, ConditionType.DATABASE_RESOLVED, 3))
                .isTrue();
        assertThat(Conditions.heldAt(conditions, ConditionType.DATABASE_RESOLVED, 4))
                .isFalse();
        assertThat(Conditions.heldAt(null, ConditionType.DATABASE_RESOLVED, 3)).isFalse();
    }

    private static List<Condition> of(Finding finding, long generation, List<Condition> before, Instant now) {
        return Conditions.of(Map.of(ConditionType.DATABASE_RESOLVED, finding), generation, before, now);
    }
}
