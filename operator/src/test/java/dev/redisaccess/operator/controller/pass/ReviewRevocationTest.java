package dev.redisaccess.operator.controller.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.AccessReportPage;
import dev.redisaccess.operator.api.Acknowledgement;
import dev.redisaccess.operator.api.AllowedNamespaces;
import dev.redisaccess.operator.api.AssignmentKind;
import dev.redisaccess.operator.api.DatabaseAccessSpec;
import dev.redisaccess.operator.api.ExcessPolicy;
import dev.redisaccess.operator.api.FullAccess;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RevocationLimits;
import dev.redisaccess.operator.binding.Access;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.review.ReviewEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a review revokes: after which time, how much, and never what is explained. */
class ReviewRevocationTest extends ReviewFixture {

    private void revoking(int percent) {
        spec(new DatabaseAccessSpec(
                null, null, null, ExcessPolicy.REVOKE, ExcessPolicy.REVOKE, new RevocationLimits(600, percent)));
    }

    private void revokeAfterTheGracePeriod() {
        for (int i = 0; i < 3; i++) {
            pass(Duration.ofMinutes(11));
            fixture.azure.readAt = fixture.now;
            run();
        }
    }

    @Test
    void aReportThatCannotBeStoredIsTriedAgainAndNothingIsRevoked() {
        revoking(100);
        foreign(STRANGER);
        reports.down = true;
        assertThat(run().problem()).isPresent();
        pass(Duration.ofDays(1));
        fixture.azure.readAt = fixture.now;
        assertThat(run().problem()).isPresent();
        assertThat(fixture.azure.revoked).isEmpty();
        reports.down = false;
        pass(Duration.ofMinutes(1));
        assertThat(run().problem()).isEmpty();
        assertThat(reports.entries()).hasSize(1);
        assertThat(fixture.azure.revoked).as("it was not reported before").isEmpty();
    }

    /** Times of a report that a former registration of this name left, or a clock that was wrong then. */
    @Test
    void aRegistrationInheritsNoGracePeriod() {
        revoking(100);
        foreign(STRANGER);
        run();
        pass(Duration.ofDays(1));
        fixture.cluster.databases.get("orders-cache").getMetadata().setUid("created-again");
        fixture.cluster.databases.get("orders-cache").getMetadata().setCreationTimestamp(fixture.now.toString());
        for (int minute = 0; minute < 8; minute++) {
            fixture.azure.readAt = fixture.now;
            run();
            pass(Duration.ofMinutes(1));
        }
        assertThat(fixture.azure.revoked)
                .as("reported for eight of ten minutes")
                .isEmpty();

        revokeAfterTheGracePeriod();
        assertThat(fixture.azure.revoked).containsExactly("by-terraform");
    }

    /** Otherwise anybody who may edit a binding keeps access that was narrowed for everybody. */
    @Test
    void aBindingOfAProfileThatDoesNotExistKeepsAccessOnlyAsALeftover() {
        RedisAccessBinding binding = fixture.bind("orders-cache");
        fixture.makeReady(binding);
        PassFixture.profile(binding, "none-of-that-name");
        fixture.pass(binding);
        revoking(100);

        run();

        assertThat(entry(PassFixture.ORDERS.objectId()))
                .satisfies(entry -> assertThat(entry.kind()).isEqualTo(AssignmentKind.LEFTOVER))
                .satisfies(entry -> assertThat(entry.bindings()).containsExactly("shop/orders-cache"));
        revokeAfterTheGracePeriod();
        assertThat(fixture.azure.revoked)
                .containsExactly(PassFixture.MARK.assignmentName(PassFixture.ORDERS.objectId()));
    }

