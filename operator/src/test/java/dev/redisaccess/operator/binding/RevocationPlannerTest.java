package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.AssignmentStatus;
import dev.redisaccess.operator.api.DeletionPolicy;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.port.DatabaseSnapshot;
import dev.redisaccess.operator.binding.port.LaneState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RevocationPlannerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ObjectId WHO = new ObjectId("aaaaaaaa-0000-0000-0000-000000000001");
    private static final LaneState IDLE = new LaneState.Idle();

    @Test
    void leavesTheAccessWhereThePolicySaysSo() {
        assertThat(plan(DeletionPolicy.RETAIN, created(), false, read(assignment(WHO.value())), IDLE))
                .isInstanceOf(RevocationPlan.Release.class);
    }

    @Test
    void hasNothingToDoWhereNothingWasGranted() {
        assertThat(plan(DeletionPolicy.DELETE, Optional.empty(), false, Optional.empty(), IDLE))
                .isInstanceOf(RevocationPlan.Release.class);
    }

    @Test
    void leavesWhatItAdopted() {
        assertThat(plan(
                        DeletionPolicy.DELETE,
                        granted(AssignmentOrigin.ADOPTED),
                        false,
                        read(assignment(WHO.value())),
                        IDLE))
                .isInstanceOf(RevocationPlan.Release.class);
    }

    @Test
    void leavesWhatAnotherBindingNeeds() {
        assertThat(plan(DeletionPolicy.DELETE, created(), true, read(assignment(WHO.value())), IDLE))
                .isInstanceOf(RevocationPlan.Release.class);
    }

    @Test
    void revokesWhatItCreated() {
        assertThat(plan(DeletionPolicy.DELETE, created(), false, read(assignment(WHO.value())), IDLE))
                .isEqualTo(new RevocationPlan.Revoke(WHO, WHO.value()));
    }

    @Test
    void asksForTheNameThatItGaveWhateverSomebodyElseMadeSince() {
        assertThat(plan(DeletionPolicy.DELETE, created(), false, read(assignment("by-hand")), IDLE))
                .isEqualTo(new RevocationPlan.Revoke(WHO, WHO.value()));
    }

    @Test
    void asksAzureOnceEvenForWhatIsNotListed() {
        assertThat(plan(DeletionPolicy.DELETE, created(), false, read(), IDLE))
                .isEqualTo(new RevocationPlan.Revoke(WHO, WHO.value()));
    }

    @Test
    void isDoneOnceAzureWasAskedAndHasNoSuchAssignment() {
        assertThat(RevocationPlanner.plan(DeletionPolicy.DELETE, created(), false, true, read(), IDLE))
                .isInstanceOf(RevocationPlan.Release.class);
    }

    @Test
    void replacesAGrantThatKeepsFailing() {
        var failed = new LaneState.Failed(LaneState.Kind.GRANT, Problem.of(Reason.AZURE_UNAVAILABLE, "503"), 1, NOW);
        assertThat(plan(DeletionPolicy.DELETE, created(), false, read(), failed))
                .isEqualTo(new RevocationPlan.Revoke(WHO, WHO.value()));
    }

    @Test
    void isDoneWhenTheDatabaseIsGone() {
        var gone = new DatabaseSnapshot(
                NOW,
                Optional.of(Problem.of(Reason.AZURE_RESOURCE_NOT_FOUND, "gone")),
                Optional.empty(),
                Optional.empty());
        assertThat(plan(DeletionPolicy.DELETE, created(), false, Optional.of(gone), IDLE))
                .isInstanceOf(RevocationPlan.Release.class);
    }

    @Test
    void isNotDoneBeforeAzureWasAsked() {
        assertThat(waitsFor(plan(DeletionPolicy.DELETE, created(), false, Optional.empty(), IDLE)))
                .isEqualTo(Reason.READING_DATABASE);
    }

    @Test
    void isNotDoneWhileAzureCannotBeAsked() {
        var down = new DatabaseSnapshot(
                NOW, Optional.of(Problem.of(Reason.AZURE_UNAVAILABLE, "down")), Optional.empty(), Optional.empty());
        assertThat(waitsFor(plan(DeletionPolicy.DELETE, created(), false, Optional.of(down), IDLE)))
                .isEqualTo(Reason.AZURE_UNAVAILABLE);
    }

    @Test
    void waitsForTheLaneWhateverItDoes() {
        assertThat(waitsFor(plan(
                        DeletionPolicy.DELETE,
                        created(),
                        false,
                        read(),
                        new LaneState.Running(LaneState.Kind.GRANT, NOW))))
                .isEqualTo(Reason.REVOKING_ACCESS);
    }

    @Test
    void tellsWhyTheLaneCannotRevoke() {
        var failed = new LaneState.Failed(LaneState.Kind.REVOKE, Problem.of(Reason.AZURE_FORBIDDEN, "no role"), 2, NOW);
        assertThat(waitsFor(plan(DeletionPolicy.DELETE, created(), false, read(assignment(WHO.value())), failed)))
                .isEqualTo(Reason.AZURE_FORBIDDEN);
    }

    private static Reason waitsFor(RevocationPlan plan) {
        return ((RevocationPlan.Wait) plan).outcome().reason();
    }

    private static RevocationPlan plan(
            DeletionPolicy policy,
            Optional<RevocationPlanner.Granted> granted,
            boolean needed,
            Optional<DatabaseSnapshot> snapshot,
            LaneState lane) {
        return RevocationPlanner.plan(policy, granted, needed, false, snapshot, lane);
    }

    private static Optional<RevocationPlanner.Granted> created() {
        return granted(AssignmentOrigin.CREATED);
    }

    private static Optional<RevocationPlanner.Granted> granted(AssignmentOrigin origin) {
        return Optional.of(new RevocationPlanner.Granted(WHO, new AssignmentStatus(WHO.value(), origin, "Succeeded")));
    }

    private static Assignment assignment(String name) {
        return new Assignment(
                name, Optional.of(WHO), "default", Optional.empty(), ProvisioningState.Succeeded, Optional.empty());
    }

    private static Optional<DatabaseSnapshot> read(Assignment... assignments) {
        return Optional.of(new DatabaseSnapshot(
                NOW, Optional.empty(), Optional.empty(), Optional.of(new Inventory(NOW, List.of(assignments)))));
    }
}
