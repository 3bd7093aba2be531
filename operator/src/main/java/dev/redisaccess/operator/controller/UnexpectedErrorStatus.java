package dev.redisaccess.operator.controller;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The status after an unexpected exception: Ready is Unknown, and everything else stays as it was. */
final class UnexpectedErrorStatus {

    private UnexpectedErrorStatus() {}

    /** Names only the class of the exception: its message could contain anything. The log has the rest. */
    static RedisAccessBindingStatus in(RedisAccessBinding binding, Exception error, Instant now) {
        RedisAccessBindingStatus stored = RedisAccessBindingStatus.of(binding);
        long generation =
                Optional.ofNullable(binding.getMetadata().getGeneration()).orElse(0L);
        Finding finding = Finding.of(Problem.unexpected("reconciling the object", error));
        List<Condition> conditions =
                new ArrayList<>(Optional.ofNullable(stored.conditions()).orElse(List.of()));
        conditions.removeIf(condition -> ConditionType.READY.text().equals(condition.getType()));
        conditions.addAll(Conditions.of(Map.of(ConditionType.READY, finding), generation, stored.conditions(), now));
        return new RedisAccessBindingStatus(
                generation,
                conditions,
                stored.endpoint(),
                stored.identity(),
                stored.assignment(),
                stored.verification(),
                stored.environment(),
                stored.binding());
    }
}
