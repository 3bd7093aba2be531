package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RevocationPlannerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ObjectId ME = new ObjectId("aaaaaaaa-0000-0000-0000-000000000001");
    private static final ObjectId OTHER = new ObjectId("aaaaaaaa-0000-0000-0000-000000000002");
    private static final OwnerMark MARK = OwnerMark.of("this installation");
    private static final String OWN = MARK.assignmentName(ME);
    private static final LaneState IDLE = new LaneState.Idle();
    private static final RevocationPlan REVOKE = new RevocationPlan.Revoke(OWN, RevocationCause.DELETED.revoking(ME));

    @Test
    void revokesWhatHasTheMark() {
        assertThat(plan(AccessNeed.NONE, false, read(named(OWN)), IDLE)).isEqualTo(REVOKE);
    }

    /** An administrator may have narrowed it: it still is ours, and goes with its last binding. */
    @Test
    void revokesWhatHasTheMarkWhateverItGrants() {
        var narrowed = new Assignment(
                OWN, Optional.of(ME), Access.restricted("+get"), ProvisioningState.Failed, Optional.empty());
        assertThat(plan(AccessNeed.NONE, false, read(narrowed), IDLE)).isEqualTo(REVOKE);
    }

    @Test
    void leavesWhatOthersMade() {
        for (String name :
                List.of("by-terraform", ME.value(), OwnerMark.of("another").assignmentName(ME))) {
            assertThat(plan(AccessNeed.NONE, false, read(named(name)), IDLE))
                    .as(name)
                    .isInstanceOf(RevocationPlan.Release.class);
        }
    }

    @Test
    void leavesWhatHasOurNameForAnotherPrincipal() {
        var taken =
                new Assignment(OWN, Optional.of(OTHER), Access.full(), ProvisioningState.Succeeded, Optional.empty());
        assertThat(plan(AccessNeed.NONE, false, read(taken), IDLE)).isInstanceOf(RevocationPlan.Release.class);
    }

    @Test
    void leavesWhatAnotherBindingNeeds() {
        assertThat(plan(AccessNeed.CONFIRMED, false, read(named(OWN)), IDLE))
                .isInstanceOf(RevocationPlan.Release.class);
    }

    @Test
    void waitsUntilANeedIsConfirmedOrNot() {
        assertThat(waitsFor(plan(AccessNeed.UNCONFIRMED, false, read(named(OWN)), IDLE)))
                .isEqualTo(Reason.RESOLVING_IDENTITY);
        assertThat(waitsFor(plan(AccessNeed.UNCONFIRMED, false, read(), IDLE))).isEqualTo(Reason.RESOLVING_IDENTITY);
        assertThat(plan(AccessNeed.UNCONFIRMED, true, read(), IDLE)).isInstanceOf(RevocationPlan.Release.class);
    }

    @Test
    void revokesOnceEvenWhatIsNotListed() {
        assertThat(plan(AccessNeed.NONE, false, read(), IDLE)).isEqualTo(REVOKE);
        assertThat(plan(AccessNeed.NONE, true, read(), IDLE)).isInstanceOf(RevocationPlan.Release.class);
        assertThat(plan(AccessNeed.NONE, true, read(named(OWN)), IDLE)).isEqualTo(REVOKE);
    }

    @Test
    void replacesAGrantThatKeepsFailing() {
        var failed = new LaneState.Failed(LaneState.Kind.GRANT, Problem.of(Reason.AZURE_UNAVAILABLE, "503"));
        assertThat(plan(AccessNeed.NONE, false, read(), failed)).isEqualTo(REVOKE);
    }

    @Test
    void isDoneWhenTheDatabaseIsGone() {
        assertThat(plan(AccessNeed.NONE, false, problem(Reason.AZURE_RESOURCE_NOT_FOUND), IDLE))
                .isInstanceOf(RevocationPlan.Release.class);
    }

    @Test
    void isNotDoneBeforeAzureWasReadOrWhileItIsNotAvailable() {
        assertThat(waitsFor(plan(AccessNeed.NONE, false, Optional.empty(), IDLE)))
                .isEqualTo(Reason.READING_DATABASE);
        assertThat(waitsFor(plan(AccessNeed.NONE, false, problem(Reason.AZURE_UNAVAILABLE), IDLE)))
                .isEqualTo(Reason.AZURE_UNAVAILABLE);
    }

    @Test
    void waitsForTheLaneWhateverItDoes() {
        assertThat(waitsFor(plan(AccessNeed.NONE, false, read(), new LaneState.Pending(LaneState.Kind.GRANT))))
                .isEqualTo(Reason.REVOKING_ACCESS);
    }

    @Test
    void reportsWhyTheLaneCannotRevoke() {
        var failed = new LaneState.Failed(LaneState.Kind.REVOKE, Problem.of(Reason.AZURE_FORBIDDEN, "no role"));
        assertThat(waitsFor(plan(AccessNeed.NONE, true, read(named(OWN)), failed)))
                .isEqualTo(Reason.AZURE_FORBIDDEN);
    }

    private static Reason waitsFor(RevocationPlan plan) {
        return ((RevocationPlan.Wait) plan).finding().reason();
    }

    private static RevocationPlan plan(
            AccessNeed need, boolean requested, Optional<DatabaseSnapshot> snapshot, LaneState lane) {
        return RevocationPlanner.plan(
                RevocationCause.DELETED, new RevocationPlanner.Situation(ME, MARK, need, requested, snapshot, lane));
    }

    private static Assignment named(String name) {
        return new Assignment(name, Optional.of(ME), Access.unknown(), ProvisioningState.Succeeded, Optional.empty());
    }

    private static Optional<DatabaseSnapshot> read(Assignment... assignments) {
        return Optional.of(new DatabaseSnapshot(
                Optional.empty(), Optional.empty(), Optional.of(new Inventory(NOW, List.of(assignments)))));
    }

    private static Optional<DatabaseSnapshot> problem(Reason reason) {
        return Optional.of(
                new DatabaseSnapshot(Optional.of(Problem.of(reason, "so it is")), Optional.empty(), Optional.empty()));
    }
}
