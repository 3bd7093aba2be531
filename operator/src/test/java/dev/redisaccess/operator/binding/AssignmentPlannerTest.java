package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.acl.AccessString;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AssignmentPlannerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ObjectId ME = new ObjectId("aaaaaaaa-0000-0000-0000-000000000001");
    private static final ObjectId OTHER = new ObjectId("aaaaaaaa-0000-0000-0000-000000000002");
    private static final OwnerMark MARK = OwnerMark.of("this installation");
    private static final OwnerMark OTHER_MARK = OwnerMark.of("another installation");
    private static final String OWN = MARK.assignmentName(ME);
    private static final WantedAccess READ =
            WantedAccess.of(AccessString.of("+@read ~shop:*").orElseThrow());
    private static final LaneState IDLE = new LaneState.Idle();

    @Test
    void createsWhatIsMissing() {
        assertThat(plan(IDLE)).isEqualTo(new AssignmentPlan.Create());
    }

    @Test
    void createdIsWhatHasTheMark() {
        Assignment own = assignment(OWN, Access.full(), ProvisioningState.Succeeded);
        assertThat(plan(IDLE, own)).isEqualTo(new AssignmentPlan.Keep(own, AssignmentOrigin.CREATED));
    }

    @Test
    void theCaseOfANameDoesNotMatter() {
        Assignment own = assignment(OWN.toUpperCase(Locale.ROOT), Access.full(), ProvisioningState.Succeeded);
        assertThat(plan(IDLE, own)).isEqualTo(new AssignmentPlan.Keep(own, AssignmentOrigin.CREATED));
    }

    @Test
    void everythingElseOfThePrincipalIsAdopted() {
        for (String name : List.of("by-terraform", ME.value(), OTHER_MARK.assignmentName(ME))) {
            Assignment other = assignment(name, Access.unknown(), ProvisioningState.Succeeded);
            assertThat(plan(IDLE, other)).as(name).isEqualTo(new AssignmentPlan.Keep(other, AssignmentOrigin.ADOPTED));
        }
    }

    @Test
    void ofTwoOurOwnCountsIfItSucceeded() {
        Assignment own = assignment(OWN, Access.full(), ProvisioningState.Succeeded);
        Assignment other = assignment("by-terraform", Access.full(), ProvisioningState.Succeeded);
        assertThat(plan(IDLE, other, own)).isEqualTo(new AssignmentPlan.Keep(own, AssignmentOrigin.CREATED));
        Assignment failed = assignment(OWN, Access.full(), ProvisioningState.Failed);
        assertThat(plan(IDLE, other, failed)).isEqualTo(new AssignmentPlan.Keep(other, AssignmentOrigin.ADOPTED));
    }

    @Test
    void ourNameOnAnotherPrincipalIsAConflict() {
        var taken =
                new Assignment(OWN, Optional.of(OTHER), Access.full(), ProvisioningState.Succeeded, Optional.empty());
        assertThat(conflict(plan(IDLE, taken))).contains("`" + OWN + "`", "another principal");
    }

    @ParameterizedTest
    @EnumSource(ProvisioningState.class)
    void narrowedAccessOfOurOwnIsAConflictInAnyState(ProvisioningState state) {
        Assignment narrowed = assignment(OWN, Access.restricted("+@read ~cache:*"), state);
        assertThat(conflict(plan(IDLE, narrowed))).contains("`" + OWN + "`", "`+@read ~cache:*`", "widen");
    }

    @Test
    void narrowedAccessOfOthersIsAConflictWhetherItSucceededOrFailed() {
        for (ProvisioningState state : List.of(ProvisioningState.Succeeded, ProvisioningState.Failed)) {
            Assignment narrowed = assignment("by-hand", Access.restricted("+get"), state);
            assertThat(conflict(plan(IDLE, narrowed))).as(state.name()).contains("`by-hand`", "`+get`");
        }
    }

    @Test
    void aFailureOfUnknownAccessIsAConflictAndOfFullAccessIsNot() {
        for (String name : List.of(OWN, "leftover")) {
            for (ProvisioningState state : List.of(ProvisioningState.Failed, ProvisioningState.Canceled)) {
                assertThat(conflict(plan(IDLE, assignment(name, Access.unknown(), state))))
                        .contains("`" + name + "`", "`" + state + "`", "does not show");
                assertThat(plan(IDLE, assignment(name, Access.full(), state))).isEqualTo(new AssignmentPlan.Create());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"Creating", "Updating", "Deleting", "Unknown"})
    void theLaneFollowsToItsEndWhatMovesUnderOurName(ProvisioningState state) {
        assertThat(plan(IDLE, assignment(OWN, Access.unknown(), state))).isEqualTo(new AssignmentPlan.Create());
    }

    @ParameterizedTest
    @EnumSource(names = {"Creating", "Updating", "Deleting", "Unknown"})
    void whatMovesUnderAnotherNameIsAwaited(ProvisioningState state) {
        var wait = (AssignmentPlan.Wait) plan(IDLE, assignment("by-terraform", Access.unknown(), state));
        assertThat(wait.finding().reason()).isEqualTo(Reason.GRANTING_ACCESS);
        assertThat(wait.finding().message()).contains("`by-terraform`", "`" + state + "`");
    }

    @Test
    void waitsForTheLane() {
        assertThat(reason(plan(new LaneState.Pending(LaneState.Kind.GRANT)))).isEqualTo(Reason.GRANTING_ACCESS);
        Assignment own = assignment(OWN, Access.full(), ProvisioningState.Succeeded);
        assertThat(reason(plan(new LaneState.Pending(LaneState.Kind.REVOKE), own)))
                .isEqualTo(Reason.REVOKING_ACCESS);
    }

    @Test
    void looksAgainWhereARevocationFailedAndMayHaveBeenTaken() {
        Assignment own = assignment(OWN, Access.full(), ProvisioningState.Succeeded);
        var failed = new LaneState.Failed(LaneState.Kind.REVOKE, Problem.of(Reason.AZURE_UNAVAILABLE, "503"));
        assertThat(plan(failed, own)).isEqualTo(new AssignmentPlan.Create());
    }

    @Test
    void reportsWhyTheLaneFailedUnlessTheAccessIsThereByNow() {
        var failed = new LaneState.Failed(LaneState.Kind.GRANT, Problem.of(Reason.AZURE_FORBIDDEN, "no role"));
        assertThat(reason(plan(failed))).isEqualTo(Reason.AZURE_FORBIDDEN);
        assertThat(plan(failed, assignment(OWN, Access.unknown(), ProvisioningState.Succeeded)))
                .isInstanceOf(AssignmentPlan.Keep.class);
    }

    @Test
    void aRuleIsCreatedAndKeptInAnySpelling() {
        assertThat(plan(READ, IDLE)).isEqualTo(new AssignmentPlan.Create());
        Assignment own = assignment(OWN, Access.restricted("  +@read   ~shop:* "), ProvisioningState.Succeeded);
        assertThat(plan(READ, IDLE, own)).isEqualTo(new AssignmentPlan.Keep(own, AssignmentOrigin.CREATED));
        Assignment other = assignment("by-hand", Access.restricted("+@read ~shop:*"), ProvisioningState.Succeeded);
        assertThat(plan(READ, IDLE, other)).isEqualTo(new AssignmentPlan.Keep(other, AssignmentOrigin.ADOPTED));
    }

    @Test
    void ourOwnIsSetToTheRuleWhateverItGrants() {
        for (Access access : List.of(Access.full(), Access.restricted("+get ~a"), Access.restricted("nonsense"))) {
            for (ProvisioningState state : List.of(ProvisioningState.Succeeded, ProvisioningState.Failed)) {
                Assignment own = assignment(OWN, access, state);
                assertThat(plan(READ, IDLE, own)).isEqualTo(new AssignmentPlan.Update(own));
            }
        }
    }

    @Test
    void anAssignmentOfOthersIsNeverChangedAndBothStringsAreReported() {
        for (Access access : List.of(Access.full(), Access.restricted("+get ~a"))) {
            String message = conflict(
                    plan(READ, IDLE, assignment("by-hand", access, ProvisioningState.Succeeded)),
                    Reason.ASSIGNMENT_CONFLICT);
            assertThat(message).contains("`by-hand`", "`" + access.text() + "`", "`+@read ~shop:*`");
        }
    }

    @Test
    void anAccessThatAzureHidesIsNeitherEnoughNorReplaced() {
        for (String name : List.of(OWN, "by-hand")) {
            Assignment hidden = assignment(name, Access.unknown(), ProvisioningState.Succeeded);
            assertThat(conflict(plan(READ, IDLE, hidden), Reason.PREVIEW_API_REFUSED))
                    .contains("`" + name + "`", "may be more");
        }
    }

    @Test
    void aRuleThatAzureRefusesIsNotTriedAgainAndAnotherOneIs() {
        var refused = new Assignment(
                OWN,
                Optional.of(ME),
                Access.restricted("+@read ~shop:*"),
                ProvisioningState.Failed,
                Optional.empty(),
                Optional.of("unknown command"));
        assertThat(conflict(plan(READ, IDLE, refused), Reason.ACCESS_STRING_INVALID))
                .contains("`unknown command`", "`+@read ~shop:*`");
        assertThat(plan(WantedAccess.of(AccessString.of("+get ~a").orElseThrow()), IDLE, refused))
                .isEqualTo(new AssignmentPlan.Update(refused));
    }

    @Test
    void fullAccessReplacesOnlyRulesThatTheOperatorMayHaveWritten() {
        Assignment own = assignment(OWN, Access.restricted("+@read ~shop:*"), ProvisioningState.Succeeded);
        assertThat(plan(WantedAccess.fullInsteadOf(Set.of(READ.rule().orElseThrow())), IDLE, own))
                .isEqualTo(new AssignmentPlan.Update(own));
        Assignment narrowed = assignment(OWN, Access.restricted("+get ~x"), ProvisioningState.Succeeded);
        assertThat(conflict(
                        plan(WantedAccess.fullInsteadOf(Set.of(READ.rule().orElseThrow())), IDLE, narrowed),
                        Reason.ASSIGNMENT_CONFLICT))
                .contains("widen");
    }

    /** Azure may have accepted a change whose answer was lost: what was read before it does not count. */
    @Test
    void aFailedChangeMayHaveChangedTheAccess() {
        Assignment own = assignment(OWN, Access.restricted("+@read ~shop:*"), ProvisioningState.Succeeded);
        var failed = new LaneState.Failed(LaneState.Kind.GRANT, Problem.of(Reason.AZURE_UNAVAILABLE, "503"));
        assertThat(reason(plan(READ, failed, own))).isEqualTo(Reason.AZURE_UNAVAILABLE);
    }

    private static AssignmentPlan plan(WantedAccess wanted, LaneState lane, Assignment... assignments) {
        return AssignmentPlanner.plan(ME, wanted, new Inventory(NOW, List.of(assignments)), lane, MARK);
    }

    private static Reason reason(AssignmentPlan plan) {
        return ((AssignmentPlan.Wait) plan).finding().reason();
    }

    private static String conflict(AssignmentPlan plan) {
        return conflict(plan, Reason.ASSIGNMENT_CONFLICT);
    }

    private static String conflict(AssignmentPlan plan, Reason reason) {
        Problem problem = ((AssignmentPlan.Conflict) plan).problem();
        assertThat(problem.reason()).isEqualTo(reason);
        MessageForm.assertKept(problem.message());
        return problem.message();
    }

    private static AssignmentPlan plan(LaneState lane, Assignment... assignments) {
        return AssignmentPlanner.plan(ME, WantedAccess.full(), new Inventory(NOW, List.of(assignments)), lane, MARK);
    }

    private static Assignment assignment(String name, Access access, ProvisioningState state) {
        return new Assignment(name, Optional.of(ME), access, state, Optional.empty());
    }
}
