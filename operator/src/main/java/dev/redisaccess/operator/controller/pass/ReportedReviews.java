package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.DatabaseAccessStatus;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.api.RedisDatabaseStatus;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.review.AccessReview;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * What this installation has written of its reviews. Several installations share the status of a RedisDatabase, and see different
 * bindings: if each restored its own counts, they would overwrite each other forever. So each writes only what has changed since its
 * own last write. Counts whose installation has no report are not another one's, and are replaced.
 */
public final class ReportedReviews {

    private final OwnerMark mark;
    private final Predicate<String> reportExists;
    private final Map<String, Reported> byDatabase = new ConcurrentHashMap<>();

    private record Reported(DatabaseAccessStatus counts, Finding finding) {}

    /** @param reportExists whether there is a RedisAccessReport of this name */
    public ReportedReviews(OwnerMark mark, Predicate<String> reportExists) {
        this.mark = mark;
        this.reportExists = reportExists;
    }

    /** Whether the status has to show a review: not where it shows another installation's, and this one found nothing new. */
    public boolean isNews(RedisDatabase registered, AccessReview review, Finding finding) {
        String database = registered.getMetadata().getName();
        boolean othersShown = Optional.ofNullable(registered.getStatus())
                .map(RedisDatabaseStatus::access)
                .map(DatabaseAccessStatus::installation)
                .filter(shown -> !mark.toString().equals(shown))
                .filter(shown -> reportExists.test(ReportBook.name(database, shown, 0)))
                .isPresent();
        return !othersShown || !new Reported(review.counts(mark), finding).equals(byDatabase.get(database));
    }

    /** The status has this review. */
    public void add(RedisDatabase registered, AccessReview review, Finding finding) {
        byDatabase.put(registered.getMetadata().getName(), new Reported(review.counts(mark), finding));
    }

    /** The registration is deleted. */
    public void forget(String database) {
        byDatabase.remove(database);
    }
}
