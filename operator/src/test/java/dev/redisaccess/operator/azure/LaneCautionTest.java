package dev.redisaccess.operator.azure;

import static dev.redisaccess.operator.azure.Samples.ALICE;
import static dev.redisaccess.operator.azure.Samples.BOB;
import static dev.redisaccess.operator.azure.Samples.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Access;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.DatabaseSnapshot;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.ProvisioningState;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a lane does not do, though it was requested. */
class LaneCautionTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AzureSide side = new AzureSide().watching(ORDERS);

    @Test
    void neverDeletesOurNameOnAnotherPrincipal() {
        side.azure.put(ORDERS, Samples.named(Samples.name(ALICE), BOB));
        side.access.revoke(ORDERS, ALICE, Samples.name(ALICE), () -> true);
        side.advance(MINUTE);
        assertThat(side.azure.count("delete")).isZero();
        assertThat(side.lane(ALICE)).isEqualTo(new LaneState.Idle());
    }

    @Test
    void neverDeletesWhatHasNoMark() {
        side.azure.put(ORDERS, Samples.named(ALICE.value(), ALICE));
        side.access.revoke(ORDERS, ALICE, ALICE.value(), () -> true);
        side.advance(MINUTE);
        assertThat(side.azure.count("delete")).isZero();
    }

    @Test
    void deletesExcessWhoeverCreatedIt() {
        side.azure.put(ORDERS, Samples.named("by-hand", ALICE));
        side.access.revokeExcess(ORDERS, ALICE, "by-hand", () -> true);
        side.advance(MINUTE);
        assertThat(side.azure.truth(ORDERS, "by-hand")).isEmpty();
    }

    @Test
    void leavesExcessThatIsExplainedNow() {
        side.azure.put(ORDERS, Samples.named("by-hand", ALICE));
        side.access.revokeExcess(ORDERS, ALICE, "by-hand", () -> false);
        side.advance(MINUTE);
        assertThat(side.azure.count("delete")).isZero();
    }

    /** Another client may have narrowed it since the last inventory. */
    @Test
    void asksAgainWithWhatItHasReadBeforeItDeletesExcess() {
        Assignment narrowed = new Assignment(
                "by-hand",
                Optional.of(ALICE),
                Access.restricted("+@read ~a"),
                ProvisioningState.Succeeded,
                Optional.empty());
        side.azure.put(ORDERS, Samples.named("by-hand", ALICE));
        side.access.watch(ORDERS, Duration.ofMinutes(5));
        side.advance(Duration.ofSeconds(1));
        side.azure.put(ORDERS, narrowed);
        side.access.revokeExcess(ORDERS, ALICE, "by-hand", () -> side.access
                .snapshot(ORDERS)
                .flatMap(DatabaseSnapshot::inventory)
                .filter(inventory -> inventory.assignments().stream()
                        .anyMatch(each -> each.access().equals(narrowed.access())))
                .isEmpty());
        side.advance(MINUTE);
        assertThat(side.azure.count("delete")).isZero();
    }

    @Test
    void leavesExcessThatIsForAnotherPrincipalNow() {
        side.azure.put(ORDERS, Samples.named("by-hand", BOB));
        side.access.revokeExcess(ORDERS, ALICE, "by-hand", () -> true);
        side.advance(MINUTE);
        assertThat(side.azure.count("delete")).isZero();
    }

    @Test
    void leavesWhatAnotherInstallationCreated() {
        String name = OwnerMark.of("another installation").assignmentName(ALICE);
        side.azure.put(ORDERS, Samples.named(name, ALICE));
        side.access.revokeExcess(ORDERS, ALICE, name, () -> true);
        side.advance(MINUTE);
        assertThat(side.azure.count("delete")).isZero();
    }

    /** Unlike what has our mark, which may exist though Azure does not find it yet. */
    @Test
    void leavesExcessThatAzureDoesNotFind() {
        side.access.revokeExcess(ORDERS, ALICE, "by-hand", () -> true);
        side.advance(MINUTE);
        assertThat(side.azure.count("delete")).isZero();
    }

    @Test
    void leavesExcessThatAzureIsChanging() {
        side.azure.put(ORDERS, Samples.named("by-hand", ALICE).as(ProvisioningState.Updating, Optional.empty()));
        side.access.revokeExcess(ORDERS, ALICE, "by-hand", () -> true);
        side.advance(MINUTE);
        assertThat(side.azure.count("delete")).isZero();
    }

    /** Made after the last inventory: 5 refused requests and five minutes, before. */
    @Test
    void adoptsAtOnceWhatWasMadeAfterTheLastInventory() {
        side.advance(MINUTE);
        side.azure.put(ORDERS, Samples.named("by-terraform", ALICE));
        side.access.grant(ORDERS, ALICE, Samples::full);
        side.workers.settle();
        assertThat(side.azure.count("create")).isZero();
        assertThat(side.known(ALICE).orElseThrow().name()).isEqualTo("by-terraform");
        assertThat(side.lane(ALICE)).isEqualTo(new LaneState.Idle());
    }

    @Test
    void readsAgainBeforeItTriesAgainWhatAzureRefused() {
        side.azure.fail("create", Problem.of(Reason.AZURE_REQUEST_REFUSED, "400"));
        long lists = side.azure.count("list");
        side.access.grant(ORDERS, ALICE, Samples::full);
        side.azure.put(ORDERS, Samples.named("by-terraform", ALICE)); // within the 30 s in which it is not read again
        side.workers.settle();
        assertThat(side.azure.count("create")).isEqualTo(1);
        assertThat(side.azure.count("list")).isEqualTo(lists + 1);
        assertThat(side.lane(ALICE)).isEqualTo(new LaneState.Idle());
        assertThat(side.known(ALICE).orElseThrow().name()).isEqualTo("by-terraform");
    }

    @Test
    void namesTheLeftoverForWhichAzureRefusesOurs() {
        side.azure.put(ORDERS, Samples.named("leftover", ALICE).as(ProvisioningState.Failed, Optional.empty()));
        side.azure.fail("create", Problem.of(Reason.AZURE_REQUEST_REFUSED, "Azure refuses the request (400)."));
        side.access.grant(ORDERS, ALICE, Samples::full);
        side.advance(Duration.ofSeconds(5));
        assertThat(side.lane(ALICE)).isInstanceOfSatisfying(LaneState.Failed.class, failed -> {
            assertThat(failed.problem().reason()).isEqualTo(Reason.ASSIGNMENT_CONFLICT);
            assertThat(failed.problem().message())
                    .contains("`leftover`", "`Failed`", "Azure refuses the request (400)");
        });
    }

    /** The plan and the lane agree by construction; if they did not, requests would still not follow each other at once. */
    @Test
    void aGrantThatChangesNothingIsRepeatedEverLessOften() {
        int[] grants = {0};
        side.access.listen((database, concerned) -> {
            grants[0]++;
            side.access.grant(ORDERS, ALICE, Optional::empty);
        });
        side.access.grant(ORDERS, ALICE, Optional::empty);
        side.advance(Duration.ofHours(1));
        assertThat(grants[0]).isBetween(5, 40);
    }

    @Test
    void anUpdateThatAzureEndsAsFailedAfterARestartIsNotRepeatedWhereAzureHidesItsAccess() {
        side.azure.put(
                ORDERS,
                new Assignment(
                        Samples.name(ALICE),
                        Optional.of(ALICE),
                        Access.unknown(),
                        ProvisioningState.Failed,
                        Optional.empty()));
        side.access.grant(ORDERS, ALICE, Samples::full);
        side.advance(MINUTE);
        assertThat(side.azure.count("create")).isZero();
    }

    /** Otherwise a binding would count as revoked because nothing of it is visible. */
    @Test
    void aRevocationBehindAThrottledCreationIsPending() {
        side.azure.fail("create", Problem.of(Reason.AZURE_THROTTLED, "429").retryAfter(Duration.ofSeconds(20)));
        side.access.grant(ORDERS, ALICE, Samples::full);
        side.workers.settle();
        side.access.revoke(ORDERS, ALICE, Samples.name(ALICE), () -> true);
        assertThat(side.lane(ALICE)).isInstanceOfSatisfying(LaneState.Pending.class, queued -> assertThat(queued.kind())
                .isEqualTo(LaneState.Kind.REVOKE));
    }

    @Test
    void evaluatesWantedRightBeforeItCreates() {
        int[] evaluations = {0};
        side.access.grant(ORDERS, ALICE, () -> Samples.full()
                .filter(any -> evaluations[0]++ == 0)); // deleted while the lane looked
        side.advance(MINUTE);
        assertThat(side.azure.count("create")).isZero();
    }
}
