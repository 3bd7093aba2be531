package dev.redisaccess.operator.azure;

import static dev.redisaccess.operator.azure.Samples.ALICE;
import static dev.redisaccess.operator.azure.Samples.BOB;
import static dev.redisaccess.operator.azure.Samples.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Access;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.LaneState.Kind;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.ProvisioningState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a lane does, and in which order, while Azure does its part. */
class LaneTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AzureSide side = new AzureSide().watching(ORDERS);

    @Test
    void createsOneAfterTheOtherSoThatNoneFails() {
        for (int i = 1; i <= 20; i++) {
            side.access.grant(ORDERS, Samples.principal(i), Samples::full);
        }
        side.advance(Duration.ofMinutes(5));
        for (int i = 1; i <= 20; i++) {
            assertThat(side.known(Samples.principal(i)).orElseThrow().state()).isEqualTo(ProvisioningState.Succeeded);
        }
        assertThat(side.failures).isEmpty();
        assertThat(side.azure.count("create")).isEqualTo(20);
    }

    @Test
    void staysWithinATenthOfAzuresOwnTimeForAQueue() {
        int bindings = 50;
        for (int i = 1; i <= bindings; i++) {
            side.access.grant(ORDERS, Samples.principal(i), Samples::full);
        }
        Duration budget =
                side.azure.createTakes.multipliedBy(bindings).multipliedBy(11).dividedBy(10);
        side.advance(budget);
        assertThat(side.succeeded).containsEntry(Kind.GRANT, bindings);
    }

    @Test
    void findsWithinASecondThatAzureSucceeded() {
        for (int millis = 400; millis <= 14_000; millis += 100) {
            AzureSide fresh = new AzureSide().watching(ORDERS);
            fresh.azure.createTakes = Duration.ofMillis(millis);
            fresh.access.grant(ORDERS, ALICE, Samples::full);
            fresh.advance(MINUTE);
            Instant ended = fresh.azure.endedAt(ORDERS, Samples.name(ALICE));
            Instant known = fresh.known(ALICE).orElseThrow().succeededAt().orElseThrow();
            assertThat(Duration.between(ended, known))
                    .as("took %d ms", millis)
                    .isLessThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void anOperationIsPendingUntilItHasEnded() {
        assertThat(side.lane(ALICE)).isEqualTo(new LaneState.Idle());
        side.access.grant(ORDERS, ALICE, Samples::full);
        side.access.grant(ORDERS, BOB, Samples::full);
        assertThat(side.lane(ALICE)).isEqualTo(new LaneState.Pending(Kind.GRANT));
        side.workers.settle();
        assertThat(side.known(ALICE).orElseThrow().state()).isEqualTo(ProvisioningState.Creating);
        side.advance(Duration.ofSeconds(10));
        assertThat(side.lane(ALICE)).isEqualTo(new LaneState.Idle());
        assertThat(side.lane(BOB)).isEqualTo(new LaneState.Pending(Kind.GRANT));
    }

    @Test
    void notifiesTheListenerWhenAnOperationBeginsAndEnds() {
        side.access.grant(ORDERS, ALICE, Samples::full);
        side.advance(MINUTE);
        assertThat(side.notifications)
                .containsExactly(
                        new AzureSide.Notification(ORDERS, Set.of(ALICE)),
                        new AzureSide.Notification(ORDERS, Set.of(ALICE)));
    }

    @Test
    void takesTheSameGrantOnce() {
        side.access.grant(ORDERS, ALICE, Samples::full);
        side.access.grant(ORDERS, ALICE, Samples::full);
        side.workers.settle();
        side.access.grant(ORDERS, ALICE, Samples::full);
        side.advance(MINUTE);
        assertThat(side.azure.count("create")).isEqualTo(1);
    }

    @Test
    void leavesAnAssignmentThatHasComeMeanwhile() {
        side.azure.put(ORDERS, Samples.assignment(ALICE, ProvisioningState.Succeeded));
        side.access.grant(ORDERS, ALICE, Samples::full);
        side.advance(MINUTE);
        assertThat(side.azure.count("create")).isZero();
        assertThat(side.known(ALICE)).isPresent();
        assertThat(side.lane(ALICE)).isEqualTo(new LaneState.Idle());
    }

    @Test
    void neverWidensACustomAccessString() {
        side.azure.put(ORDERS, Samples.readOnly(ALICE));
        side.access.grant(ORDERS, ALICE, Samples::full);
        side.advance(MINUTE);
        assertThat(side.azure.count("create")).isZero();
        assertThat(side.known(ALICE).orElseThrow().access().usable()).isFalse();
    }

    @Test
    void neverOverwritesANameThatGrantsToAnotherPrincipal() {
        side.azure.put(ORDERS, Samples.named(Samples.name(ALICE), BOB));
        side.access.grant(ORDERS, ALICE, Samples::full);
        side.advance(Duration.ofSeconds(5));
        assertThat(side.azure.count("create")).isZero();
    }

    @Test
    void deletesAndConfirms() {
        side.azure.put(ORDERS, Samples.assignment(ALICE, ProvisioningState.Succeeded));
        side.advance(AzureSide.PERIOD);
        side.access.revoke(ORDERS, ALICE, Samples.name(ALICE), () -> true);
        side.workers.settle();
        assertThat(side.known(ALICE).orElseThrow().state()).isEqualTo(ProvisioningState.Deleting);
        assertThat(side.lane(ALICE)).isInstanceOf(LaneState.Pending.class);
        side.advance(Duration.ofSeconds(8));
        assertThat(side.known(ALICE)).isEmpty();
        assertThat(side.lane(ALICE)).isEqualTo(new LaneState.Idle());
        assertThat(side.succeeded).containsEntry(Kind.REVOKE, 1);
    }

    @Test
    void evaluatesUnusedBeforeItDeletes() {
        boolean[] unused = {true};
        side.azure.put(ORDERS, Samples.assignment(ALICE, ProvisioningState.Succeeded));
        side.access.grant(ORDERS, BOB, Samples::full);
        side.access.revoke(ORDERS, ALICE, Samples.name(ALICE), () -> unused[0]);
        side.advance(Duration.ofSeconds(5));
        unused[0] = false;
        side.advance(MINUTE);
        assertThat(side.azure.count("delete")).isZero();
        assertThat(side.lane(ALICE)).isEqualTo(new LaneState.Idle());
    }

    @Test
    void treatsAMissingAssignmentAsDeleted() {
        side.access.revoke(ORDERS, ALICE, Samples.name(ALICE), () -> true);
        side.azure.fail("delete", Problem.of(Reason.AZURE_RESOURCE_NOT_FOUND, "no such cluster"));
        side.workers.settle();
        assertThat(side.lane(ALICE)).isEqualTo(new LaneState.Idle());
        side.access.revoke(ORDERS, BOB, Samples.name(BOB), () -> true);
        side.workers.settle();
        assertThat(side.lane(BOB)).isEqualTo(new LaneState.Idle());
        assertThat(side.notifications).hasSize(2);
    }

    @Test
    void keepsTheOrderOfOnePrincipal() {
        side.azure.put(ORDERS, Samples.assignment(ALICE, ProvisioningState.Succeeded));
        side.access.revoke(ORDERS, ALICE, Samples.name(ALICE), () -> true);
        side.access.grant(ORDERS, ALICE, Samples::full);
        side.advance(MINUTE);
        assertThat(side.azure.calls().stream().filter(call -> call.startsWith("create") || call.startsWith("delete")))
                .containsExactly("delete " + Samples.name(ALICE), "create " + ALICE);
        assertThat(side.known(ALICE).orElseThrow().state()).isEqualTo(ProvisioningState.Succeeded);
    }

    @Test
    void followsWhatARestartFoundUnderWayBeforeItChangesAnything() {
        AzureSide restarted = new AzureSide();
        restarted.azure.putMoving(ORDERS, Samples.assignment(ALICE, ProvisioningState.Creating), Duration.ofSeconds(6));
        restarted.access.watch(ORDERS, AzureSide.PERIOD);
        restarted.workers.settle();
        assertThat(restarted.lane(ALICE)).isInstanceOf(LaneState.Pending.class);
        restarted.access.grant(ORDERS, BOB, Samples::full);
        restarted.access.grant(ORDERS, ALICE, Samples::full);
        restarted.advance(MINUTE);
        assertThat(restarted.azure.count("create")).isEqualTo(1);
        Assignment known = restarted.known(ALICE).orElseThrow();
        assertThat(known.state()).isEqualTo(ProvisioningState.Succeeded);
        assertThat(known.succeededAt()).isPresent();
        assertThat(restarted.known(BOB).orElseThrow().state()).isEqualTo(ProvisioningState.Succeeded);
        assertThat(restarted.failures).isEmpty();
    }

    /** The name that is ours for Alice grants to Bob: Alice's binding also waits for the end of its operation. */
    @Test
    void notifiesThePrincipalInTheNameOfAFollowedAssignment() {
        AzureSide other = new AzureSide();
        Assignment taken = Samples.named(Samples.name(ALICE), BOB).as(ProvisioningState.Updating, Optional.empty());
        other.azure.putMoving(ORDERS, taken, Duration.ofSeconds(6));
        other.access.watch(ORDERS, AzureSide.PERIOD);
        other.workers.settle();
        other.notifications.clear();
        other.advance(Duration.ofSeconds(20));
        assertThat(other.notifications).isNotEmpty().allSatisfy(notification -> assertThat(notification.concerned())
                .containsExactlyInAnyOrder(ALICE, BOB));
    }

    @Test
    void finishesWhatIsInTheLaneOfAForgottenDatabaseAndThenDropsIt() {
        side.azure.put(ORDERS, Samples.assignment(ALICE, ProvisioningState.Succeeded));
        side.access.revoke(ORDERS, ALICE, Samples.name(ALICE), () -> true);
        side.access.grant(ORDERS, BOB, Samples::full);
        side.access.forget(ORDERS);
        assertThat(side.access.snapshot(ORDERS)).isEmpty();
        side.advance(Duration.ofMinutes(2));
        assertThat(side.azure.truth(ORDERS, Samples.name(ALICE))).isEmpty();
        assertThat(side.azure.truth(ORDERS, Samples.name(BOB))).isPresent();
        assertThat(side.access.size()).isZero();
        assertThat(side.workers.waiting()).isZero();
    }

    @Test
    void createsWithARuleAndChangesItInPlace() {
        side.access.grant(ORDERS, ALICE, () -> Samples.rule("+@read ~shop:*"));
        side.advance(MINUTE);
        assertThat(side.known(ALICE).orElseThrow().access()).isEqualTo(Access.restricted("+@read ~shop:*"));
        side.access.grant(ORDERS, ALICE, () -> Samples.rule("+@write ~shop:*"));
        side.advance(MINUTE);
        assertThat(side.known(ALICE).orElseThrow().access()).isEqualTo(Access.restricted("+@write ~shop:*"));
        assertThat(side.azure.count("create")).isEqualTo(1);
        assertThat(side.azure.count("update")).isEqualTo(1);
        assertThat(side.azure.count("delete")).isZero();
        assertThat(side.failures).isEmpty();
    }

    @Test
    void writesTheRuleOfTheMomentAndNotOfTheRequest() {
        String[] rule = {"+@read ~a:*"};
        side.access.grant(ORDERS, BOB, Samples::full);
        side.access.grant(ORDERS, ALICE, () -> Samples.rule(rule[0]));
        rule[0] = "+@read ~b:*";
        side.advance(MINUTE);
        assertThat(side.azure.truth(ORDERS, Samples.name(ALICE)).orElseThrow().access())
                .isEqualTo(Access.restricted("+@read ~b:*"));
        assertThat(side.azure.count("create " + ALICE.value())).isEqualTo(1);
    }

    @Test
    void aRuleThatAzureRefusesIsWrittenOnce() {
        side.azure.refused.put("+nosuch ~a", "Unknown command or category name in ACL");
        side.access.grant(ORDERS, ALICE, () -> Samples.rule("+nosuch ~a"));
        side.advance(Duration.ofMinutes(10));
        assertThat(side.azure.count("create")).isEqualTo(1);
        assertThat(side.lane(ALICE)).isEqualTo(new LaneState.Idle());
        assertThat(side.known(ALICE).orElseThrow().refusal()).contains("Unknown command or category name in ACL");
        side.access.grant(ORDERS, ALICE, () -> Samples.rule("+@read ~a"));
        side.advance(MINUTE);
        assertThat(side.known(ALICE).orElseThrow().access()).isEqualTo(Access.restricted("+@read ~a"));
    }

    /** If Azure kept another string than the written one, the same write again at once would never end. */
    @Test
    void waitsLongerAndLongerWhereAzureKeepsAnotherString() {
        side.azure.spelled.put("+@read ~a", "+@read ~a resetchannels");
        for (int second = 0; second < 600; second++) {
            if (side.lane(ALICE) instanceof LaneState.Idle) {
                side.access.grant(ORDERS, ALICE, () -> Samples.rule("+@read ~a"));
            }
            side.advance(Duration.ofSeconds(1));
        }
        assertThat(side.azure.count("create") + side.azure.count("update")).isBetween(2L, 12L);
    }
}
