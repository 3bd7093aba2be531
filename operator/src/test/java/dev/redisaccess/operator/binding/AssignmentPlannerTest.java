package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.port.LaneState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AssignmentPlannerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ObjectId WHO = new ObjectId("aaaaaaaa-0000-0000-0000-000000000001");
    private static final LaneState IDLE = new LaneState.Idle();

    @Test
    void createsWhatIsNotThereAndOwnsIt() {
        assertThat(plan(IDLE, Optional.empty(), false)).isEqualTo(new AssignmentPlan.Create(AssignmentOrigin.CREATED));
    }

    @Test
    void ownsWhatItCreatesAnewAfterAnAdoptedOneWasDeleted() {
        assertThat(plan(IDLE, Optional.of(AssignmentOrigin.ADOPTED), false))
                .isEqualTo(new AssignmentPlan.Create(AssignmentOrigin.CREATED));
    }

    @Test
    void adoptsWhatWasThereBefore() {
        Assignment there = assignment("default", null, ProvisioningState.Succeeded);
        assertThat(plan(IDLE, Optional.empty(), false, there))
                .isEqualTo(new AssignmentPlan.Keep(there, AssignmentOrigin.ADOPTED));
    }

    @Test
    void keepsTheRecordedOrigin() {
        Assignment there = assignment("default", null, ProvisioningState.Succeeded);
        assertThat(plan(IDLE, Optional.of(AssignmentOrigin.CREATED), false, there))
                .isEqualTo(new AssignmentPlan.Keep(there, AssignmentOrigin.CREATED));
    }

    @Test
    void ownsWhatAnotherBindingOfThisClusterHadCreated() {
        Assignment there = assignment("default", null, ProvisioningState.Succeeded);
        assertThat(plan(IDLE, Optional.empty(), true, there))
                .isEqualTo(new AssignmentPlan.Keep(there, AssignmentOrigin.CREATED));
    }

    @Test
    void takesOnRecordWhatAnotherBindingCreatedAfterTheAdoptedOneWent() {
        Assignment there = assignment("default", null, ProvisioningState.Succeeded);
        assertThat(plan(IDLE, Optional.of(AssignmentOrigin.ADOPTED), true, there))
                .isEqualTo(new AssignmentPlan.Keep(there, AssignmentOrigin.CREATED));
    }

    @Test
    void neverOwnsWhatBearsANameThatItDoesNotGive() {
        var there = new Assignment(
                "by-terraform", Optional.of(WHO), Access.full(), ProvisioningState.Succeeded, Optional.empty());
        assertThat(plan(IDLE, Optional.of(AssignmentOrigin.CREATED), true, there))
                .isEqualTo(new AssignmentPlan.Keep(there, AssignmentOrigin.ADOPTED));
    }

    @Test
    void looksAnewWhereARevocationFailedAndMayHaveBeenTaken() {
        Assignment there = assignment("default", null, ProvisioningState.Succeeded);
        var failed = new LaneState.Failed(LaneState.Kind.REVOKE, Problem.of(Reason.AZURE_UNAVAILABLE, "503"), 1, NOW);
        assertThat(plan(failed, Optional.of(AssignmentOrigin.CREATED), false, there))
                .isEqualTo(new AssignmentPlan.Create(AssignmentOrigin.CREATED));
    }

    @Test
    void neverWritesOverAnotherPolicy() {
        var conflict = (AssignmentPlan.Conflict)
                plan(IDLE, Optional.empty(), false, assignment("readers", null, ProvisioningState.Succeeded));
        assertThat(conflict.problem().reason()).isEqualTo(Reason.ASSIGNMENT_CONFLICT);
        assertThat(conflict.problem().message()).contains("'readers'").contains(WHO.value());
    }

    @Test
    void neverWritesOverACustomAccessStringEvenOfAFailedAssignment() {
        var conflict = (AssignmentPlan.Conflict)
                plan(IDLE, Optional.empty(), false, assignment("default", "+@read ~cache:*", ProvisioningState.Failed));
        assertThat(conflict.problem().message()).contains("+@read ~cache:*");
    }

    @Test
    void takesTheFullAccessStringOfThePreviewForWhatItIs() {
        assertThat(plan(IDLE, Optional.empty(), false, assignment("default", "+@all ~*", ProvisioningState.Succeeded)))
                .isInstanceOf(AssignmentPlan.Keep.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"Creating", "Updating", "Failed", "Canceled"})
    void seesToTheEndWhatIsNotYetSucceeded(ProvisioningState state) {
        assertThat(plan(IDLE, Optional.of(AssignmentOrigin.CREATED), false, assignment("default", null, state)))
                .isEqualTo(new AssignmentPlan.Create(AssignmentOrigin.CREATED));
    }

    @Test
    void waitsForTheLane() {
        assertThat(reason(plan(new LaneState.Queued(LaneState.Kind.GRANT, 3), Optional.empty(), false)))
                .isEqualTo(Reason.GRANTING_ACCESS);
        assertThat(reason(plan(new LaneState.Running(LaneState.Kind.GRANT, NOW), Optional.empty(), false)))
                .isEqualTo(Reason.GRANTING_ACCESS);
    }

    @Test
    void doesNotCountOnAnAssignmentThatIsAboutToGo() {
        Assignment there = assignment("default", null, ProvisioningState.Succeeded);
        assertThat(reason(plan(new LaneState.Queued(LaneState.Kind.REVOKE, 0), Optional.empty(), false, there)))
                .isEqualTo(Reason.REVOKING_ACCESS);
    }

    @Test
    void tellsWhyTheLaneFailedUnlessItIsThereByNow() {
        var failed = new LaneState.Failed(LaneState.Kind.GRANT, Problem.of(Reason.AZURE_FORBIDDEN, "no role"), 1, NOW);
        assertThat(reason(plan(failed, Optional.of(AssignmentOrigin.CREATED), false)))
                .isEqualTo(Reason.AZURE_FORBIDDEN);
        assertThat(plan(
                        failed,
                        Optional.of(AssignmentOrigin.CREATED),
                        false,
                        assignment("default", null, ProvisioningState.Succeeded)))
                .isInstanceOf(AssignmentPlan.Keep.class);
    }

    private static Reason reason(AssignmentPlan plan) {
        return ((AssignmentPlan.Wait) plan).outcome().reason();
    }

    private static AssignmentPlan plan(
            LaneState lane, Optional<AssignmentOrigin> recorded, boolean createdForPeer, Assignment... assignments) {
        return AssignmentPlanner.plan(WHO, new Inventory(NOW, List.of(assignments)), lane, recorded, createdForPeer);
    }

    private static Assignment assignment(String policy, String access, ProvisioningState state) {
        return new Assignment(
                WHO.value(),
                Optional.of(WHO),
                Access.of(policy, Optional.of(access == null ? "+@all ~*" : access)),
                state,
                Optional.empty());
    }
}