    @Test
    void fullAccessOfOthersIsUnmanagedWhereTheDatabaseForbidsIt() {
        fixture.azure.adoptable(PassFixture.ORDERS.objectId(), Access.full());
        RedisAccessBinding binding = fixture.bind("orders-cache");
        fixture.makeReady(binding);
        assertThat(review().count(AssignmentKind.ADOPTED)).isEqualTo(1);
        spec(new DatabaseAccessSpec(
                FullAccess.FORBIDDEN, null, null, ExcessPolicy.REVOKE, null, new RevocationLimits(600, 100)));
        fixture.azure.readAt = fixture.now;
        pass(PERIOD);
        assertThat(review().count(AssignmentKind.UNMANAGED)).isEqualTo(1);
        revokeAfterTheGracePeriod();
        assertThat(fixture.azure.revoked).containsExactly("by-terraform");
    }

    /** A tenant could else keep excess access for ever, by one more binding every few seconds. */
    @Test
    void aNewBindingEveryMinuteKeepsNoExcess() {
        revoking(100);
        foreign(STRANGER);
        for (int minute = 0; minute < 40; minute++) {
            RedisAccessBinding young = fixture.bind("new-" + minute);
            young.getMetadata().setCreationTimestamp(fixture.now.toString());
            fixture.cluster.bindings.keySet().removeIf(key -> !key.name()
                    .equals(young.getMetadata().getName()));
            fixture.azure.readAt = fixture.now;
            run();
            pass(Duration.ofMinutes(1));
        }
        assertThat(fixture.azure.revoked).containsExactly("by-terraform");
    }

    @Test
    void aBindingOfBeforeTheStartIsIdentifiedFirst() {
        revoking(100);
        foreign(STRANGER);
        fixture.bind("old").getMetadata().setCreationTimestamp("2025-01-01T00:00:00Z");
        for (int minute = 0; minute < 40; minute++) {
            fixture.azure.readAt = fixture.now;
            run();
            pass(Duration.ofMinutes(1));
        }
        assertThat(fixture.azure.revoked).isEmpty();
    }

    /** Otherwise anybody who may create a binding keeps all excess access. */
    @Test
    void aBindingThatIsNotValidKeepsNoExcess() {
        PassFixture.invalidate(fixture.bind("broken"));
        revoking(100);
        foreign(STRANGER);
        run();
        revokeAfterTheGracePeriod();
        assertThat(fixture.azure.revoked).containsExactly("by-terraform");
    }

    /** Raising the percentage would not help there. */
    @Test
    void thePercentageIsNoCauseWhereAnotherPolicyOrRegistrationIs() {
        revoking(1);
        foreign(STRANGER);
        assertThat(finding()).contains("`spec.access.revocation.percentPerHour` of 1 allows none of 1");

        fixture.cluster.whole = false;
        assertThat(finding()).doesNotContain("percentPerHour");

        fixture.cluster.whole = true;
        fixture.register("first-name", new AllowedNamespaces(List.of("shop"), null));
        assertThat(finding()).doesNotContain("percentPerHour");
    }

    private String finding() {
        pass(PERIOD);
        fixture.azure.readAt = fixture.now;
        return run().finding().orElseThrow().message();
    }

    /** A binding of another installation may have adopted it. */
    @Test
    void withoutAllNamespacesNothingOfOtherClientsIsRevoked() {
        fixture.cluster.whole = false;
        revoking(100);
        foreign(STRANGER);
        run();
        revokeAfterTheGracePeriod();
        assertThat(fixture.azure.revoked).isEmpty();
        assertThat(events).extracting(ReviewEvent::reason).contains("UnmanagedAccess");
    }

    @Test
    void revokesAfterTheGracePeriodAndRecordsItFirst() {
        revoking(100);
        foreign(STRANGER);
        run();
        pass(Duration.ofMinutes(11));
        run();
        assertThat(fixture.azure.revoked).as("within the first inventory").isEmpty();
        fixture.azure.readAt = fixture.now;
        pass(PERIOD);
        run();
        assertThat(fixture.azure.revoked).containsExactly("by-terraform");
        assertThat(reports.revocations()).hasSize(1);
        assertThat(events).extracting(ReviewEvent::reason).contains("ExcessAccessRevoked");
    }

