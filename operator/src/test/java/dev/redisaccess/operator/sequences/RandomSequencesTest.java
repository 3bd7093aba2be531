package dev.redisaccess.operator.sequences;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.AccessEntry;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Any sequence of events and findings: the operator never deletes what is not its own, never overwrites what grants
 * something else, never claims access that does not exist; and when the faults stop, the state becomes that of the
 * bindings. A sequence is defined by its seed alone: {@code -Dsequence=SEED} runs that one.
 */
class RandomSequencesTest {

    private static final int SHORT = Integer.getInteger("sequences", 300);
    private static final int ALL = 20_000;

    @Test
    @Timeout(value = 90, unit = TimeUnit.MINUTES)
    void anySequenceRevokesNothingWronglyAndSettles() {
        Long single = Long.getLong("sequence");
        int count = "all".equals(System.getProperty("faults")) ? ALL : SHORT;
        long first = "all".equals(System.getProperty("faults")) ? System.nanoTime() : 1;
        LongStream seeds = single != null ? LongStream.of(single) : LongStream.range(first, first + count);
        excessRevoked = 0;
        int kills = seeds.mapToInt(RandomSequencesTest::run).sum();
        assertThat(single != null || kills > count).as("kills: %d", kills).isTrue();
        assertThat(single != null || excessRevoked > count / 20)
                .as("revoked excess: %d", excessRevoked)
                .isTrue();
    }

    private static int excessRevoked;

    /** An hour after the faults stop, the report has exactly those who have access, once all reviews are stored. */
    private static void checkReport(Sequence sequence) {
        sequence.awaitReview();
        assertThat(sequence.reports.entries().stream().map(AccessEntry::assignment))
                .as("the report")
                .containsExactlyInAnyOrderElementsOf(sequence.azure.truth().keySet());
    }

    private static int run(long seed) {
        Sequence sequence = new Sequence(seed);
        try {
            sequence.run();
            checkEnd(sequence);
            checkReport(sequence);
            excessRevoked += sequence.excessRevoked;
        } catch (AssertionError | RuntimeException wrong) {
            throw new AssertionError(
                    "-Dsequence=" + seed + " fails: " + wrong.getMessage() + "\n" + String.join("\n", sequence.history),
                    wrong);
        }
        return sequence.kills;
    }

    private static void checkEnd(Sequence sequence) {
        Map<String, ModelAzure.Entry> truth = sequence.azure.truth();
        sequence.cluster.stored.forEach((key, binding) -> {
            assertThat(binding.isMarkedForDeletion())
                    .as("%s is still there", key)
                    .isFalse();
            checkSettled(sequence, binding);
        });
        Set<ObjectId> needed = new HashSet<>(sequence.cluster.retained);
        sequence.cluster.stored.values().forEach(binding -> needed.add(principalOf(sequence, binding)));
        List<ModelAzure.Entry> leaked = truth.values().stream()
                .filter(entry -> entry.maker() == ModelAzure.Maker.OURS)
                .filter(entry -> !needed.contains(entry.assignment().objectId().orElseThrow()))
                .toList();
        if (!sequence.statusLost && sequence.kills == 0) {
            assertThat(leaked).as("created, and needed by no binding").isEmpty();
        }
        assertThat(sequence.leftovers()).as("reported of %s", leaked).isGreaterThanOrEqualTo(leaked.size());
    }

    private static void checkSettled(Sequence sequence, RedisAccessBinding binding) {
        Condition ready = Conditions.find(binding.getStatus().conditions(), ConditionType.READY)
                .orElseThrow();
        ObjectId principal = principalOf(sequence, binding);
        Optional<ModelAzure.Entry> entry = sequence.azure.of(principal);
        Optional<String> requested = sequence.cluster.requested(binding);
        String name = binding.getMetadata().getName() + ": " + ready.getMessage();
        if (requested.isEmpty()) {
            // What the platform team has removed leaves the access as it is.
            assertThat(ready.getReason())
                    .as(name)
                    .isIn(Reason.ACCESS_PROFILE_NOT_FOUND.text(), Reason.FULL_ACCESS_FORBIDDEN.text());
            return;
        }
        RedisAccessBinding oldest = sequence.cluster.oldest(principal).orElseThrow();
        if (!sequence.cluster.requested(oldest).equals(requested)) {
            assertThat(ready.getReason()).as(name).isIn(overruled(sequence, entry));
            return;
        }
        if (entry.filter(found -> !found.gives(requested.get())).isPresent()
                || entry.isEmpty() && ready.getStatus().equals("False")) {
            assertThat(ready.getReason()).as(name + " with " + entry).isIn(conflicts(sequence, binding, entry));
            return;
        }
        if (!sequence.azure.showsAccess && binding.getSpec().accessProfile() != null) {
            assertThat(ready.getReason()).as(name).isEqualTo(Reason.PREVIEW_API_REFUSED.text());
            return;
        }
        assertThat(ready.getStatus()).as(name).isEqualTo("True");
        assertThat(ready.getObservedGeneration())
                .isEqualTo(binding.getMetadata().getGeneration());
        assertThat(entry).as("access of %s", name).hasValueSatisfying(found -> assertThat(found.gives(requested.get()))
                .isTrue());
    }

    /**
     * The newer binding says so; unless it was processed before the older one was identified, and nothing that the operator may
     * change has changed since.
     */
    private static List<String> overruled(Sequence sequence, Optional<ModelAzure.Entry> entry) {
        boolean ours =
                entry.filter(found -> found.maker() == ModelAzure.Maker.OURS).isPresent();
        return ours && sequence.azure.showsAccess
                ? List.of(Reason.ACCESS_PROFILE_CONFLICT.text(), Reason.ASSIGNMENT_CONFLICT.text())
                : List.of(
                        Reason.ACCESS_PROFILE_CONFLICT.text(),
                        Reason.ASSIGNMENT_CONFLICT.text(),
                        Reason.PREVIEW_API_REFUSED.text(),
                        Reason.READY.text());
    }

    /** Full access never replaces what others narrowed, and what Azure hides is never replaced. */
    private static List<String> conflicts(
            Sequence sequence, RedisAccessBinding binding, Optional<ModelAzure.Entry> entry) {
        boolean profile = binding.getSpec().accessProfile() != null;
        if (!sequence.azure.showsAccess) {
            // The login shows that the access was narrowed.
            return profile
                    ? List.of(Reason.PREVIEW_API_REFUSED.text(), Reason.ASSIGNMENT_CONFLICT.text())
                    : List.of(Reason.ASSIGNMENT_CONFLICT.text(), Reason.NOT_AUTHORIZED.text());
        }
        boolean ours =
                entry.filter(found -> found.maker() == ModelAzure.Maker.OURS).isPresent();
        return profile && ours ? List.of() : List.of(Reason.ASSIGNMENT_CONFLICT.text());
    }

    private static ObjectId principalOf(Sequence sequence, RedisAccessBinding binding) {
        return sequence.cluster.principalOf(binding);
    }
}
