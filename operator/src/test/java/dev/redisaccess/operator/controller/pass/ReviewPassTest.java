package dev.redisaccess.operator.controller.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.AccessReportPage;
import dev.redisaccess.operator.api.Acknowledgement;
import dev.redisaccess.operator.api.AssignmentKind;
import dev.redisaccess.operator.api.DatabaseAccessSpec;
import dev.redisaccess.operator.api.IdentityStatus;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.review.AccessReview;
import dev.redisaccess.operator.binding.review.ReviewEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The review of a database: what it reports, and when. */
class ReviewPassTest extends ReviewFixture {

    @Test
    void storesWhoHasAccessAndWritesNothingAtRest() {
        RedisAccessBinding binding = fixture.bind("orders-cache");
        fixture.makeReady(binding);
        foreign(STRANGER);

        AccessReview review = review();

        assertThat(review.count(AssignmentKind.BOUND)).isEqualTo(1);
        assertThat(review.finding(null).reason()).isEqualTo(Reason.UNMANAGED_ACCESS);
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

    /** The clock of a node may be wrong when the process starts: its days count only as long as it is. */
    @Test
    void anAcknowledgementEndsOnTheDayOfTheCorrectedClock() {
        foreign(STRANGER);
        spec(new DatabaseAccessSpec(
                null,
                null,
                List.of(new Acknowledgement(STRANGER.value(), "export", "data", "2026-01-10")),
                null,
                null,
                null));
        fixture.clockSet = Duration.ofDays(30);
        assertThat(review().finding(null).reason()).isEqualTo(Reason.ACKNOWLEDGEMENT_EXPIRED);

        fixture.clockSet = Duration.ZERO;
        pass(PERIOD);

        assertThat(review().finding(null).reason()).isEqualTo(Reason.ACCESS_EXPLAINED);
        assertThat(entry(STRANGER).kind()).isEqualTo(AssignmentKind.ACKNOWLEDGED);
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
}