    @Test
    void anAcknowledgementThatComesLastProtects() {
        revoking(100);
        foreign(STRANGER);
        run();
        pass(Duration.ofMinutes(11));
        fixture.azure.readAt = fixture.now;
        spec(new DatabaseAccessSpec(
                null,
                null,
                List.of(new Acknowledgement(STRANGER.value(), "export", "data", "2027-01-10")),
                ExcessPolicy.REVOKE,
                ExcessPolicy.REVOKE,
                new RevocationLimits(600, 100)));
        run();
        assertThat(fixture.azure.revoked).isEmpty();
    }

    @Test
    void theShareOfAnHourHoldsAcrossRestartsAndEdits() {
        revoking(10);
        for (int i = 0; i < 20; i++) {
            ObjectId principal = new ObjectId("99999999-0000-0000-0000-%012d".formatted(i));
            fixture.azure.assignments.put(
                    principal,
                    new dev.redisaccess.operator.binding.Assignment(
                            "by-hand" + i,
                            Optional.of(principal),
                            Access.full(),
                            dev.redisaccess.operator.binding.ProvisioningState.Succeeded,
                            Optional.empty()));
        }
        run();
        pass(Duration.ofHours(1));
        List<Integer> revoked = new ArrayList<>();
        for (int minute = 0; minute < 120; minute++) {
            if (minute % 7 == 3) {
                reviews = start();
                run();
            }
            if (minute % 11 == 5) {
                AccessReportPage page = reports.pages().get(0);
                reports.edit(
                        reports.names().get(0),
                        new AccessReportPage(
                                page.database(), page.installation(), 1, 1, null, page.entries(), page.revocations()));
            }
            pass(Duration.ofMinutes(1));
            fixture.azure.readAt = fixture.now;
            run();
            revoked.add(fixture.azure.revoked.size());
        }
        assertThat(revoked.get(59)).isEqualTo(2);
        assertThat(revoked.get(119)).isBetween(3, 4);
    }

    @Test
    void whatTheLaneHasNotBegunInTimeIsDecidedAgain() {
        revoking(100);
        foreign(STRANGER);
        fixture.azure.holdsExcess = true;
        run();
        pass(Duration.ofMinutes(11));
        run();
        fixture.azure.readAt = fixture.now;
        pass(PERIOD);
        run();
        assertThat(fixture.azure.held).hasSize(1);
        pass(Duration.ofMinutes(9));
        assertThat(fixture.azure.held.get(0).getAsBoolean()).isTrue();
        pass(Duration.ofMinutes(1));
        assertThat(fixture.azure.held.get(0).getAsBoolean()).isFalse();
    }

    @Test
    void aDatabaseRegisteredTwiceRevokesOnce() {
        revoking(100);
        foreign(STRANGER);
        fixture.register("a-second-name", new AllowedNamespaces(List.of("shop"), null));
        run();
        pass(Duration.ofMinutes(11));
        fixture.azure.readAt = fixture.now;
        run();
        assertThat(fixture.azure.revoked).isEmpty();
    }

    @Test
    void whatWasBoundAMomentAgoWaitsForItsOwnGracePeriod() {
        revoking(100);
        fixture.makeReady(fixture.bind("orders-cache"));
        run();
        fixture.cluster.bindings.clear();
        pass(Duration.ofDays(30));
        fixture.azure.readAt = fixture.now;
        run();
        assertThat(entry(PassFixture.ORDERS.objectId()).kind()).isEqualTo(AssignmentKind.LEFTOVER);
        pass(Duration.ofMinutes(9));
        run();
        assertThat(fixture.azure.revoked).isEmpty();
        pass(Duration.ofMinutes(5));
        run();
        assertThat(fixture.azure.revoked)
                .containsExactly(PassFixture.MARK.assignmentName(PassFixture.ORDERS.objectId()));
    }
}
