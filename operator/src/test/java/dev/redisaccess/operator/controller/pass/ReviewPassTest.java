package dev.redisaccess.operator.controller.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.AccessEntry;
import dev.redisaccess.operator.api.AccessReportPage;
import dev.redisaccess.operator.api.Acknowledgement;
import dev.redisaccess.operator.api.AllowedNamespaces;
import dev.redisaccess.operator.api.AssignmentKind;
import dev.redisaccess.operator.api.DatabaseAccessSpec;
import dev.redisaccess.operator.api.ExcessPolicy;
import dev.redisaccess.operator.api.FullAccess;
import dev.redisaccess.operator.api.IdentityStatus;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.api.RevocationLimits;
import dev.redisaccess.operator.binding.Access;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseResolution;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.review.AccessReview;
import dev.redisaccess.operator.binding.review.ReviewEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The review of a database, with its stored report, over time. */
class ReviewPassTest {

    private static final Duration PERIOD = Duration.ofMinutes(5);
    private static final ObjectId STRANGER = new ObjectId("99999999-0000-0000-0000-000000000001");

    private final PassFixture fixture = new PassFixture();
    private final FakeReports reports = new FakeReports();
    private final List<ReviewEvent> events = new ArrayList<>();
    private ReviewPass reviews = start();

    private ReviewPass start() {
        return new ReviewPass(
                fixture.cluster,
                fixture.azure,
                fixture.peers,
                PassFixture.MARK,
                reports,
                ((InstantSource) () -> fixture.now).withZone(ZoneOffset.UTC));
    }

    private ReviewPass.Outcome run() {
        RedisDatabase registered = fixture.cluster.databases.get("orders-cache");
        DatabaseId id = DatabaseResolution.idOf(registered).toOptional().orElseThrow();
        ReviewPass.Outcome outcome = reviews.run(registered, id, PERIOD);
        outcome.review()
                .ifPresent(review -> events.addAll(ReviewEvent.of(review, outcome.changes(), outcome.revoked())));
        return outcome;
    }

    private AccessReview review() {
        return run().review().orElseThrow();
    }

    private void pass(Duration time) {
        fixture.now = fixture.now.plus(time);
    }

    private void spec(DatabaseAccessSpec access) {
        fixture.register("orders-cache", new AllowedNamespaces(List.of("shop"), null), null, access);
    }

    private void foreign(ObjectId principal) {
        fixture.azure.adoptable(principal);
    }

