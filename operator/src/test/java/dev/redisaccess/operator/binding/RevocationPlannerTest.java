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
        assertThat(plan(DeletionPolicy.RETAIN, created(), Successor.NONE, read(assignment(WHO.value())), IDLE))
                .isInstanceOf(RevocationPlan.Release.class);
    }

    @Test
    void hasNothingToDoWhereNothingWasGranted() {
        assertThat(plan(DeletionPolicy.DELETE, Optional.empty(), Successor.NONE, Optional.empty(), IDLE))
                .isInstanceOf(RevocationPlan.Release.class);
    }

    @Test
    void leavesWhatItAdopted() {
        assertThat(plan(
                        DeletionPolicy.DELETE,
                        granted(AssignmentOrigin.ADOPTED),
                        Successor.NONE,
                        read(assignment(WHO.value())),
                        IDLE))
                .isInstanceOf(RevocationPlan.Release.class);
    }

    @Test
    void leavesWhatItOnlyMeantToCreate() {
        assertThat(RevocationPlanner.plan(
                        DeletionPolicy.DELETE,
                        created(),
                        true,
                        Successor.NONE,
                        false,
                        read(assignment(WHO.value())),
                        IDLE))
                .isInstanceOf(RevocationPlan.Release.class);
    }

    @Test
    void waitsForTheLaneThatMayBeCreatingWhatWasMeant() {
        var queued = new LaneState.Queued(LaneState.Kind.GRANT, 0);
        assertThat(waitsFor(RevocationPlanner.plan(
                        DeletionPolicy.DELETE, created(), true, Successor.NONE, false, read(), queued)))
                .isEqualTo(Reason.REVOKING_ACCESS);
    }

    @Test
    void leavesWhatSomebodyElsePutInItsPlace() {
        var readers = new Assignment(
                WHO.value(),
                Optional.of(WHO),
                Access.restricted("+@read ~*"),
                ProvisioningState.Succeeded,
                Optional.empty());
        assertThat(plan(DeletionPolicy.DELETE, created(), Successor.NONE, read(readers), IDLE))
                .isInstanceOf(RevocationPlan.Release.class);
    }

    @Test
    void leavesWhatAnotherBindingNeeds() {
        assertThat(plan(DeletionPolicy.DELETE, created(), Successor.ON_RECORD, read(assignment(WHO.value())), IDLE))
                .isInstanceOf(RevocationPlan.Release.class);
    }

    @Test
    void waitsUntilAnotherBindingHasItOnRecord() {
        assertThat(waitsFor(
                        plan(DeletionPolicy.DELETE, created(), Successor.NOT_YET, read(assignment(WHO.value())), IDLE)))
                .isEqualTo(Reason.REVOKING_ACCESS);
    }

    /** Found by a random sequence: created by a request whose answer was lost, and let go before Azure was asked. */
    @Test
    void waitsForThatAlsoWhenTheAssignmentIsNotListed() {
        assertThat(waitsFor(plan(DeletionPolicy.DELETE, created(), Successor.NOT_YET, read(), IDLE)))
                .isEqualTo(Reason.REVOKING_ACCESS);
    }

    @Test
    void revokesWhatItCreated() {
        assertThat(plan(DeletionPolicy.DELETE, created(), Successor.NONE, read(assignment(WHO.value())), IDLE))
                .isEqualTo(new RevocationPlan.Revoke(WHO, WHO.value()));
    }

    @Test
    void asksForTheNameThatItGaveWhateverSomebodyElseMadeSince() {
        assertThat(plan(DeletionPolicy.DELETE, created(), Successor.NONE, read(assignment("by-hand")), IDLE))
                .isEqualTo(new RevocationPlan.Revoke(WHO, WHO.value()));
    }

    @Test
    void asksAzureOnceEvenForWhatIsNotListed() {
        assertThat(plan(DeletionPolicy.DELETE, created(), Successor.NONE, read(), IDLE))
                .isEqualTo(new RevocationPlan.Revoke(WHO, WHO.value()));
    }

    @Test
    void isDoneOnceAzureWasAskedAndHasNoSuchAssignment() {
        assertThat(RevocationPlanner.plan(DeletionPolicy.DELETE, created(), false, Successor.NONE, true, read(), IDLE))
                .isInstanceOf(RevocationPlan.Release.class);
    }

    @Test
    void replacesAGrantThatKeepsFailing() {
        var failed = new LaneState.Failed(LaneState.Kind.GRANT, Problem.of(Reason.AZURE_UNAVAILABLE, "503"), 1, NOW);
        assertThat(plan(DeletionPolicy.DELETE, created(), Successor.NONE, read(), failed))
                .isEqualTo(new RevocationPlan.Revoke(WHO, WHO.value()));
    }

    @Test
    void isDoneWhenTheDatabaseIsGone() {
        var gone = new DatabaseSnapshot(
                NOW,
                Optional.of(Problem.of(Reason.AZURE_RESOURCE_NOT_FOUND, "gone")),
                Optional.empty(),
                Optional.empty());
        assertThat(plan(DeletionPolicy.DELETE, created(), Successor.NONE, Optional.of(gone), IDLE))
                .isInstanceOf(RevocationPlan.Release.class);
    }

    @Test
    void isNotDoneBeforeAzureWasAsked() {
        assertThat(waitsFor(plan(DeletionPolicy.DELETE, created(), Successor.NONE, Optional.empty(), IDLE)))
                .isEqualTo(Reason.READING_DATABASE);
    }

    @Test
    void isNotDoneWhileAzureCannotBeAsked() {
        var down = new DatabaseSnapshot(
                NOW, Optional.of(Problem.of(Reason.AZURE_UNAVAILABLE, "down")), Optional.empty(), Optional.empty());
        assertThat(waitsFor(plan(DeletionPolicy.DELETE, created(), Successor.NONE, Optional.of(down), IDLE)))
                .isEqualTo(Reason.AZURE_UNAVAILABLE);
    }

    @Test
    void waitsForTheLaneWhateverItDoes() {
        assertThat(waitsFor(plan(
                        DeletionPolicy.DELETE,
                        created(),
                        Successor.NONE,
                        read(),
                        new LaneState.Running(LaneState.Kind.GRANT, NOW))))
                .isEqualTo(Reason.REVOKING_ACCESS);
    }

    @Test
    void tellsWhyTheLaneCannotRevoke() {
        var failed = new LaneState.Failed(LaneState.Kind.REVOKE, Problem.of(Reason.AZURE_FORBIDDEN, "no role"), 2, NOW);
        assertThat(waitsFor(
                        plan(DeletionPolicy.DELETE, created(), Successor.NONE, read(assignment(WHO.value())), failed)))
                .isEqualTo(Reason.AZURE_FORBIDDEN);
    }

    private static Reason waitsFor(RevocationPlan plan) {
        return ((RevocationPlan.Wait) plan).outcome().reason();
    }

    private static RevocationPlan plan(
            DeletionPolicy policy,
            Optional<RevocationPlanner.Granted> granted,
            Successor successor,
            Optional<DatabaseSnapshot> snapshot,
            LaneState lane) {
        return RevocationPlanner.plan(policy, granted, false, successor, false, snapshot, lane);
    }

    private static Optional<RevocationPlanner.Granted> created() {
        return granted(AssignmentOrigin.CREATED);
    }

    private static Optional<RevocationPlanner.Granted> granted(AssignmentOrigin origin) {
        return Optional.of(new RevocationPlanner.Granted(WHO, new AssignmentStatus(WHO.value(), origin, "Succeeded")));
    }

    private static Assignment assignment(String name) {
        return new Assignment(name, Optional.of(WHO), Access.full(), ProvisioningState.Succeeded, Optional.empty());
    }

    private static Optional<DatabaseSnapshot> read(Assignment... assignments) {
        return Optional.of(new DatabaseSnapshot(
                NOW, Optional.empty(), Optional.empty(), Optional.of(new Inventory(NOW, List.of(assignments)))));
    }
}
