package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.AccessEntry;
import dev.redisaccess.operator.api.AllowedNamespaces;
import dev.redisaccess.operator.api.DatabaseAccessSpec;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseResolution;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.review.AccessReview;
import dev.redisaccess.operator.binding.review.ReviewEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A database whose review a test runs over time, with its stored report. */
abstract class ReviewFixture {

    static final Duration PERIOD = Duration.ofMinutes(5);
    static final ObjectId STRANGER = new ObjectId("99999999-0000-0000-0000-000000000001");

    final PassFixture fixture = new PassFixture();
    final FakeReports reports = new FakeReports();
    final List<ReviewEvent> events = new ArrayList<>();
    ReviewPass reviews = start();

    ReviewPass start() {
        return new ReviewPass(
                fixture.cluster,
                fixture.azure,
                fixture.peers,
                PassFixture.MARK,
                reports,
                ((InstantSource) () -> fixture.now.plus(fixture.clockSet)).withZone(ZoneOffset.UTC),
                ((InstantSource) () -> fixture.now).withZone(ZoneOffset.UTC));
    }

    ReviewPass.Outcome run() {
        RedisDatabase registered = fixture.cluster.databases.get("orders-cache");
        DatabaseId id = DatabaseResolution.idOf(registered).toOptional().orElseThrow();
        ReviewPass.Outcome outcome = reviews.run(registered, id, PERIOD);
        outcome.review()
                .ifPresent(review -> events.addAll(ReviewEvent.of(review, outcome.changes(), outcome.revoked())));
        return outcome;
    }

    AccessReview review() {
        return run().review().orElseThrow();
    }

    void pass(Duration time) {
        fixture.now = fixture.now.plus(time);
    }

    void spec(DatabaseAccessSpec access) {
        fixture.register("orders-cache", new AllowedNamespaces(List.of("shop"), null), null, access);
    }

    void foreign(ObjectId principal) {
        fixture.azure.adoptable(principal);
    }

    AccessEntry entry(ObjectId principal) {
        return reports.entries().stream()
                .filter(entry -> principal.value().equals(entry.objectId()))
                .findFirst()
                .orElseThrow();
    }
}