    private AccessEntry entry(ObjectId principal) {
        return reports.entries().stream()
                .filter(entry -> principal.value().equals(entry.objectId()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void storesWhoHasAccessAndWritesNothingAtRest() {
        RedisAccessBinding binding = fixture.bind("orders-cache");
        fixture.makeReady(binding);
        foreign(STRANGER);

        AccessReview review = review();

        assertThat(review.count(AssignmentKind.BOUND)).isEqualTo(1);
        assertThat(review.finding().reason()).isEqualTo(Reason.UNMANAGED_ACCESS);
        assertThat(entry(PassFixture.ORDERS.objectId()).bindings()).containsExactly("shop/orders-cache");
        assertThat(entry(STRANGER).firstSeen()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(events).extracting(ReviewEvent::reason).containsExactly("UnmanagedAccess");

        reports.writes.clear();
        reports.reads = 0;
        for (int i = 0; i < 20; i++) {
            pass(PERIOD);
            assertThat(run().review()).isPresent();
        }
        assertThat(reports.writes).isEmpty();
        assertThat(reports.reads).isZero();
        assertThat(events).hasSize(1);
    }

    @Test
    void reviewsAtMostOnceInAMinute() {
        run();
        reports.writes.clear();
        foreign(STRANGER);
        pass(Duration.ofSeconds(59));
        assertThat(run().review()).isEmpty();
        assertThat(run().next()).isEqualTo(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        assertThat(run().review()).isPresent();
        assertThat(reports.writes).hasSize(1);
    }

    @Test
    void aChangedBindingRequestsOneReview() {
        run();
        assertThat(reviews.bindingChanged("orders-cache")).isTrue();
        assertThat(reviews.bindingChanged("orders-cache")).isFalse();
        pass(Duration.ofSeconds(59));
        assertThat(run().review()).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(run().review()).isPresent();
        pass(Duration.ofMinutes(2));
        assertThat(run().review()).as("nothing has changed").isEmpty();
        assertThat(reviews.bindingChanged("orders-cache")).isTrue();
        assertThat(run().review()).as("other changes may come with it").isEmpty();
        pass(Duration.ofSeconds(2));
        assertThat(run().review()).isPresent();
    }

    @Test
    void timesSurviveARestartAndAreRestoredAfterAnEdit() {
        foreign(STRANGER);
        run();
        pass(Duration.ofHours(1));
        reviews = start();
        reports.writes.clear();
        run();
        assertThat(reports.writes).isEmpty();
        assertThat(events).as("once").hasSize(1);

        AccessReportPage page = reports.pages().get(0);
        reports.edit(
                reports.names().get(0),
                new AccessReportPage(page.database(), page.installation(), 1, 1, null, List.of(), null));
        pass(Duration.ofMinutes(1));
        run();
        assertThat(reports.pages().get(0)).isEqualTo(page);

        reports.delete(reports.names().get(0));
        pass(Duration.ofMinutes(1));
        run();
        assertThat(reports.pages()).containsExactly(page);
    }

    @Test
    void aReadingThatFailsLeavesEveryoneInTheReport() {
        foreign(STRANGER);
        fixture.azure.readAt = fixture.now;
        run();
        fixture.azure.problem = Optional.of(Problem.of(Reason.AZURE_UNAVAILABLE, "A page failed."));
        fixture.azure.assignments.clear();
        pass(Duration.ofMinutes(9));
        assertThat(run().review()).isEmpty();
        assertThat(reports.pages().get(0).incompleteSince()).isNull();
        pass(Duration.ofMinutes(1));
        run();
        assertThat(reports.pages().get(0).incompleteSince()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(reports.entries()).hasSize(1);

        reports.writes.clear();
        pass(Duration.ofHours(1));
        run();
        assertThat(reports.writes).isEmpty();

        fixture.azure.problem = Optional.empty();
        foreign(STRANGER);
        pass(Duration.ofMinutes(1));
        run();
        assertThat(reports.pages().get(0).incompleteSince()).isNull();
        assertThat(entry(STRANGER).firstSeen()).isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void afterARestartIncompleteSinceIsAtLeastTheStart() {
        foreign(STRANGER);
        run();
        reviews = start();
        fixture.azure.read = false;
        pass(Duration.ofMinutes(10));
        run();
        assertThat(reports.pages().get(0).incompleteSince()).isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void anEndingAcknowledgementIsReportedAWeekBeforeAndAfterTheDay() {
        foreign(STRANGER);
        spec(new DatabaseAccessSpec(
                null,
                null,
                List.of(new Acknowledgement(STRANGER.value(), "export", "data", "2026-01-10")),
                null,
                null,
                null));
        run();
        assertThat(events).isEmpty();
        for (int day = 0; day < 12; day++) {
            pass(Duration.ofDays(1));
            run();
            run();
        }
        assertThat(events)
                .extracting(ReviewEvent::reason)
                .containsExactly("AcknowledgementEnds", "UnmanagedAccess", "AcknowledgementExpired");
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

    private void revoking(int percent) {
        spec(new DatabaseAccessSpec(
                null, null, null, ExcessPolicy.REVOKE, ExcessPolicy.REVOKE, new RevocationLimits(600, percent)));
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

    /** Whether the ServiceAccount is missing, or its client ID is one that Entra refuses. */
    @Test
    void aBindingWhoseIdentityIsRefusedKeepsAccessOnlyAsALeftover() {
        RedisAccessBinding binding = fixture.bind("orders-cache");
        fixture.makeReady(binding);
        assertThat(review().count(AssignmentKind.BOUND)).isEqualTo(1);
        fixture.cluster.serviceAccounts.clear();
        fixture.pass(binding);
        pass(PERIOD);
        fixture.azure.readAt = fixture.now;
        assertThat(review().count(AssignmentKind.LEFTOVER)).isEqualTo(1);
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

    private void revokeAfterTheGracePeriod() {
        for (int i = 0; i < 3; i++) {
            pass(Duration.ofMinutes(11));
            fixture.azure.readAt = fixture.now;
            run();
        }
    }

    /** Otherwise anybody who may create a binding keeps all excess access. */
    @Test
    void aBindingThatIsNotValidKeepsNoExcess() {
        PassFixture.invalidate(fixture.bind("broken"));
        revoking(100);
        foreign(STRANGER);
        run();
        pass(Duration.ofMinutes(11));
        fixture.azure.readAt = fixture.now;
        run();
        pass(PERIOD);
        fixture.azure.readAt = fixture.now;
        run();
        assertThat(fixture.azure.revoked).containsExactly("by-terraform");
    }

    /** The operator's finalizer was removed, and another one holds the object. */
    @Test
    void aBindingThatIsHeldByOthersExplainsNothing() {
        RedisAccessBinding binding = fixture.bind("orders-cache");
        fixture.makeReady(binding);
        binding.getMetadata().setDeletionTimestamp(fixture.now.toString());
        binding.getMetadata().setFinalizers(List.of("redisaccess.dev/access", "tenant/hold"));
        assertThat(review().count(AssignmentKind.BOUND)).isEqualTo(1);

        binding.getMetadata().setFinalizers(List.of("tenant/hold"));
        pass(PERIOD);
        fixture.azure.readAt = fixture.now;

        assertThat(review().count(AssignmentKind.LEFTOVER)).isEqualTo(1);
    }

    /** A binding of another installation may have adopted it. */
    @Test
    void withoutAllNamespacesNothingOfOtherClientsIsRevoked() {
        fixture.cluster.whole = false;
        revoking(100);
        foreign(STRANGER);
        run();
        pass(Duration.ofMinutes(11));
        fixture.azure.readAt = fixture.now;
        run();
        pass(PERIOD);
        fixture.azure.readAt = fixture.now;
        run();
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
    void aForgedStatusExplainsNothing() {
        RedisAccessBinding binding = fixture.bind("orders-cache");
        fixture.makeReady(binding);
        foreign(STRANGER);
        var was = binding.getStatus();
        binding.setStatus(new RedisAccessBindingStatus(
                was.observedGeneration(),
                was.conditions(),
                was.endpoint(),
                new IdentityStatus("c", STRANGER.value(), "t", null),
                was.assignment(),
                was.verification(),
                was.environment(),
                null));
        assertThat(review().count(AssignmentKind.UNMANAGED)).isEqualTo(1);
        assertThat(entry(STRANGER).bindings()).isNull();
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
