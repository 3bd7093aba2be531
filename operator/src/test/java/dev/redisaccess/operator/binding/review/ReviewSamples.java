package dev.redisaccess.operator.binding.review;

import dev.redisaccess.operator.api.AccessEntry;
import dev.redisaccess.operator.api.Acknowledgement;
import dev.redisaccess.operator.api.AllowedNamespaces;
import dev.redisaccess.operator.api.DatabaseAccessSpec;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.api.RedisDatabaseSpec;
import dev.redisaccess.operator.binding.Access;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.Inventory;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.ProvisioningState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Assignments, bindings and acknowledgements of two principals. */
final class ReviewSamples {

    static final ObjectId ALICE = principal(1);
    static final ObjectId BOB = principal(2);
    static final OwnerMark MARK = OwnerMark.of("this installation");
    static final OwnerMark OTHER = OwnerMark.of("another installation");
    static final LocalDate TODAY = LocalDate.parse("2026-11-28");

    private ReviewSamples() {}

    static ObjectId principal(int number) {
        return new ObjectId("aaaaaaaa-0000-0000-0000-%012d".formatted(number));
    }

    static Assignment assignment(String name, ObjectId principal) {
        return assignment(name, principal, ProvisioningState.Succeeded);
    }

    static Assignment assignment(String name, ObjectId principal, ProvisioningState state) {
        return new Assignment(name, Optional.ofNullable(principal), Access.full(), state, Optional.empty());
    }

    static Assignment own(ObjectId principal) {
        return assignment(MARK.assignmentName(principal), principal);
    }

    static AccessUse use(String name, ObjectId... principals) {
        return new AccessUse(new BindingKey("shop", name), "orders", Set.of(principals), true, true);
    }

    /** Of a binding that names a profile: it may have less than full access. */
    static AccessUse limited(String name, ObjectId principal) {
        return new AccessUse(new BindingKey("shop", name), "orders", Set.of(principal), true, false);
    }

    /** Of a binding that requests what its database does not offer. */
    static AccessUse notOffered(String name, ObjectId principal) {
        return new AccessUse(new BindingKey("shop", name), "orders", Set.of(principal), false, false);
    }

    /** Of a binding whose identity Entra refuses, or whose ServiceAccount is missing. */
    static AccessUse refused(String name, ObjectId principal) {
        return new AccessUse(new BindingKey("shop", name), "orders", Set.of(principal), false, true);
    }

    static Acknowledgement acknowledgement(ObjectId principal, String until) {
        return new Acknowledgement(principal.value(), "nightly export", "data-team", until);
    }

    static RedisDatabase database(DatabaseAccessSpec access) {
        var database = new RedisDatabase();
        database.setSpec(new RedisDatabaseSpec("id", new AllowedNamespaces(null, null), 300, null, access));
        return database;
    }

    static Acknowledgements acknowledged(Acknowledgement... entries) {
        return Acknowledgements.of(
                List.of(database(new DatabaseAccessSpec(null, null, List.of(entries), null, null, null))));
    }

    static AccessReview review(List<Assignment> assignments, List<AccessUse> uses, Acknowledgement... entries) {
        return AccessClassifier.classify(
                new Inventory(Instant.EPOCH, assignments), MARK, uses, acknowledged(entries), TODAY);
    }

    static AccessEntry stored(ReviewedAssignment reviewed, Instant since) {
        return reviewed.entry().seen(since.toString(), since.toString());
    }
}
