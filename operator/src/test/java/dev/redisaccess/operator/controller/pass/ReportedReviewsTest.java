package dev.redisaccess.operator.controller.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.DatabaseAccessStatus;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.api.RedisDatabaseSpec;
import dev.redisaccess.operator.api.RedisDatabaseStatus;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.review.AccessReview;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two installations that share the status of one database. */
class ReportedReviewsTest {

    private static final String DATABASE = "orders-cache";
    private static final OwnerMark OWN = OwnerMark.of("one");
    private static final OwnerMark OTHER = OwnerMark.of("two");

    private final ReviewFixture database = new ReviewFixture() {};
    private final Set<String> reports = new HashSet<>(Set.of(ReportBook.name(DATABASE, OTHER.toString(), 0)));
    private final ReportedReviews reported = new ReportedReviews(OWN, reports::contains);

    @Test
    void theirCountsStayUntilThisOneFindsSomethingElse() {
        AccessReview before = database.review();
        assertThat(reported.isNews(with(OTHER), before, finding(before)))
                .as("not written yet")
                .isTrue();
        reported.add(without(), before, finding(before));

        assertThat(reported.isNews(with(OTHER), before, finding(before)))
                .as("both at rest")
                .isFalse();

        database.foreign(ReviewFixture.STRANGER);
        database.pass(ReviewFixture.PERIOD);
        AccessReview after = database.review();
        assertThat(reported.isNews(with(OTHER), after, finding(after))).isTrue();
    }

    @Test
    void whatNoOtherInstallationWroteIsReplaced() {
        AccessReview review = database.review();
        reported.add(without(), review, finding(review));

        assertThat(reported.isNews(with(OWN), review, finding(review))).isTrue();
        assertThat(reported.isNews(without(), review, finding(review))).isTrue();
        reports.clear();
        assertThat(reported.isNews(with(OTHER), review, finding(review)))
                .as("no report of that installation")
                .isTrue();
    }

    @Test
    void afterADeletionNothingIsRemembered() {
        AccessReview review = database.review();
        reported.add(without(), review, finding(review));
        reported.forget(DATABASE);

        assertThat(reported.isNews(with(OTHER), review, finding(review))).isTrue();
    }

    private static Finding finding(AccessReview review) {
        return review.finding(null);
    }

    private static RedisDatabase with(OwnerMark installation) {
        RedisDatabase registered = without();
        registered.setStatus(new RedisDatabaseStatus(
                1L, null, null, null, new DatabaseAccessStatus(9, 9, 0, 0, 0, 0, installation.toString()), List.of()));
        return registered;
    }

    private static RedisDatabase without() {
        var registered = new RedisDatabase();
        registered.setMetadata(new ObjectMetaBuilder().withName(DATABASE).build());
        registered.setSpec(new RedisDatabaseSpec(null, null, null, null, null));
        return registered;
    }
}
