package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.AssignmentStatus;
import dev.redisaccess.operator.api.ConditionStatus;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.EnvironmentStatus;
import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.api.IdentityStatus;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.api.ServiceBindingStatus;
import dev.redisaccess.operator.api.VerificationStatus;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.StepResult;
import dev.redisaccess.operator.status.Conditions;
import dev.redisaccess.operator.status.Readiness;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a pass has found so far. It starts from the stored status, so that what a pass does not reach is neither lost nor
 * invented.
 */
final class PassState {

    private final Map<ConditionType, Finding> reached = new EnumMap<>(ConditionType.class);
    private final RedisAccessBindingStatus stored;
    private final long generation;
    private final boolean restricted;
    private Endpoint endpoint;
    private IdentityStatus identity;
    private AssignmentStatus assignment;
    private VerificationStatus verification;
    private EnvironmentStatus environment;
    private ServiceBindingStatus serviceBinding;
    private NextPass nextPass = NextPass.NEVER;

    PassState(RedisAccessBinding binding) {
        stored = RedisAccessBindingStatus.of(binding);
        generation = Optional.ofNullable(binding.getMetadata().getGeneration()).orElse(0L);
        restricted = binding.getSpec() != null && binding.getSpec().accessProfile() != null;
        endpoint = stored.endpoint();
        identity = stored.identity();
        assignment = stored.assignment();
        verification = stored.verification();
        environment = stored.environment();
        serviceBinding = stored.binding();
    }

    RedisAccessBindingStatus stored() {
        return stored;
    }

    /** Whether status says that a condition holds, for this generation. */
    boolean held(ConditionType type) {
        return Conditions.heldAt(stored.conditions(), type, generation);
    }

    /** For how long status has said that a condition does not hold; zero if it does not say so. */
    Duration failingFor(ConditionType type, Instant now) {
        return Conditions.find(stored.conditions(), type)
                .filter(condition -> ConditionStatus.FALSE.text().equals(condition.getStatus()))
                .map(condition -> Duration.between(Instant.parse(condition.getLastTransitionTime()), now))
                .filter(since -> !since.isNegative())
                .orElse(Duration.ZERO);
    }

    /** The finding of a condition that holds, as status has it. */
    Finding asStored(ConditionType type, Reason reason) {
        String message = Conditions.find(stored.conditions(), type)
                .map(Condition::getMessage)
                .orElse("");
        return Finding.of(reason, message);
    }

    /** Records the finding of a step, and returns its value; empty if the pass ends here. */
    <T> Optional<T> record(ConditionType type, StepResult<T> step) {
        reached.put(type, step.finding());
        return step.value();
    }

    /** The principal in status: whose access a deletion revokes after a restart. Nothing is granted for it. */
    Optional<ObjectId> recorded() {
        return recordedIn(stored);
    }

    static Optional<ObjectId> recordedIn(RedisAccessBindingStatus status) {
        return Optional.ofNullable(status.identity())
                .map(IdentityStatus::objectId)
                .flatMap(ObjectId::parse);
    }

    /**
     * The principals that this binding may have access as: the one in status, the one that this process identified, and those
     * for which it was granted.
     */
    Set<ObjectId> principals(BindingMemory memory) {
        Set<ObjectId> principals = new LinkedHashSet<>();
        recorded().ifPresent(principals::add);
        memory.principals().forEach(principals::add);
        return principals;
    }

    void endpoint(Endpoint known) {
        endpoint = known;
    }

    /** @param federation the way on which its token was exchanged; empty: not known */
    void identity(Principal principal, Optional<Federation> federation) {
        identity = new IdentityStatus(
                principal.clientId().value(),
                principal.objectId().value(),
                principal.tenantId().value(),
                federation.orElse(null));
    }

    void assignment(AssignmentStatus known) {
        assignment = known;
    }

    /** Azure has no assignment that the operator created for this binding; one that it adopted stays. */
    void noAssignmentCreated() {
        if (assignment != null && assignment.origin() == AssignmentOrigin.CREATED) {
            assignment = null;
        }
    }

    void verification(VerificationStatus seen) {
        verification = seen;
    }

    void environment(EnvironmentStatus published) {
        environment = published;
    }

    /** The Secret of the Service Binding specification; null: there is none. */
    void serviceBinding(ServiceBindingStatus published) {
        serviceBinding = published;
    }

    void schedule(NextPass due) {
        nextPass = nextPass.or(due);
    }

    /** The result of a pass that ends here, for a binding whose finalizer stays. */
    PassResult result(Instant now) {
        return result(nextPass, Optional.empty(), now);
    }

    /** The result of a deletion that waits. */
    PassResult waiting(Finding finding, Instant now) {
        record(ConditionType.ACCESS_GRANTED, StepResult.halted(finding));
        return result(NextPass.deletion(finding.reason(), nextPass, now), Optional.empty(), now);
    }

    /** The result of a deletion after which the finalizer is removed. */
    PassResult released(String why, Instant now) {
        return result(NextPass.NEVER, Optional.of(why), now);
    }

    private PassResult result(NextPass next, Optional<String> released, Instant now) {
        Map<ConditionType, Finding> all =
                Readiness.complete(reached, restricted ? Readiness.LINKS_WITH_PROFILE : Readiness.LINKS);
        List<Condition> conditions = Conditions.of(all, generation, stored.conditions(), now);
        var status = new RedisAccessBindingStatus(
                generation, conditions, endpoint, identity, assignment, verification, environment, serviceBinding);
        boolean write = released.isEmpty() && !status.equals(stored);
        return new PassResult(all, status, write, next, released);
    }
}
