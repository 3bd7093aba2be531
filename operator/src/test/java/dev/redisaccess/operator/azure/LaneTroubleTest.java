package dev.redisaccess.operator.azure;

import static dev.redisaccess.operator.azure.Samples.ALICE;
import static dev.redisaccess.operator.azure.Samples.BOB;
import static dev.redisaccess.operator.azure.Samples.CAROL;
import static dev.redisaccess.operator.azure.Samples.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.LaneState.Kind;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.ProvisioningState;
import dev.redisaccess.operator.binding.port.LaneLoad;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a lane does when Azure refuses, is busy, throttles, or does not respond: it retries, and delays no other operation. */
class LaneTroubleTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AzureSide side = new AzureSide().watching(ORDERS);

    @Test
    void createsAgainWhatAConcurrentWriterBrokeAndLetsOthersPassMeanwhile() {
        side.access.grant(ORDERS, ALICE, Samples::full);
        side.workers.settle();
        // Another client's change of the same database, two seconds later: both end as Failed.
        side.advance(Duration.ofSeconds(2));
        side.azure.writeAssignment(ORDERS, Samples.name(CAROL), CAROL, Optional.empty());
        side.access.grant(ORDERS, BOB, Samples::full);
        side.advance(Duration.ofSeconds(20));
        assertThat(side.lane(ALICE)).isInstanceOfSatisfying(LaneState.Failed.class, failed -> {
            assertThat(failed.problem().reason()).isEqualTo(Reason.ASSIGNMENT_FAILED);
        });
        side.advance(Duration.ofMinutes(3));
        assertThat(side.known(BOB).orElseThrow().state()).isEqualTo(ProvisioningState.Succeeded);
        assertThat(side.known(ALICE).orElseThrow().state()).isEqualTo(ProvisioningState.Succeeded);
        assertThat(side.lane(ALICE)).isEqualTo(new LaneState.Idle());
    }

    @Test
    void waitsWhileAnotherOperationIsInProgress() {
        side.azure.fail("create", busy(), busy());
        side.access.grant(ORDERS, ALICE, Samples::full);
        side.workers.settle();
        assertThat(side.lane(ALICE)).isInstanceOf(LaneState.Failed.class);
        side.advance(Duration.ofSeconds(30));
        assertThat(side.azure.count("create")).isEqualTo(3);
        assertThat(side.known(ALICE).orElseThrow().state()).isEqualTo(ProvisioningState.Succeeded);
        assertThat(side.failures).isEmpty();
    }

    @Test
    void triesARefusedOperationAtDoublingIntervalsAndLetsOthersPass() {
        Problem forbidden = Problem.of(Reason.AZURE_FORBIDDEN, "no role");
        side.azure.fail("create", forbidden, forbidden, forbidden);
        side.access.grant(ORDERS, ALICE, Samples::full);
        side.workers.settle();
        assertThat(side.lane(ALICE)).isEqualTo(new LaneState.Failed(Kind.GRANT, forbidden));
        assertThat(side.azure.count("create")).isEqualTo(1);
        side.advance(Duration.ofSeconds(10));
        assertThat(side.azure.count("create")).isEqualTo(2);
        side.advance(Duration.ofSeconds(19));
        assertThat(side.azure.count("create")).isEqualTo(2);
        side.advance(Duration.ofSeconds(1));
        assertThat(side.azure.count("create")).isEqualTo(3);
        side.access.grant(ORDERS, BOB, Samples::full);
        side.advance(Duration.ofSeconds(15));
        assertThat(side.known(BOB).orElseThrow().state()).isEqualTo(ProvisioningState.Succeeded);
        side.advance(MINUTE);
        assertThat(side.known(ALICE).orElseThrow().state()).isEqualTo(ProvisioningState.Succeeded);
    }

    @Test
    void pausesTheSubscriptionAndNoOtherWhenThrottled() {
        DatabaseId sameSubscription = new DatabaseId(Samples.SUBSCRIPTION, "shop", "carts");
        DatabaseId otherSubscription = new DatabaseId("22222222-2222-2222-2222-222222222222", "shop", "stock");
        side.azure.fail("create", Problem.of(Reason.AZURE_THROTTLED, "429").retryAfter(Duration.ofSeconds(40)));
        side.access.grant(ORDERS, ALICE, Samples::full);
        side.workers.settle();
        side.access.grant(sameSubscription, ALICE, Samples::full);
        side.access.grant(otherSubscription, ALICE, Samples::full);
        side.advance(Duration.ofSeconds(39));
        assertThat(side.azure.truth(sameSubscription, Samples.name(ALICE))).isEmpty();
        assertThat(side.azure.truth(otherSubscription, Samples.name(ALICE))).isPresent();
        assertThat(side.azure.count("create")).isEqualTo(2);
        side.advance(Duration.ofSeconds(15));
        assertThat(side.azure.truth(sameSubscription, Samples.name(ALICE))).isPresent();
        assertThat(side.known(ALICE).orElseThrow().state()).isEqualTo(ProvisioningState.Succeeded);
    }

    @Test
    void reportsHowManyOperationsRunAndWait() {
        assertThat(side.access.load()).isEqualTo(LaneLoad.NONE);
        side.azure.fail("create", Problem.of(Reason.AZURE_FORBIDDEN, "no role"));
        side.access.grant(ORDERS, ALICE, Samples::full);
        side.workers.settle();
        side.access.grant(ORDERS, BOB, Samples::full);
        side.access.grant(ORDERS, CAROL, Samples::full);
        side.workers.settle();
        // Of Alice the retry, of Bob what Azure works on, of Carol what is behind it.
        assertThat(side.access.load()).isEqualTo(new LaneLoad(1, 1, 1, 0));

        side.azure.fail("create", Problem.of(Reason.AZURE_THROTTLED, "later"));
        side.advance(Duration.ofSeconds(9));
        assertThat(side.access.load().pausedSubscriptions()).isEqualTo(1);
        side.advance(Duration.ofMinutes(10));
        assertThat(side.access.load()).isEqualTo(LaneLoad.NONE);
    }

    @Test
    void continuesToPollWhileAzureDoesNotRespond() {
        side.access.grant(ORDERS, ALICE, Samples::full);
        side.workers.settle();
        Problem gone = FakeControlPlane.unavailable();
        side.azure.fail("read", gone, gone, gone, gone);
        side.access.grant(ORDERS, BOB, Samples::full);
        side.advance(Duration.ofSeconds(40));
        assertThat(side.failures).isEmpty();
        assertThat(side.known(ALICE).orElseThrow().state()).isEqualTo(ProvisioningState.Succeeded);
        assertThat(side.azure.truth(ORDERS, Samples.name(BOB)).orElseThrow().state())
                .isEqualTo(ProvisioningState.Succeeded);
    }

    @Test
    void reportsThatAzureDoesNotRespondWhenItLasts() {
        side.access.grant(ORDERS, ALICE, Samples::full);
        side.workers.settle();
        Problem gone = FakeControlPlane.unavailable();
        side.azure.fail("read", gone, gone, gone, gone);
        side.advance(Duration.ofSeconds(2));
        assertThat(side.lane(ALICE)).isInstanceOf(LaneState.Pending.class);
        side.advance(Duration.ofSeconds(3));
        assertThat(side.lane(ALICE))
                .isInstanceOfSatisfying(LaneState.Failed.class, failed -> assertThat(failed.problem())
                        .isEqualTo(gone));
        side.advance(Duration.ofSeconds(20));
        assertThat(side.lane(ALICE)).isEqualTo(new LaneState.Idle());
        assertThat(side.notifications).as("begins, does not respond, has ended").hasSize(3);
        assertThat(side.azure.count("create")).isEqualTo(1);
    }

    @Test
    void revokesAtOnceWhatCouldNotBeGranted() {
        side.azure.fail("create", Problem.of(Reason.AZURE_FORBIDDEN, "no role"));
        side.access.grant(ORDERS, ALICE, Samples::full);
        side.workers.settle();
        side.access.revoke(ORDERS, ALICE, Samples.name(ALICE), () -> true);
        side.workers.settle();
        assertThat(side.lane(ALICE)).isEqualTo(new LaneState.Idle());
        side.advance(Duration.ofMinutes(5));
        assertThat(side.azure.count("create")).isEqualTo(1);
    }

    @Test
    void continuesWhenAnotherClientsChangeNeverEnds() {
        side.azure.putMoving(ORDERS, Samples.assignment(CAROL, ProvisioningState.Creating), Duration.ofDays(1));
        side.advance(AzureSide.PERIOD);
        side.access.grant(ORDERS, ALICE, Samples::full);
        side.advance(Duration.ofSeconds(50));
        assertThat(side.azure.count("create")).isZero();
        side.advance(Duration.ofSeconds(30));
        assertThat(side.azure.count("create")).isEqualTo(1);
    }

    @Test
    void doesNotTryAGrantForEverOnAForgottenDatabase() {
        side.azure.fail("create", Problem.of(Reason.AZURE_RESOURCE_NOT_FOUND, "no such cluster"));
        side.access.grant(ORDERS, ALICE, Samples::full);
        side.workers.settle();
        side.access.forget(ORDERS);
        side.advance(Duration.ofHours(1));
        assertThat(side.azure.count("create")).isEqualTo(1);
        assertThat(side.workers.waiting()).isZero();
    }

    @Test
    void survivesAnExceptionOfTheCaller() {
        side.access.revoke(ORDERS, ALICE, Samples.name(ALICE), () -> {
            throw new IllegalStateException("boom");
        });
        side.access.grant(ORDERS, BOB, Samples::full);
        side.advance(Duration.ofSeconds(12));
        assertThat(side.known(BOB).orElseThrow().state()).isEqualTo(ProvisioningState.Succeeded);
        assertThat(side.lane(ALICE)).isInstanceOfSatisfying(LaneState.Failed.class, failed -> assertThat(
                        failed.problem().reason())
                .isEqualTo(Reason.INTERNAL_ERROR));
    }

    @Test
    void sharesReadsAmongLanesOnlyWhenArmHasFewLeft() {
        Subscription subscription = side.subscriptions.of(Samples.SUBSCRIPTION);
        for (int i = 0; i < 50; i++) {
            subscription.enter();
        }
        assertThat(subscription.lanesToShareWith()).isEqualTo(1);
        subscription.setRemainingReads(40);
        assertThat(subscription.lanesToShareWith()).isEqualTo(50);
        side.access.grant(ORDERS, ALICE, Samples::full);
        side.advance(Duration.ofSeconds(20));
        // One before, and one some time after the expected end.
        assertThat(side.azure.count("read ")).isEqualTo(2);
        assertThat(side.known(ALICE).orElseThrow().state()).isEqualTo(ProvisioningState.Succeeded);
    }

    @Test
    void waitsForRetryAfterOfASuccessfulResponse() {
        side.subscriptions
                .of(Samples.SUBSCRIPTION)
                .setWait(ORDERS.path() + "/AccessPolicyAssignments/" + Samples.name(ALICE), Duration.ofSeconds(15));
        side.access.grant(ORDERS, ALICE, Samples::full);
        side.advance(Duration.ofSeconds(14));
        assertThat(side.azure.count("read ")).isEqualTo(1);
        side.advance(Duration.ofSeconds(1));
        assertThat(side.azure.count("read ")).isEqualTo(2);
    }

    private static Problem busy() {
        return Problem.of(Reason.ASSIGNMENT_FAILED, "Another operation is in progress");
    }
}
