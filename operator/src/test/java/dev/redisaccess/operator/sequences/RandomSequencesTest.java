package dev.redisaccess.operator.sequences;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Any sequence of events and outcomes: the operator never deletes what is not its own, never writes over what grants
 * something else, never claims access that is not there; and when the faults stop, everything comes to what the bindings say.
 * A sequence is told by its seed alone: {@code -Dsequence=SEED} runs that one.
 */
class RandomSequencesTest {

    private static final int SHORT = 300;
    private static final int ALL = 20_000;

    @Test
    @Timeout(value = 40, unit = TimeUnit.MINUTES)
    void whateverHappensNothingIsTakenWronglyAndInTheEndAllIsWell() {
        Long single = Long.getLong("sequence");
        int count = "all".equals(System.getProperty("faults")) ? ALL : SHORT;
        long first = "all".equals(System.getProperty("faults")) ? System.nanoTime() : 1;
        LongStream seeds = single != null ? LongStream.of(single) : LongStream.range(first, first + count);
        int kills = seeds.mapToInt(RandomSequencesTest::run).sum();
        assertThat(single != null || kills > count).as("kills: %d", kills).isTrue();
    }

    private static int run(long seed) {
        Sequence sequence = new Sequence(seed);
        try {
            sequence.run();
            checkEnd(sequence);
        } catch (AssertionError | RuntimeException wrong) {
            throw new AssertionError(
                    "-Dsequence=" + seed + " fails: " + wrong.getMessage() + "\n" + String.join("\n", sequence.told),
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
        truth.values().forEach(entry -> {
            ObjectId principal = entry.assignment().objectId().orElseThrow();
            boolean ours = entry.maker() == ModelAzure.Maker.OURS;
            if (ours && !sequence.cluster.retained.contains(principal)) {
                assertThat(sequence.cluster.stored.values().stream().map(binding -> principalOf(sequence, binding)))
                        .as("somebody who needs %s", entry)
                        .contains(principal);
            }
        });
    }

    private static void checkSettled(Sequence sequence, RedisAccessBinding binding) {
        Condition ready = Conditions.find(binding.getStatus().conditions(), ConditionType.READY)
                .orElseThrow();
        Optional<ModelAzure.Entry> entry = sequence.azure.of(principalOf(sequence, binding));
        boolean conflict =
                entry.filter(found -> !found.assignment().access().usable()).isPresent();
        String name = binding.getMetadata().getName();
        if (conflict) {
            assertThat(ready.getReason()).as(name).isEqualTo(Reason.ASSIGNMENT_CONFLICT.text());
            return;
        }
        assertThat(ready.getStatus()).as(name + ": " + ready.getMessage()).isEqualTo("True");
        assertThat(ready.getObservedGeneration())
                .isEqualTo(binding.getMetadata().getGeneration());
        assertThat(entry).as("access of %s", name).hasValueSatisfying(found -> assertThat(found.works())
                .isTrue());
    }

    private static ObjectId principalOf(Sequence sequence, RedisAccessBinding binding) {
        return sequence.cluster.principalOf(binding);
    }
}
